import type { Logger } from 'pino';
import { deliver, discoverInbox, type Fetch } from '../../protocols/ldn/index.ts';
import type { Clock } from '../clock.ts';
import { OnePerHost, pauseAfter, WakefulLoop, type DeliveryFailure } from '../outbound/index.ts';
import { runJob, type Job } from '../telemetry/index.ts';
import { failureOnTheWay, refusalOf } from './failure.ts';
import type { Ledger } from './ledger.ts';
import type { StoredNotification } from './stored-notification.ts';

const AT_A_TIME = 200;
/** Of those that are due so many are looked through for hosts that are free. */
const MOST_LOOKED_THROUGH = 5_000;
const ANSWER_WITHIN_MS = 30_000;
/** For how long a notification is tried. */
const GIVE_UP_AFTER_MS = 3 * 24 * 3_600_000;

type Result = { location?: string } | DeliveryFailure;

/**
 * Takes what is to be sent to its inbox: again and again with growing pauses while the other side may come back, until it
 * has it or refuses it. What it did is on disk before it goes on; a notification whose sending was not yet written down
 * when the process ended goes once more under the same id, by which the receiver knows it again.
 */
export class Courier {
  readonly #ledger: Ledger;
  readonly #fetch: Fetch;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #log: Logger;
  readonly #loop: WakefulLoop;
  readonly #requests: OnePerHost;

  constructor(parts: { ledger: Ledger; fetch: Fetch; clock: Clock; random: () => number; log: Logger }) {
    const { clock, log } = parts;
    this.#ledger = parts.ledger;
    this.#fetch = parts.fetch;
    this.#clock = clock;
    this.#random = parts.random;
    this.#log = log;
    this.#loop = new WakefulLoop({
      clock,
      log,
      work: (signal) => this.#sendDue(signal),
      failed: 'nothing can be sent, tried again',
    });
    this.#requests = new OnePerHost({ clock, log, ended: () => this.#loop.wake() });
  }

  start(): void {
    this.#loop.start();
  }

  /** Breaks off what is on its way; it goes again after the next start. */
  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.#requests.idle();
  }

  /** There is something new to be sent. */
  hurry(): void {
    this.#loop.wake();
  }

  async #sendDue(signal: AbortSignal): Promise<number | undefined> {
    const now = this.#clock.now();
    let after: string | undefined;
    for (let looked = 0; looked < MOST_LOOKED_THROUGH; looked += AT_A_TIME) {
      const due = await this.#ledger.rows.due(now, AT_A_TIME, after);
      for (const row of due.rows) {
        const { inbox, page, id } = row.party ?? {};
        this.#requests.begin(inbox ?? page ?? id, () => this.#send(row.id, signal), signal);
      }
      if (due.after === undefined) return due.next;
      if (!this.#requests.hasRoom) break;
      after = due.after;
    }
    // It goes on when one of those that were begun has ended.
    return undefined;
  }

  async #send(id: string, signal: AbortSignal): Promise<void> {
    // Since it was found due, the request before to the same host may have been this one, and have ended.
    const row = await this.#ledger.rows.get(id);
    if (row?.state !== 'pending' || (row.delivery?.next ?? 0) > this.#clock.now()) return;
    const job = {
      kind: 'notification',
      of: { notification: id },
      words: { done: 'a notification was delivered', failed: 'a notification was not delivered' },
      log: this.#log,
      clock: this.#clock,
      failsAs: 'info',
      signal,
    } as const;
    await runJob(job, (running) => this.#deliver(row, running, signal));
  }

  async #deliver(row: StoredNotification, job: Job, signal: AbortSignal): Promise<void> {
    const { id, party } = row;
    let inbox = party?.inbox;
    let body = (await this.#ledger.rows.body(id)) ?? new Uint8Array();
    let result: Result;
    try {
      const options = { fetch: this.#fetch, within: ANSWER_WITHIN_MS, signal };
      if (inbox === undefined) {
        inbox = await discoverInbox(party?.page ?? party?.id ?? '', options);
        body = addressedTo(inbox, body);
      }
      const answer = await deliver(inbox, body, options);
      result = refusalOf(answer, this.#clock.now()) ?? answer;
    } catch (error) {
      if (signal.aborted) return job.fail(error);
      result = failureOnTheWay(error);
    }
    const told = result;
    const receiver = party === undefined || inbox === undefined ? party : { ...party, inbox };
    await this.#ledger.change(async (batch) => {
      const now = await this.#ledger.rows.get(id);
      // The manager may have called it back meanwhile; where it has arrived all the same, she is told.
      if (now === undefined || (now.state !== 'pending' && 'mayPass' in told)) return;
      const addressed = { ...now, ...(receiver !== undefined && { party: receiver }) };
      batch.put(this.#after(addressed, told), now, body);
    });
    job.tell({ to: inbox ?? party?.id });
    if ('mayPass' in told) job.fail({ code: told.code });
  }

  /** How it stands with a notification after an attempt. */
  #after(row: StoredNotification, result: Result): StoredNotification {
    const now = this.#clock.now();
    const { since, attempts: before } = row.delivery ?? { since: now, attempts: 0 };
    const delivery = { since, attempts: before + 1 };
    if (!('mayPass' in result)) {
      const { location } = result;
      const arrived = { ...delivery, ...(location !== undefined && { location }) };
      return { ...row, state: 'delivered', why: 'arrived', delivery: arrived };
    }
    const { code, message, mayPass } = result;
    const failed = { ...delivery, error: { code, message } };
    if (!mayPass) {
      const why = code.startsWith('HTTP_') ? 'refused' : 'not-sendable';
      return { ...row, state: 'failed', why, delivery: failed };
    }
    const next = now + pauseAfter(delivery.attempts, result, this.#random());
    if (next - since > GIVE_UP_AFTER_MS)
      return { ...row, state: 'failed', why: 'given-up', delivery: failed };
    return { ...row, why: 'tried-again', delivery: { ...failed, next } };
  }
}

/** A notification whose target has an inbox, as COAR Notify wants it, once that is known. */
function addressedTo(inbox: string, body: Uint8Array): Uint8Array {
  const document = JSON.parse(Buffer.from(body).toString()) as { target?: object };
  return Buffer.from(JSON.stringify({ ...document, target: { ...document.target, inbox } }));
}
