import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Registry } from 'prom-client';
import { Hub, type HubLimits, type News, type Progress, type Topic } from '../../node/websub/index.ts';
import { openStore, type Store } from '../../node/store/index.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { hanging, TestCallbacks } from '../support/test-callbacks.ts';
import { TestClock } from '../support/test-clock.ts';
import { until } from '../support/until.ts';

export const HUB = 'https://node.example/websub';
export const TOPIC = 'https://node.example/changes.xml';
export const CALLBACK = 'https://reader.example/calls/1';
export const SECOND = 1_000;
export const DAY = 24 * 3_600_000;
export { hanging };

const MOST_AT_ONCE = 100;

/** A topic of numbered news; content names the numbers that it tells. */
export class Numbers implements Topic {
  readonly url = TOPIC;
  readonly contentType = 'text/plain';
  readonly title = 'Numbers';
  readonly #clock: TestClock;
  readonly #listeners = new Set<() => void>();
  #place = 0;
  fault: Error | undefined;

  constructor(clock: TestClock) {
    this.#clock = clock;
  }

  get newest(): Progress {
    return { place: this.#place, time: this.#clock.now() };
  }

  publish(count = 1): void {
    this.#place += count;
    for (const listener of this.#listeners) listener();
  }

  newsSince({ place }: Progress): Promise<News | undefined> {
    if (this.fault !== undefined) return Promise.reject(this.fault);
    if (place >= this.#place) return Promise.resolve(undefined);
    const upTo = Math.min(this.#place, place + MOST_AT_ONCE);
    const body = Buffer.from(`${place + 1} to ${upTo}`);
    return Promise.resolve({ body, upTo: { place: upTo, time: this.#clock.now() } });
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A hub over a real store, with the test's clock and callbacks. */
export class TestHub {
  readonly clock = new TestClock();
  readonly callbacks = new TestCallbacks();
  readonly topic = new Numbers(this.clock);
  readonly #directory: string;
  readonly #limits: Partial<HubLimits>;
  #store: Store;
  registry = new Registry();
  hub: Hub;

  private constructor(directory: string, store: Store, limits: Partial<HubLimits>) {
    this.#directory = directory;
    this.#store = store;
    this.#limits = limits;
    this.hub = this.#build();
  }

  static async open(limits: Partial<HubLimits> = {}): Promise<TestHub> {
    const directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    const test = new TestHub(directory, await openStore(directory), limits);
    await test.hub.start({ sends: true });
    return test;
  }

  /** Ends the hub and opens it again from the disk. */
  async reopen(): Promise<void> {
    await this.hub.stop();
    await this.#store.close();
    this.#store = await openStore(this.#directory);
    this.registry = new Registry();
    this.hub = this.#build();
    await this.hub.start({ sends: true });
  }

  async close(): Promise<void> {
    await this.hub.stop();
    await this.#store.close();
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Asks for a subscription, and waits until it is there. */
  async subscribe(
    callback = CALLBACK,
    wishes: { leaseSeconds?: number; secret?: string } = {},
  ): Promise<void> {
    await this.hub.request({ mode: 'subscribe', topic: TOPIC, callback, ...wishes });
    await this.settled();
  }

  async unsubscribe(callback = CALLBACK): Promise<void> {
    await this.hub.request({ mode: 'unsubscribe', topic: TOPIC, callback });
    await this.settled();
  }

  /** No request waits for an answer, unless for a later attempt. */
  async settled(): Promise<void> {
    await until('requests are settled', () => this.hub.counts().unconfirmed === 0);
  }

  /** Publishes, and lets the news settle. */
  publish(count = 1): void {
    this.topic.publish(count);
    this.clock.advance(SECOND);
  }

  only(): ReturnType<Hub['subscriptions']>[number] {
    const [subscription, ...others] = this.hub.subscriptions();
    if (subscription === undefined || others.length > 0) throw new Error('there is not just one');
    return subscription;
  }

  /** What arrived, after so many have. */
  async bodies(count: number): Promise<string[]> {
    await until(`${count} deliveries`, () => this.callbacks.delivered.length >= count);
    return this.callbacks.delivered.map(({ body }) => body);
  }

  /** Waits until an attempt has failed so often. */
  async failed(attempts: number): Promise<void> {
    await until(`${attempts} attempts`, () => (this.only().failing?.attempts ?? 0) >= attempts);
  }

  #build(): Hub {
    return new Hub({
      section: this.#store.section('websub'),
      url: HUB,
      topics: [this.topic],
      fetch: this.callbacks.fetch,
      registry: this.registry,
      clock: this.clock,
      log: silentLog,
      limits: this.#limits,
      random: () => 0,
    });
  }
}
