import { WriteQueue, writeBatch, type Operation, type Section } from '../../store/index.ts';
import { NotificationError } from '../errors.ts';
import { subscriptionKey, subscriptionRange } from '../layout.ts';
import { decodeSubscription, encodeSubscription, type Subscription } from './subscription.ts';

const MOST_SUBSCRIPTIONS = 100;
/** Of those that were dropped, the latest are kept, for who wants to know why. */
const MOST_DROPPED = 100;

/** The subscriptions to changes: in memory, as many as are taken, and on disk. */
export class SubscriptionBook {
  readonly #section: Section;
  readonly #writes = new WriteQueue();
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(section: Section) {
    this.#section = section;
  }

  async open(): Promise<void> {
    for await (const bytes of this.#section.values(subscriptionRange)) {
      const subscription = decodeSubscription(bytes);
      this.#subscriptions.set(subscription.id, subscription);
    }
  }

  async idle(): Promise<void> {
    await this.#writes.idle();
  }

  list(): Subscription[] {
    return [...this.#subscriptions.values()];
  }

  find(id: string): Subscription | undefined {
    return this.#subscriptions.get(id);
  }

  /** @throws NotificationError `SUBSCRIPTION_TOO_MANY` */
  refuseOneMore(): void {
    const active = this.list().filter(({ dropped }) => dropped === undefined);
    if (active.length < MOST_SUBSCRIPTIONS) return;
    throw new NotificationError(
      'SUBSCRIPTION_TOO_MANY',
      `There are ${active.length} subscriptions already.`,
      { remedy: 'Take away those that nobody needs: DELETE /api/subscriptions/{id}.' },
    );
  }

  /**
   * A new one; on disk when it resolves.
   * @throws NotificationError `SUBSCRIPTION_TOO_MANY`
   */
  async add(subscription: Subscription): Promise<void> {
    this.refuseOneMore();
    const forgotten = this.#forgetOldest();
    this.#subscriptions.set(subscription.id, subscription);
    try {
      // It may be had again when it was dropped so long ago that it is forgotten just now.
      await this.#write([...forgotten.map(({ id }) => del(id)), put(subscription)], true);
    } catch (error) {
      // Who is told that it failed is not to be subscribed all the same.
      if (this.find(subscription.id) === subscription) this.#subscriptions.delete(subscription.id);
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    if (this.#subscriptions.delete(id)) await this.#write([del(id)], true);
  }

  /**
   * How it stands with a subscription now; what a crash takes of that is told once more.
   * @param before as it was taken from here: where it was taken away meanwhile, or made anew, it does not come back
   */
  async save(subscription: Subscription, before: Subscription): Promise<void> {
    if (this.#subscriptions.get(subscription.id) !== before) return;
    this.#subscriptions.set(subscription.id, subscription);
    await this.#write([put(subscription)], false);
  }

  #forgetOldest(): Subscription[] {
    const dropped = this.list().filter((one) => one.dropped !== undefined);
    const oldest = dropped
      .toSorted((a, b) => (a.dropped?.at ?? 0) - (b.dropped?.at ?? 0))
      .slice(0, -MOST_DROPPED);
    for (const { id } of oldest) this.#subscriptions.delete(id);
    return oldest;
  }

  async #write(operations: readonly Operation[], durable: boolean): Promise<void> {
    await this.#writes.run(() => writeBatch(this.#section, operations, { durable }));
  }
}

function put(subscription: Subscription): Operation {
  return { type: 'put', key: subscriptionKey(subscription.id), value: encodeSubscription(subscription) };
}

function del(id: string): Operation {
  return { type: 'del', key: subscriptionKey(id) };
}
