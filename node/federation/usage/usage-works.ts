import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import { PAGES, UsageSummaryError } from '../../../protocols/usage-summary/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import { FederationError } from '../errors.ts';
import type { UsageSources } from './usage-sources.ts';
import type { UsageSummaries, WantedWorks } from './usage-summaries.ts';

/** Works are looked for as often, and so many bytes of them at a time: of a new network's years some hours' work. */
const ROUND_MS = 60_000;
const BYTES_A_ROUND = 16 * 1024 * 1024;
const SOURCES_TRIED = 3;
/** What no source had is asked for again after so long. */
const RETRY_MS = 10 * 60_000;
/** Of so many, what came before a source broke off is kept in memory, so that another goes on from there. */
const PARTS_KEPT = 2;
const REMEMBERED = 10_000;

/** What has come of the pages of one month's works. */
interface Part {
  pages: Uint8Array[];
  bytes: number;
  sources: Set<NodeId>;
}

/**
 * Fetches the works of the summaries that are held, of nodes that are followed: from their origins where they are there, else
 * from whoever has them; one after another, so many bytes a minute. What is broken off goes on at the page where it was.
 */
export class UsageWorks {
  readonly #usage: Pick<UsageSummaries, 'wantedWorks' | 'acceptWorks'>;
  readonly #sources: UsageSources;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #parts = new LRUCache<string, Part>({ max: PARTS_KEPT });
  /** By digest: works that are not to be asked for before then; those that their own origin signed wrongly never again. */
  readonly #notBefore = new LRUCache<string, number>({ max: REMEMBERED });

  constructor(options: {
    usage: Pick<UsageSummaries, 'wantedWorks' | 'acceptWorks'>;
    sources: UsageSources;
    clock: Clock;
    log: Logger;
  }) {
    this.#usage = options.usage;
    this.#sources = options.sources;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** Fetches what is wanted, round by round, until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#sources.pause(ROUND_MS, signal);
      if (signal.aborted) return;
      try {
        await this.#round(signal);
      } catch (error) {
        this.#log.error({ err: error }, 'works of usage summaries could not be fetched, tries again');
      }
    }
  }

  async #round(signal: AbortSignal): Promise<void> {
    const now = this.#clock.steady();
    let left = BYTES_A_ROUND;
    for (const wanted of this.#usage.wantedWorks()) {
      if (signal.aborted || left <= 0) return;
      if (!this.#sources.isFollowed(wanted.node) || now < (this.#notBefore.get(wanted.digest) ?? 0)) continue;
      const sources = this.#sourcesOf(wanted.node);
      if (sources.length === 0) return;
      left -= wanted.bytes;
      await this.#fetch(wanted, sources, signal);
    }
  }

  /** The origin first, then some of the others. */
  #sourcesOf(node: NodeId): NodeId[] {
    const connected = this.#sources.connected();
    const others = connected.filter((one) => one !== node);
    return [...(connected.includes(node) ? [node] : []), ...others].slice(0, SOURCES_TRIED);
  }

  async #fetch(wanted: WantedWorks, sources: readonly NodeId[], signal: AbortSignal): Promise<void> {
    for (const source of sources) {
      try {
        const part = this.#parts.get(wanted.digest) ?? { pages: [], bytes: 0, sources: new Set() };
        this.#parts.set(wanted.digest, part);
        if (!(await this.#fetchFrom(source, wanted, part, signal))) continue;
        this.#parts.delete(wanted.digest);
        if (await this.#take(wanted, part)) return;
      } catch (error) {
        if (signal.aborted) return;
        this.#sources.refuse(source, error);
      }
    }
    this.#notBefore.set(wanted.digest, this.#clock.steady() + RETRY_MS);
  }

  /** @returns whether all pages are there */
  async #fetchFrom(source: NodeId, wanted: WantedWorks, part: Part, signal: AbortSignal): Promise<boolean> {
    const { node, month, digest } = wanted;
    while (part.pages.length < PAGES) {
      const client = await this.#sources.client(source);
      const page = part.pages.length;
      const pages = await client.works({ node, month, digest, page }, signal);
      if (pages === undefined) return false;
      part.sources.add(source);
      part.pages.push(...pages);
      part.bytes += pages.reduce((sum, { length }) => sum + length, 0);
      if (part.bytes > wanted.bytes || part.pages.length > PAGES) {
        this.#parts.delete(digest);
        throw new FederationError(
          'USAGE_WORKS_TOO_LONG',
          `The works of ${month} of ${node} are longer than signed.`,
        );
      }
    }
    return true;
  }

  /** @returns whether nothing is left to ask for */
  async #take(wanted: WantedWorks, { pages, sources }: Part): Promise<boolean> {
    try {
      await this.#usage.acceptWorks(wanted, pages);
      return true;
    } catch (error) {
      if (!(error instanceof UsageSummaryError)) throw error;
      if (error.code === 'USAGE_WORKS_ALTERED') {
        // Of several sources it is not known which; the next time all comes from one.
        const [source, ...others] = sources;
        if (source !== undefined && others.length === 0) this.#sources.refuse(source, error);
        return false;
      }
      // Whoever passed it on is not to blame: its origin signed it.
      this.#sources.refuse(wanted.node, error);
      this.#notBefore.set(wanted.digest, Infinity);
      return true;
    }
  }
}
