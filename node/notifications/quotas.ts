import { NotificationError } from './errors.ts';
import { hostOf } from '../outbound/index.ts';
import type { Rows } from './rows.ts';
import type { StoredNotification } from './stored-notification.ts';

/** How much the inbox takes. */
export interface InboxLimits {
  /** Bytes of one notification. */
  bytes: number;
  /** Of one origin (a service, or a host), those that wait for a person. */
  waitingOfOrigin: number;
  /** The same of all origins together that are no configured services. */
  waitingOfUnknown: number;
  /** All that were received, settled ones included; of those that were turned down or taken back, the oldest give way to others. */
  all: number;
}

export const defaultInboxLimits: InboxLimits = {
  bytes: 256 * 1024,
  waitingOfOrigin: 5_000,
  waitingOfUnknown: 20_000,
  all: 200_000,
};

interface Counts {
  byOrigin: Map<string, number>;
  unknown: number;
  all: number;
}

const RETRY_AFTER_S = 3_600;

/** Counts what waits and what is held, so that one sender cannot fill the inbox of the others, nor all of them the disk. */
export class Quotas {
  readonly limits: InboxLimits;
  readonly #rows: Rows;
  #counts: Counts | undefined;

  constructor({ rows, limits }: { rows: Rows; limits: InboxLimits }) {
    this.#rows = rows;
    this.limits = limits;
  }

  /**
   * What gives way to one more; undefined where there is room.
   * @throws NotificationError `INBOX_FULL` where nothing does
   */
  async givingWay(): Promise<StoredNotification | undefined> {
    const { all } = await this.#current();
    if (all < this.limits.all) return undefined;
    const [rejected] = await this.#rows.after('rejected', 0, 1);
    const [undone] = await this.#rows.after('undone', 0, 1);
    const oldest = (rejected?.place ?? Infinity) < (undone?.place ?? Infinity) ? rejected : undone;
    if (oldest === undefined) throw full(this.limits.all);
    return oldest;
  }

  /**
   * Whether one more may wait.
   * @throws NotificationError `INBOX_FULL`, `INBOX_ORIGIN_QUOTA`
   */
  async check(row: StoredNotification): Promise<void> {
    const { byOrigin, unknown } = await this.#current();
    const { waitingOfOrigin, waitingOfUnknown } = this.limits;
    if (row.state !== 'waiting') return;
    const origin = originOf(row);
    if ((byOrigin.get(origin) ?? 0) >= waitingOfOrigin) throw quota(origin, waitingOfOrigin);
    if (row.party?.service === undefined && unknown >= waitingOfUnknown) throw full(waitingOfUnknown);
  }

  /** Told of each change that is on disk. */
  changed(row: StoredNotification, before: StoredNotification | undefined): void {
    if (this.#counts === undefined || row.direction !== 'received') return;
    if (before === undefined) this.#counts.all += 1;
    else this.#count(before, -1);
    this.#count(row, 1);
  }

  /** The same of one that is not there any more. */
  forgotten(row: StoredNotification): void {
    if (this.#counts === undefined || row.direction !== 'received') return;
    this.#counts.all -= 1;
    this.#count(row, -1);
  }

  async #current(): Promise<Counts> {
    if (this.#counts !== undefined) return this.#counts;
    this.#counts = { byOrigin: new Map(), unknown: 0, all: await this.#rows.count('received') };
    for await (const row of this.#rows.all('waiting')) this.#count(row, 1);
    return this.#counts;
  }

  #count(row: StoredNotification, difference: 1 | -1): void {
    if (this.#counts === undefined || row.state !== 'waiting') return;
    const { byOrigin } = this.#counts;
    const origin = originOf(row);
    const count = (byOrigin.get(origin) ?? 0) + difference;
    if (count > 0) byOrigin.set(origin, count);
    else byOrigin.delete(origin);
    if (row.party?.service === undefined) this.#counts.unknown += difference;
  }
}

function originOf({ party }: StoredNotification): string {
  return party?.service ?? hostOf(party?.id);
}

function full(limit: number): NotificationError {
  return new NotificationError('INBOX_FULL', `The inbox holds ${limit} notifications and takes no more.`, {
    remedy: 'Ask the operator of this node to look through its inbox; what is turned down there makes room.',
  });
}

function quota(origin: string, limit: number): NotificationError {
  const who = origin === '' ? 'senders that name no origin' : origin;
  return new NotificationError(
    'INBOX_ORIGIN_QUOTA',
    `${limit} notifications of ${who} wait here for a person; no more are taken until she has looked at some.`,
    {
      remedy: 'Send later, and less; or ask the operator of this node to add your system to its services.',
      details: { retryAfter: RETRY_AFTER_S },
    },
  );
}
