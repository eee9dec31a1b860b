import { hostOf } from '../outbound/index.ts';
import { WriteQueue, writeBatch, type Operation, type Section } from '../store/index.ts';
import { HubError } from './errors.ts';
import { pendingKey, pendingRange, subscriptionKey, subscriptionRange } from './layout.ts';
import type { HubLimits } from './limits.ts';
import {
  decodePending,
  decodeSubscription,
  encode,
  type PendingRequest,
  type Subscription,
} from './subscription.ts';

const RETRY_AFTER_S = 600;

/** The hub's subscriptions and unconfirmed requests: in memory, as many as the limits allow, and on disk. */
export class SubscriptionBook {
  readonly limits: HubLimits;
  readonly #section: Section;
  readonly #writes = new WriteQueue();
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #pending = new Map<string, PendingRequest>();

  constructor({ section, limits }: { section: Section; limits: HubLimits }) {
    this.#section = section;
    this.limits = limits;
  }

  async open(): Promise<void> {
    this.#subscriptions.clear();
    this.#pending.clear();
    for await (const bytes of this.#section.values(subscriptionRange)) {
      const subscription = decodeSubscription(bytes);
      this.#subscriptions.set(subscription.id, subscription);
    }
    for await (const bytes of this.#section.values(pendingRange)) {
      const request = decodePending(bytes);
      this.#pending.set(request.id, request);
    }
  }

  async idle(): Promise<void> {
    await this.#writes.idle();
  }

  list(): Subscription[] {
    return [...this.#subscriptions.values()];
  }

  pending(): PendingRequest[] {
    return [...this.#pending.values()];
  }

  /** A subscription that has not ended. */
  active(id: string): Subscription | undefined {
    const subscription = this.#subscriptions.get(id);
    return subscription?.ended === undefined ? subscription : undefined;
  }

  pendingRequest(id: string): PendingRequest | undefined {
    return this.#pending.get(id);
  }

  /**
   * Whether there is room for a new subscription.
   * @throws HubError `WEBSUB_FULL`, `WEBSUB_HOST_QUOTA`
   */
  refuseOneMoreSubscription({ id, callback }: { id: string; callback: string }): void {
    if (this.active(id) !== undefined) return;
    const active = this.list().filter(({ ended }) => ended === undefined);
    const { subscriptions, subscriptionsOfHost } = this.limits;
    refuse('subscriptions', active, callback, { all: subscriptions, ofHost: subscriptionsOfHost });
  }

  /**
   * Takes a request down; it stands in the place of an earlier one for the same subscription.
   * @throws HubError `WEBSUB_FULL`, `WEBSUB_HOST_QUOTA`
   */
  async ask(request: PendingRequest): Promise<void> {
    const { id, callback, mode } = request;
    if (mode === 'subscribe') this.refuseOneMoreSubscription(request);
    const others = this.pending().filter((one) => one.id !== id);
    const { pending, pendingOfHost } = this.limits;
    refuse('requests that wait for their confirmation', others, callback, {
      all: pending,
      ofHost: pendingOfHost,
    });
    const before = this.#pending.get(id);
    this.#pending.set(id, request);
    try {
      await this.#write([put(pendingKey(id), request)], true);
    } catch (error) {
      // Who is told that it failed is not to be subscribed all the same.
      if (this.#pending.get(id) === request) {
        if (before === undefined) this.#pending.delete(id);
        else this.#pending.set(id, before);
      }
      throw error;
    }
  }

  /** A question had no answer and is to be asked again. */
  async askAgain(request: PendingRequest): Promise<void> {
    this.#pending.set(request.id, request);
    await this.#write([put(pendingKey(request.id), request)], false);
  }

  /** What a request asked for is settled: with what it changes, in one batch. */
  async settle(
    { id }: PendingRequest,
    change?: { subscription: Subscription } | 'unsubscribed',
  ): Promise<void> {
    const operations: Operation[] = [{ type: 'del', key: pendingKey(id) }];
    this.#pending.delete(id);
    if (change === 'unsubscribed') {
      this.#subscriptions.delete(id);
      operations.push({ type: 'del', key: subscriptionKey(id) });
    } else if (change !== undefined) {
      this.#subscriptions.set(id, change.subscription);
      operations.push(put(subscriptionKey(id), change.subscription));
    }
    await this.#write(operations, true);
  }

  /** How it stands with a subscription. What a crash takes of it is told once more. */
  async save(subscription: Subscription): Promise<void> {
    this.#subscriptions.set(subscription.id, subscription);
    await this.#write([put(subscriptionKey(subscription.id), subscription)], false);
  }

  /** Nothing is sent any more; of those that have ended the latest are kept, for who wants to know why. */
  async end(subscription: Subscription, ended: NonNullable<Subscription['ended']>): Promise<void> {
    const { secret: _, ...rest } = subscription;
    const closed = { ...rest, ended };
    this.#subscriptions.set(closed.id, closed);
    const all = this.list().filter((one) => one.ended !== undefined);
    const oldest = all.toSorted((a, b) => (b.ended?.at ?? 0) - (a.ended?.at ?? 0)).slice(this.limits.ended);
    for (const { id } of oldest) this.#subscriptions.delete(id);
    await this.#write(
      [
        put(subscriptionKey(closed.id), closed),
        ...oldest.map(({ id }): Operation => ({ type: 'del', key: subscriptionKey(id) })),
      ],
      true,
    );
  }

  async #write(operations: readonly Operation[], durable: boolean): Promise<void> {
    await this.#writes.run(() => writeBatch(this.#section, operations, { durable }));
  }
}

function put(key: string, row: Subscription | PendingRequest): Operation {
  return { type: 'put', key, value: encode(row) };
}

function refuse(
  what: string,
  there: readonly { callback: string }[],
  callback: string,
  most: { all: number; ofHost: number },
): void {
  const host = hostOf(callback);
  const details = { retryAfter: RETRY_AFTER_S };
  if (there.filter((one) => hostOf(one.callback) === host).length >= most.ofHost) {
    throw new HubError('WEBSUB_HOST_QUOTA', `There are ${most.ofHost} ${what} of ${host} already.`, {
      remedy: 'Unsubscribe what is not needed any more, or let one callback take several topics.',
      details,
    });
  }
  if (there.length >= most.all) {
    throw new HubError('WEBSUB_FULL', `This hub has ${most.all} ${what} already.`, {
      remedy: 'Try again later; or read the list of changes at intervals.',
      details,
    });
  }
}
