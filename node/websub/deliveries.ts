import type { Logger } from 'pino';
import { distribute } from '../../protocols/websub/index.ts';
import type { Clock } from '../clock.ts';
import { failureOfAnswer, failureOfError, hostOf, type DeliveryFailure } from '../outbound/index.ts';
import { runJob, type Job } from '../telemetry/index.ts';
import type { SubscriptionBook } from './book.ts';
import type { Callbacks } from './callbacks.ts';
import type { Failing, Subscription } from './subscription.ts';
import type { News, Progress, Topic } from './topic.ts';

/** For how long news is tried to be delivered, until there is newer. */
const GIVE_UP_AFTER_MS = 3 * 24 * 3_600_000;
/** What comes so close together is told together. */
const SETTLE_MS = 1_000;
/** Timers do not reach to the end of a long lease. */
const LOOK_AGAIN_MS = 3_600_000;
const GONE = 'HTTP_410';

/** What became of a delivery. */
export type Delivery = 'delivered' | 'failed' | 'gone';

/** A topic, and up to where it is told; what came since settles first. */
interface Watched {
  topic: Topic;
  settled: number;
  settles?: number;
  /** What was read last, as most subscribers are told the same. */
  latest?: { since: number; upTo: number; news: Promise<News | undefined> };
}

/**
 * Takes the news of topics to their subscribers (WebSub, section 7).
 *
 * Nothing is queued: each subscription knows how far it was told, and is sent what came since, together. What fails is
 * tried again with growing pauses, for three days; after that when the topic has changed again, at most every six hours,
 * until the lease ends.
 */
export class Deliveries {
  readonly #book: SubscriptionBook;
  readonly #topics: ReadonlyMap<string, Watched>;
  readonly #hub: string;
  readonly #callbacks: Callbacks;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #count: (outcome: Delivery) => void;
  readonly #busy = new Set<string>();
  #ends: (() => void)[] = [];

  constructor(parts: {
    book: SubscriptionBook;
    topics: readonly Topic[];
    hub: string;
    callbacks: Callbacks;
    clock: Clock;
    log: Logger;
    count: (outcome: Delivery) => void;
  }) {
    this.#book = parts.book;
    this.#topics = new Map(parts.topics.map((topic) => [topic.url, { topic, settled: 0 }]));
    this.#hub = parts.hub;
    this.#callbacks = parts.callbacks;
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#count = parts.count;
  }

