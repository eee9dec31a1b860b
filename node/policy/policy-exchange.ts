import type { Logger } from 'pino';
import { request, textOf, type RequestFetch } from '../../protocols/http/index.ts';
import { policyFromJsonLd } from '../../vocab/oa-policy/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Clock } from '../clock.ts';
import { WakefulLoop } from '../outbound/index.ts';
import type { Policies } from './policies.ts';

/** How often it is looked whose turn it is, and how many have it then. */
const ROUND_MS = 60_000;
const MOST_A_ROUND = 10;
/** A policy changes once in years. */
const AGAIN_MS = 24 * 60 * 60_000;
/** After no answer. */
const RETRY_MS = 60 * 60_000;
const TIMEOUT_MS = 15_000;
const MOST_BYTES = 256 * 1024;

/** A node that may publish a policy: one that is followed, and whose domain speaks for it. */
export interface Publisher {
  node: NodeId;
  base: string;
}

/**
 * Reads the policies of the network where they are published, at `<base>/policy`: who has the domain speaks for the
 * institution. Each is asked for once a day, a few a minute.
 */
export class PolicyExchange {
  readonly #policies: Policies;
  readonly #publishers: () => readonly Publisher[];
  readonly #fetch: RequestFetch;
  readonly #clock: Clock;
  readonly #log: Logger;
  /** When each is to be asked again; milliseconds since 1970. */
  readonly #next = new Map<NodeId, number>();
  readonly #loop: WakefulLoop;

  constructor(options: {
    policies: Policies;
    /** The nodes that are followed now. */
    publishers: () => readonly Publisher[];
    /** Refuses private addresses, and follows no redirect where it is told not to. */
    fetch: RequestFetch;
    clock: Clock;
    log: Logger;
  }) {
    this.#policies = options.policies;
    this.#publishers = options.publishers;
    this.#fetch = options.fetch;
    this.#clock = options.clock;
    this.#log = options.log.child({ part: 'policy' });
    this.#loop = new WakefulLoop({
      clock: this.#clock,
      log: this.#log,
      work: async (signal) => {
        await this.#round(signal);
        return this.#clock.now() + ROUND_MS;
      },
      failed: 'the policies of the network could not be kept, tries again',
    });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  async #round(signal: AbortSignal): Promise<void> {
    const publishers = this.#publishers();
    const followed = new Set(publishers.map(({ node }) => node));
    for (const node of this.#policies.others.keys())
      if (!followed.has(node)) await this.#policies.forget(node);
    for (const node of this.#next.keys()) if (!followed.has(node)) this.#next.delete(node);
    const now = this.#clock.now();
    const due = publishers.filter(({ node }) => (this.#next.get(node) ?? 0) <= now);
    for (const publisher of due.slice(0, MOST_A_ROUND)) {
      if (signal.aborted) return;
      // Also where what it says cannot be kept: a full disk here is no reason to ask it every minute.
      this.#next.set(publisher.node, now + RETRY_MS);
      if (await this.#ask(publisher, signal)) this.#next.set(publisher.node, now + AGAIN_MS);
    }
  }

  /** @returns whether it said what its policy is, or that it has none */
  async #ask({ node, base }: Publisher, signal: AbortSignal): Promise<boolean> {
    // A redirect is not followed: another address would speak for another domain.
    const init: RequestInit = { headers: { accept: 'application/ld+json' }, redirect: 'manual' };
    const limits = { fetch: this.#fetch, within: TIMEOUT_MS, signal };
    const answer = await request(`${base}/policy`, init, limits, async (response) => ({
      status: response.status,
      text: response.status === 200 ? await textOf(response, MOST_BYTES) : '',
    })).catch((error: unknown) => {
      this.#log.debug({ err: error, node }, 'a node gives no answer about its policy');
      return undefined;
    });
    if (answer === undefined || signal.aborted) return false;
    if (answer.status === 404 || answer.status === 410) {
      // It has stated none, or takes it back.
      await this.#policies.forget(node);
      return true;
    }
    if (answer.status !== 200) return false;
    const published = policyFromJsonLd(parsed(answer.text));
    if (published?.node !== node) {
      this.#log.warn({ node }, 'what a node publishes as its policy is none of its own, and is left out');
      return false;
    }
    await this.#policies.keep(node, published);
    return true;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
