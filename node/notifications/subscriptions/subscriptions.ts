import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { base32 } from 'multiformats/bases/base32';
import { LdnError, deliver, verifyInbox, type Fetch } from '../../../protocols/ldn/index.ts';
import type { Catalogue, Change } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import { OnePerHost, pauseAfter, WakefulLoop, type DeliveryFailure } from '../../outbound/index.ts';
import type { Section } from '../../store/index.ts';
import type { Self } from '../compose.ts';
import { NotificationError } from '../errors.ts';
import { failureOnTheWay, refusalOf } from '../failure.ts';
import { isSameAddress } from '../iris.ts';
import { SubscriptionBook } from './book.ts';
import { changeActivities, type ToldChange } from './change-activities.ts';
import { isWanted, type ChangeQuery, type Subscription } from './subscription.ts';

/** Changes that are read at a time. */
const BATCH = 200;
const ANSWER_WITHIN_MS = 30_000;
const VERIFY_WITHIN_MS = 10_000;
/** For how long an inbox may fail. */
const DROP_AFTER_MS = 7 * 24 * 3_600_000;
const GONE = 'HTTP_410';

type Told = Pick<Catalogue, 'node' | 'position' | 'onCommit'> & {
  log: Pick<Catalogue['log'], 'after'>;
  holdings: Pick<Catalogue['holdings'], 'place'>;
};

/**
 * Tells those who asked for it of the changes of a set, a type or a query, as notifications in their own inboxes.
 *
 * Each has its own cursor into the catalogue's log, which holds of each record the latest change only: who was away, or
 * is slow, is told less and not more, and nothing is queued for them.
 */
export class ChangeSubscriptions {
  readonly #book: SubscriptionBook;
  readonly #catalogue: Told;
  readonly #fetch: Fetch;
  readonly #self: Self;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #log: Logger;
  readonly #busy = new Set<string>();
  readonly #loop: WakefulLoop;
  readonly #requests: OnePerHost;
  #unsubscribe = (): void => undefined;

