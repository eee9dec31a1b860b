import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { sameTopic, type SubscriptionRequest } from '../../protocols/websub/index.ts';
import type { Clock } from '../clock.ts';
import { WakefulLoop, type Fetch } from '../outbound/index.ts';
import type { Section } from '../store/index.ts';
import { SubscriptionBook } from './book.ts';
import { Callbacks } from './callbacks.ts';
import { Confirmations } from './confirmations.ts';
import { Deliveries } from './deliveries.ts';
import { HubError } from './errors.ts';
import { subscriptionId } from './layout.ts';
import { defaultHubLimits, type HubLimits } from './limits.ts';
import { hubMetrics } from './metrics.ts';
import { stateOf, type PendingRequest, type Subscription, type SubscriptionState } from './subscription.ts';
import type { Topic } from './topic.ts';

interface HubOptions {
  section: Section;
  /** Its own address. */
  url: string;
  /** What can be subscribed to here. */
  topics: readonly Topic[];
  /** Reaches callbacks; gives redirects back as they are where `redirect` is `manual`. */
  fetch: Fetch;
  registry: Registry;
  clock: Clock;
  log: Logger;
  limits?: Partial<HubLimits>;
  random?: () => number;
}

/**
 * A hub for the node's own topics (WebSub, W3C Recommendation of 23 January 2018): takes requests, makes sure that they were
 * meant, and takes the news to the callbacks. What it has said yes to is on disk.
 */
export class Hub {
  readonly url: string;
  readonly topics: readonly Topic[];
  readonly #book: SubscriptionBook;
  readonly #clock: Clock;
  readonly #loop: WakefulLoop;
  readonly #callbacks: Callbacks;
  readonly #confirmations: Confirmations;
  readonly #deliveries: Deliveries;

  constructor(options: HubOptions) {
    const { section, url, topics, fetch, registry, clock, log, limits, random = Math.random } = options;
    this.url = url;
    this.topics = topics;
    this.#clock = clock;
    const book = new SubscriptionBook({ section, limits: { ...defaultHubLimits, ...limits } });
    this.#book = book;
    const { answerWithinMs: within } = book.limits;
    const callbacks = new Callbacks({ fetch, within, clock, random, log, ended: () => this.#loop.wake() });
    this.#callbacks = callbacks;
    const figures = hubMetrics(registry, () => this.counts());
    const shared = { book, callbacks, clock, log };
    this.#confirmations = new Confirmations({ ...shared, count: figures.confirmation });
    this.#deliveries = new Deliveries({ ...shared, topics, hub: url, count: figures.delivery });
    this.#loop = new WakefulLoop({
      clock,
      log,
      work: async (signal) => {
        // Who asks to subscribe waits for it.
        const asks = this.#confirmations.begin(signal);
        const tells = await this.#deliveries.begin(signal);
        return asks === undefined ? tells : Math.min(asks, tells ?? asks);
      },
      failed: 'nothing can be sent, tried again',
    });
  }

  /** @param options.sends whether callbacks are called; else subscriptions are only shown */
  async start({ sends }: { sends: boolean }): Promise<void> {
    await this.#book.open();
    if (!sends) return;
    this.#deliveries.watch(() => this.#loop.wake());
    this.#loop.start();
  }

  /** Breaks off what is on its way; it goes again after the next start. */
  async stop(): Promise<void> {
    this.#deliveries.unwatch();
    await this.#loop.stop();
    await this.#callbacks.idle();
    await this.#book.idle();
  }

  /** Seconds that a subscription lasts at the most. */
  get leaseSeconds(): number {
    return this.#book.limits.leaseSeconds;
  }

  /**
   * Takes a request down, which is then on disk; what comes of it is for the subscriber to confirm (section 5.1.2).
   * @throws HubError
   */
  async request({ mode, topic: writtenTopic, callback, ...wishes }: SubscriptionRequest): Promise<void> {
    const known = this.topics.find(({ url }) => sameTopic(url) === sameTopic(writtenTopic));
    const topic = known?.url ?? sameTopic(writtenTopic);
    const id = subscriptionId(topic, callback);
    const isThere = this.#book.active(id) !== undefined || this.#book.pendingRequest(id) !== undefined;
    if (mode === 'unsubscribe' && !isThere) throw unknownSubscription();
    if (mode === 'subscribe' && known === undefined) throw unknownTopic(writtenTopic, this.topics);
    const { leaseSeconds = this.leaseSeconds, secret } = wishes;
    const now = this.#clock.now();
    const request: PendingRequest = {
      id,
      mode,
      topic,
      writtenTopic,
      callback,
      leaseSeconds: Math.min(leaseSeconds, this.leaseSeconds),
      ...(secret !== undefined && { secret }),
      asked: now,
      told: known?.newest ?? { place: 0, time: now },
      attempts: 0,
      next: now,
    };
    await this.#book.ask(request);
    this.#loop.wake();
  }

  /** Those that have ended are among them for a while. */
  subscriptions(): (Omit<Subscription, 'secret'> & { state: SubscriptionState; signed: boolean })[] {
    return this.#book.list().map((subscription) => {
      const { secret, ...rest } = subscription;
      return { ...rest, state: stateOf(subscription), signed: secret !== undefined };
    });
  }

  /** How many subscriptions there are in each state, and requests that wait for their confirmation. */
  counts(): Record<SubscriptionState | 'unconfirmed', number> {
    const counts = { active: 0, failing: 0, 'given-up': 0, gone: 0, expired: 0, unconfirmed: 0 };
    for (const subscription of this.#book.list()) counts[stateOf(subscription)] += 1;
    return { ...counts, unconfirmed: this.#book.pending().length };
  }
}

function unknownTopic(topic: string, topics: readonly Topic[]): HubError {
  return new HubError(
    'WEBSUB_UNKNOWN_TOPIC',
    `This hub does not distribute ${topic.slice(0, 200)}; it does ${topics.map(({ url }) => url).join(' and ')}.`,
    { remedy: 'Subscribe to the address that the Link header of a topic names with rel="self".' },
  );
}

function unknownSubscription(): HubError {
  return new HubError(
    'WEBSUB_UNKNOWN_SUBSCRIPTION',
    'There is no subscription of this callback to this topic; it has ended, or was never confirmed.',
  );
}