  /** @param wake called when a topic has news */
  watch(wake: () => void): void {
    this.#ends = [...this.#topics.values()].map((watched) => {
      watched.settled = watched.topic.newest.place;
      return watched.topic.onChange(() => {
        watched.settles ??= this.#clock.now() + SETTLE_MS;
        wake();
      });
    });
  }

  unwatch(): void {
    for (const end of this.#ends.splice(0)) end();
  }

  /** Ends leases, and begins to tell those who are behind. @returns when there is more to do */
  async begin(signal: AbortSignal): Promise<number | undefined> {
    const now = this.#clock.now();
    const later: number[] = [];
    for (const watched of this.#topics.values()) {
      const { settles, topic } = watched;
      if (settles === undefined) continue;
      if (settles > now) later.push(settles);
      else {
        watched.settled = topic.newest.place;
        delete watched.settles;
      }
    }
    const due: Subscription[] = [];
    for (const subscription of this.#book.list()) {
      if (subscription.ended !== undefined) continue;
      if (subscription.expires <= now) {
        await this.#book.end(subscription, { at: now, reason: 'expired' });
        continue;
      }
      later.push(Math.min(subscription.expires, now + LOOK_AGAIN_MS));
      if (!this.#isBehind(subscription)) continue;
      const { next = now } = subscription.failing ?? {};
      if (next > now) later.push(next);
      else due.push(subscription);
    }
    // Whoever has waited longest comes first, so that callbacks that hang do not keep the places from others.
    for (const { id, callback } of due.toSorted((a, b) => waitsSince(a) - waitsSince(b))) {
      this.#callbacks.begin(callback, () => this.#tell(id, signal), signal);
    }
    return later.length === 0 ? undefined : later.reduce((a, b) => Math.min(a, b));
  }

  #isBehind({ id, topic, told, failing }: Subscription): boolean {
    const settled = this.#topics.get(topic)?.settled ?? 0;
    return settled > Math.max(told.place, failing?.beyond ?? 0) && !this.#busy.has(id);
  }

  async #tell(id: string, signal: AbortSignal): Promise<void> {
    const subscription = this.#book.active(id);
    const watched = this.#topics.get(subscription?.topic ?? '');
    if (subscription === undefined || watched === undefined) return;
    const { topic } = watched;
    this.#busy.add(id);
    try {
      // As it is now: what comes while the news is read is told the next time.
      const { newest } = topic;
      const news = await newsOf(watched, subscription.told);
      if (news === undefined) {
        const now = this.#book.active(id);
        if (now !== undefined) await this.#book.save({ ...now, told: newest });
        return;
      }
      const job = {
        kind: 'websub-delivery',
        of: { host: hostOf(subscription.callback) },
        words: { done: 'a callback was told of news', failed: 'a callback did not take its news' },
        log: this.#log,
        clock: this.#clock,
        isSmall: true,
        failsAs: 'info',
        signal,
      } as const;
      const failure = await runJob(job, (running) =>
        this.#deliver(subscription, topic, news.body, { job: running, signal }),
      );
      if (signal.aborted) return;
      // It may have been renewed meanwhile, or have ended.
      const now = this.#book.active(id);
      if (now !== undefined) await this.#note(now, news.upTo, failure);
    } finally {
      this.#busy.delete(id);
    }
  }

  async #deliver(
    { callback, secret }: Subscription,
    { url, contentType }: Topic,
    body: Uint8Array,
    { job, signal }: { job: Job; signal: AbortSignal },
  ): Promise<DeliveryFailure | undefined> {
    let failure: DeliveryFailure | undefined;
    try {
      const answer = await distribute(
        callback,
        { topic: url, hub: this.#hub, contentType, body },
        { ...this.#callbacks.options(signal), secret },
      );
      failure = failureOfAnswer(answer, { receiver: 'callback', now: this.#clock.now() });
    } catch (error) {
      failure = failureOfError(error);
    }
    if (failure !== undefined) job.fail({ code: failure.code });
    return failure;
  }

  /** What came of a delivery. */
  async #note(
    subscription: Subscription,
    told: Progress,
    failure: DeliveryFailure | undefined,
  ): Promise<void> {
    const now = this.#clock.now();
    const { failing: before, ...rest } = subscription;
    if (failure === undefined) {
      this.#count('delivered');
      await this.#book.save({ ...rest, told, delivered: rest.delivered + 1, lastDelivery: now });
      return;
    }
    const { code } = failure;
    this.#count(code === GONE ? 'gone' : 'failed');
    const failing = this.#failing(before, failure, subscription.topic);
    if (code === GONE) await this.#book.end({ ...rest, failing }, { at: now, reason: 'gone' });
    else await this.#book.save({ ...rest, failing });
  }

  #failing(before: Failing | undefined, failure: DeliveryFailure, topic: string): Failing {
    const { since = this.#clock.now(), attempts: earlier = 0 } = before ?? {};
    const { code, message } = failure;
    const attempts = earlier + 1;
    const next = this.#callbacks.nextAfter(attempts, failure);
    const beyond = this.#topics.get(topic)?.settled;
    // WebSub wants the subscription kept to the end of its lease, and tried again with the next news (section 7).
    const isGivenUp = next - since > GIVE_UP_AFTER_MS && beyond !== undefined;
    return { since, attempts, code, message, next, ...(isGivenUp && { beyond }) };
  }
}

function waitsSince({ failing, lastDelivery, since }: Subscription): number {
  return failing?.next ?? lastDelivery ?? since;
}

async function newsOf(watched: Watched, told: Progress): Promise<News | undefined> {
  const { topic, latest } = watched;
  const upTo = topic.newest.place;
  if (latest?.since === told.place && latest.upTo === upTo) return await latest.news;
  const reading = { since: told.place, upTo, news: topic.newsSince(told) };
  watched.latest = reading;
  try {
    return await reading.news;
  } catch (error) {
    if (watched.latest === reading) delete watched.latest;
    throw error;
  }
}
