import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { denySubscription, verifyIntent, type Verdict } from '../../protocols/websub/index.ts';
import type { Clock } from '../clock.ts';
import { failureOfError, hostOf } from '../outbound/index.ts';
import type { SubscriptionBook } from './book.ts';
import type { Callbacks } from './callbacks.ts';
import { HubError } from './errors.ts';
import type { PendingRequest, Subscription } from './subscription.ts';

/** An answer decides; where there is none, it is asked so often. */
const MOST_ATTEMPTS = 3;
/** Fewer than requests to callbacks may be under way in all: who makes up callbacks does not hold up the news. */
const MOST_AT_ONCE = 4;

/** A host that did not confirm is left alone for so long: what it never asked for comes to it in drops. */
const REST_MS = 10_000;

/** What became of a question. */
export type Confirmation = 'confirmed' | 'refused' | 'unreachable' | 'denied';

/**
 * Asks subscribers whether they meant it (WebSub, section 5.3), and changes subscriptions by their answers only: where
 * the answer is another than the challenge, everything stays as it was.
 */
export class Confirmations {
  readonly #book: SubscriptionBook;
  readonly #callbacks: Callbacks;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #count: (outcome: Confirmation) => void;
  readonly #resting = new Map<string, number>();
  #underWay = 0;

  constructor(parts: {
    book: SubscriptionBook;
    callbacks: Callbacks;
    clock: Clock;
    log: Logger;
    count: (outcome: Confirmation) => void;
  }) {
    this.#book = parts.book;
    this.#callbacks = parts.callbacks;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#count = parts.count;
  }

  /** Begins to ask those whose turn it is. @returns when the next is due */
  begin(signal: AbortSignal): number | undefined {
    const now = this.#clock.now();
    let next: number | undefined;
    for (const [host, until] of this.#resting) if (until <= now) this.#resting.delete(host);
    for (const request of this.#book.pending().toSorted((a, b) => a.next - b.next)) {
      const due = Math.max(request.next, this.#resting.get(hostOf(request.callback)) ?? 0);
      if (due > now) next = Math.min(due, next ?? due);
      else if (this.#underWay < MOST_AT_ONCE)
        this.#callbacks.begin(request.callback, () => this.#counted(request.id, signal), signal);
    }
    return next;
  }

  async #counted(id: string, signal: AbortSignal): Promise<void> {
    this.#underWay += 1;
    try {
      await this.#ask(id, signal);
    } finally {
      this.#underWay -= 1;
    }
  }

  async #ask(id: string, signal: AbortSignal): Promise<void> {
    const request = this.#book.pendingRequest(id);
    if (request === undefined || (await this.#deny(request, signal))) return;
    const { mode, callback, writtenTopic: topic, leaseSeconds } = request;
    // A lease runs from the question on (section 5.3).
    const expires = this.#clock.now() + leaseSeconds * 1_000;
    const challenge = randomBytes(32).toString('base64url');
    const intent = { mode, topic, challenge, ...(mode === 'subscribe' && { leaseSeconds }) };
    let verdict: Verdict;
    try {
      verdict = await verifyIntent(callback, intent, this.#callbacks.options(signal));
    } catch (error) {
      if (!signal.aborted) await this.#unanswered(request, error);
      return;
    }
    if (!verdict.confirmed) this.#rest(callback);
    // A later request for the same has to be asked about by itself.
    if (this.#book.pendingRequest(id) !== request) return;
    this.#count(verdict.confirmed ? 'confirmed' : 'refused');
    if (!verdict.confirmed) {
      this.#log.info({ host: hostOf(callback), mode, why: verdict.why }, 'a subscriber did not confirm');
      await this.#book.settle(request);
    } else if (mode === 'unsubscribe') await this.#book.settle(request, 'unsubscribed');
    else await this.#book.settle(request, { subscription: this.#confirmed(request, expires) });
  }

  /** A subscription that is renewed goes on where it was; what was wrong with its callback is over. */
  #confirmed({ id, topic, callback, secret, told }: PendingRequest, expires: number): Subscription {
    const { since, told: before, delivered = 0, lastDelivery } = this.#book.active(id) ?? {};
    return {
      id,
      topic,
      callback,
      ...(secret !== undefined && { secret }),
      since: since ?? this.#clock.now(),
      expires,
      told: before ?? told,
      delivered,
      ...(lastDelivery !== undefined && { lastDelivery }),
    };
  }

  /** Where others took the last place meanwhile, the subscriber is told (WebSub, section 5.2). */
  async #deny(request: PendingRequest, signal: AbortSignal): Promise<boolean> {
    if (request.mode === 'unsubscribe') return false;
    try {
      this.#book.refuseOneMoreSubscription(request);
      return false;
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      const { callback, writtenTopic: topic } = request;
      await denySubscription(
        callback,
        { topic, reason: error.message },
        this.#callbacks.options(signal),
      ).catch((cause: unknown) =>
        this.#log.debug({ err: cause }, 'a subscriber could not be told of its denial'),
      );
      if (signal.aborted || this.#book.pendingRequest(request.id) !== request) return true;
      this.#count('denied');
      await this.#book.settle(request);
      return true;
    }
  }

  async #unanswered(request: PendingRequest, error: unknown): Promise<void> {
    this.#rest(request.callback);
    if (this.#book.pendingRequest(request.id) !== request) return;
    const failure = failureOfError(error);
    const attempts = request.attempts + 1;
    const { callback, mode } = request;
    this.#log.info({ host: hostOf(callback), mode, code: failure.code }, 'a subscriber was not reached');
    if (!failure.mayPass || attempts >= MOST_ATTEMPTS) {
      this.#count('unreachable');
      await this.#book.settle(request);
      return;
    }
    await this.#book.askAgain({ ...request, attempts, next: this.#callbacks.nextAfter(attempts, failure) });
  }

  #rest(callback: string): void {
    this.#resting.set(hostOf(callback), this.#clock.now() + REST_MS);
  }
}
