import type { Logger } from 'pino';
import { decodeSummary, encodeSummary } from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import { FederationError } from '../errors.ts';
import type { Network, Verdict } from '../network/network.ts';
import { isOfOwnStore } from '../peers/refusals.ts';
import { RateLimit } from '../rate-limit.ts';
import type { UsageSources } from './usage-sources.ts';
import type { UsageSummaries } from './usage-summaries.ts';

const RATE = { perSecond: 2, burst: 60 };
/** Of all nodes together that are not followed here: nodes cost nothing to invent, and what is passed on reaches everyone. */
const STRANGERS_RATE = { perSecond: 20, burst: 500 };
const STRANGERS = 'strangers';

/** Tells others of the node's own usage summaries when they change, and judges what others tell of theirs. */
export class UsageGossip {
  readonly #usage: Pick<UsageSummaries, 'accept' | 'onOwnSummary'>;
  readonly #network: Pick<Network, 'publish'>;
  readonly #topics: readonly string[];
  readonly #sources: UsageSources;
  readonly #log: Logger;
  readonly #rate: RateLimit;
  readonly #strangersRate: RateLimit;
  #unsubscribe: () => void = () => undefined;

  constructor(options: {
    usage: Pick<UsageSummaries, 'accept' | 'onOwnSummary'>;
    network: Pick<Network, 'publish'>;
    /** One a network. */
    topics: readonly string[];
    sources: UsageSources;
    clock: Clock;
    log: Logger;
  }) {
    this.#usage = options.usage;
    this.#network = options.network;
    this.#topics = options.topics;
    this.#sources = options.sources;
    this.#log = options.log;
    this.#rate = new RateLimit({ clock: options.clock, ...RATE });
    this.#strangersRate = new RateLimit({ clock: options.clock, ...STRANGERS_RATE });
  }

  start(): void {
    this.#unsubscribe = this.#usage.onOwnSummary((summary) => {
      const message = encodeSummary(summary);
      for (const topic of this.#topics) {
        this.#network.publish(topic, message).catch((error: unknown) => {
          this.#log.warn({ err: error, topic }, 'the usage summary could not be published');
        });
      }
    });
  }

  stop(): void {
    this.#unsubscribe();
  }

  /** @param author who signed the gossip message; a summary is taken from its own node only */
  async receive(author: NodeId, data: Uint8Array): Promise<Verdict> {
    const { isFollowed, refuse } = this.#sources;
    if (!this.#rate.take(author)) return 'ignore';
    if (!isFollowed(author) && !this.#strangersRate.take(STRANGERS)) return 'ignore';
    try {
      const summary = decodeSummary(data);
      if (summary.node !== author) {
        throw new FederationError(
          'USAGE_FOREIGN_SUMMARY',
          'A usage summary came by gossip of another node than its own.',
        );
      }
      if (isFollowed(author)) await this.#usage.accept(summary);
      return 'accept';
    } catch (error) {
      if (isOfOwnStore(error)) {
        this.#log.warn({ err: error, node: author }, 'a usage summary could not be written down');
        return 'ignore';
      }
      refuse(author, error);
      return 'reject';
    }
  }
}