  constructor(parts: {
    section: Section;
    catalogue: Told;
    fetch: Fetch;
    self: Self;
    clock: Clock;
    random: () => number;
    log: Logger;
  }) {
    const { clock, log } = parts;
    this.#book = new SubscriptionBook(parts.section);
    this.#catalogue = parts.catalogue;
    this.#fetch = parts.fetch;
    this.#self = parts.self;
    this.#clock = clock;
    this.#random = parts.random;
    this.#log = log;
    this.#loop = new WakefulLoop({
      clock,
      log,
      work: (signal) => this.#tellAll(signal),
      failed: 'nothing can be sent, tried again',
    });
    this.#requests = new OnePerHost({ clock, log, ended: () => this.#loop.wake() });
  }

  async start({ sends }: { sends: boolean }): Promise<void> {
    await this.#book.open();
    if (!sends) return;
    this.#unsubscribe = this.#catalogue.onCommit(() => this.#loop.wake());
    this.#loop.start();
  }

  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#loop.stop();
    await this.#requests.idle();
    await this.#book.idle();
  }

  list(): Subscription[] {
    return this.#book.list();
  }

  /** @throws NotificationError `SUBSCRIPTION_UNKNOWN` */
  get(id: string): Subscription {
    const subscription = this.#book.find(id);
    if (subscription !== undefined) return subscription;
    throw new NotificationError('SUBSCRIPTION_UNKNOWN', `There is no subscription ${id.slice(0, 100)}.`, {
      remedy: 'GET /api/subscriptions lists them.',
    });
  }

  /**
   * From now on tells an inbox of changes; before anything is sent there, it is asked whether it is one. The same inbox with the
   * same query is one subscription.
   *
   * @throws NotificationError `SUBSCRIPTION_TOO_MANY`; LdnError `LDN_NO_INBOX`; OutboundError
   */
  async add(inbox: string, query: ChangeQuery): Promise<{ subscription: Subscription; created: boolean }> {
    const id = idOf(inbox, query);
    const known = this.#book.find(id);
    if (known !== undefined && known.dropped === undefined) return { subscription: known, created: false };
    this.#book.refuseOneMore();
    await this.#verify(inbox);
    const [since, cursor] = [this.#clock.now(), this.#catalogue.position];
    const subscription: Subscription = { id, inbox, query, since, cursor, delivered: 0 };
    await this.#book.add(subscription);
    return { subscription, created: true };
  }

  /** @throws NotificationError `SUBSCRIPTION_UNKNOWN` */
  async remove(id: string): Promise<void> {
    this.get(id);
    await this.#book.remove(id);
  }

  async #verify(inbox: string): Promise<void> {
    if (isSameAddress(inbox, `${this.#self.base}/inbox`)) {
      throw new LdnError('LDN_NO_INBOX', 'This node does not tell itself of its own changes.', {
        remedy: 'Name the inbox of another system.',
      });
    }
    await verifyInbox(inbox, { fetch: this.#fetch, within: VERIFY_WITHIN_MS });
  }

  /** Begins to tell whoever is behind. @returns when one that fails is to be tried again */
  #tellAll(signal: AbortSignal): Promise<number | undefined> {
    const behind = this.list().filter(
      ({ id, dropped, cursor }) =>
        dropped === undefined && cursor < this.#catalogue.position && !this.#busy.has(id),
    );
    const now = this.#clock.now();
    let next: number | undefined;
    for (const subscription of behind) {
      const due = subscription.failing?.next ?? now;
      if (due <= now)
        this.#requests.begin(subscription.inbox, () => this.#tell(subscription, signal), signal);
      else next = Math.min(due, next ?? due);
    }
    return Promise.resolve(next);
  }

  /** Tells one subscription of the next changes. */
  async #tell(subscription: Subscription, signal: AbortSignal): Promise<void> {
    const { id, inbox, cursor } = subscription;
    this.#busy.add(id);
    try {
      const changes = await this.#catalogue.log.after(cursor, BATCH);
      const wanted = await this.#wanted(changes, subscription.query);
      const activities = changeActivities(wanted, {
        self: this.#self,
        reader: id,
        target: inbox,
        now: this.#clock.now(),
      });
      let { delivered } = subscription;
      let through = cursor;
      for (const { document, position } of activities) {
        const failure = await this.#deliver(inbox, Buffer.from(JSON.stringify(document)), signal);
        if (signal.aborted) return;
        if (failure !== undefined) {
          const behind = { ...subscription, cursor: through, delivered };
          await this.#book.save(this.#failed(behind, failure), subscription);
          return;
        }
        delivered += 1;
        through = position;
      }
      const { failing: _, ...well } = subscription;
      const told = { ...well, cursor: changes.at(-1)?.position ?? cursor, delivered };
      await this.#book.save(told, subscription);
    } finally {
      this.#busy.delete(id);
    }
  }

  async #wanted(changes: readonly Change[], query: ChangeQuery): Promise<ToldChange[]> {
    const { node, holdings } = this.#catalogue;
    const found: ToldChange[] = [];
    for (const { key, position, holding } of changes) {
      // Of a feed that is followed no longer nothing is known; its records are not gone for that.
      if (holding === undefined || !isWanted(holding, query, node)) continue;
      const place = await holdings.place(key);
      found.push({ position, holding, isNew: place?.kind === 'created' });
    }
    return found;
  }

  async #deliver(inbox: string, body: Uint8Array, signal: AbortSignal): Promise<DeliveryFailure | undefined> {
    try {
      const answer = await deliver(inbox, body, { fetch: this.#fetch, within: ANSWER_WITHIN_MS, signal });
      return refusalOf(answer, this.#clock.now());
    } catch (error) {
      return failureOnTheWay(error);
    }
  }

  #failed(subscription: Subscription, failure: DeliveryFailure): Subscription {
    const now = this.#clock.now();
    const { since = now, attempts = 0 } = subscription.failing ?? {};
    const { code, message } = failure;
    const next = now + pauseAfter(attempts + 1, failure, this.#random());
    const failing = { since, attempts: attempts + 1, code, message, next };
    if (code !== GONE && next - since <= DROP_AFTER_MS) return { ...subscription, failing };
    const reason = code === GONE ? 'The inbox is gone.' : `The inbox failed for too long. ${message}`;
    this.#log.warn({ inbox: subscription.inbox, code }, 'a subscription was dropped');
    return { ...subscription, failing, dropped: { at: now, reason } };
  }
}

function idOf(inbox: string, { set, type, q }: ChangeQuery): string {
  const identity = JSON.stringify([inbox, set ?? '', type ?? '', q ?? '']);
  return base32.baseEncode(createHash('sha256').update(identity).digest()).slice(0, 26);
}
