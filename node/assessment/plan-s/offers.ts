import * as dagCbor from '@ipld/dag-cbor';
import type { Logger } from 'pino';
import { request, textOf, type RequestFetch } from '../../../protocols/http/index.ts';
import { OaiPmhClient } from '../../../protocols/oai-pmh/index.ts';
import type { Clock } from '../../clock.ts';
import { WakefulLoop } from '../../outbound/index.ts';
import { writeBatch, type Section } from '../../store/index.ts';
import { endpointKey, identifyAt } from '../probes/index.ts';
import { metadataStatement, type MetadataStatement } from './metadata-statement.ts';

/** What the institution's OAI-PMH endpoint offers. */
export interface Offer {
  /** When it was asked; milliseconds since 1970. */
  at: number;
  formats: readonly { prefix: string; namespace: string }[];
  statement?: MetadataStatement;
}

/** An OAI-PMH endpoint, by the name of its source. */
export interface OaiEndpoint {
  name: string;
  address: string;
}

interface OffersOptions {
  endpoints: readonly OaiEndpoint[];
  section: Section;
  fetch: RequestFetch;
  clock: Clock;
  log: Logger;
}

const AGAIN_MS = 24 * 60 * 60_000;
/** After no answer. */
const RETRY_MS = 60 * 60_000;
/** After the start: the harvest has the first word. */
const FIRST_MS = 60_000;
const TIMEOUT_MS = 30_000;
const MOST_BYTES = 256 * 1024;
const MOST_FORMATS = 100;

const offerKey = (address: string): string => `o!${endpointKey(address)}`;

/** Asks the institution's OAI-PMH endpoints once a day which formats they offer, and what they say of the rights in their metadata. */
export class Offers {
  readonly #endpoints: readonly OaiEndpoint[];
  readonly #section: Section;
  readonly #fetch: RequestFetch;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #known = new Map<string, Offer>();
  readonly #failedAt = new Map<string, number>();
  readonly #loop: WakefulLoop;
  #begins = 0;

  private constructor(options: OffersOptions) {
    this.#endpoints = options.endpoints;
    this.#section = options.section;
    this.#fetch = options.fetch;
    this.#clock = options.clock;
    this.#log = options.log.child({ part: 'plan-s' });
    this.#loop = new WakefulLoop({
      clock: this.#clock,
      log: this.#log,
      work: (signal) => this.#round(signal),
      failed: 'what the endpoints offer cannot be asked, tries again',
    });
  }

  static async open(options: OffersOptions): Promise<Offers> {
    const offers = new Offers(options);
    for (const { address } of options.endpoints) {
      const bytes = await options.section.get(offerKey(address));
      if (bytes !== undefined) offers.#known.set(address, dagCbor.decode<Offer>(bytes));
    }
    return offers;
  }

  /** What is known of each endpoint that has ever answered. */
  get all(): readonly (OaiEndpoint & { offer: Offer })[] {
    return this.#endpoints.flatMap((endpoint) => {
      const offer = this.#known.get(endpoint.address);
      return offer === undefined ? [] : [{ ...endpoint, offer }];
    });
  }

  start(): void {
    this.#begins = this.#clock.now() + FIRST_MS;
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** @returns when there is the next */
  async #round(signal: AbortSignal): Promise<number> {
    const wait = this.#begins - this.#clock.now();
    // A longer one is of a clock that was set back.
    if (wait > 0 && wait <= FIRST_MS) return this.#begins;
    for (const { name, address } of this.#endpoints) {
      if (signal.aborted) break;
      const now = this.#clock.now();
      // A time to come is of a clock that was set back.
      const isFresh = (at = -Infinity, ms = 0): boolean => at <= now && now - at < ms;
      if (isFresh(this.#known.get(address)?.at, AGAIN_MS) || isFresh(this.#failedAt.get(address), RETRY_MS))
        continue;
      try {
        await this.#look(address, signal);
      } catch (error) {
        this.#failedAt.set(address, now);
        if (!signal.aborted)
          this.#log.debug({ err: error, source: name }, 'an endpoint does not say what it offers');
      }
    }
    return this.#clock.now() + RETRY_MS;
  }

  async #look(address: string, signal: AbortSignal): Promise<void> {
    const client = new OaiPmhClient({
      baseUrl: address,
      fetch: this.#fetch,
      clock: this.#clock,
      maxBytes: MOST_BYTES,
      timeouts: { answer: TIMEOUT_MS, complete: TIMEOUT_MS },
      retries: { attempts: 1, firstPause: 0 },
      ahead: false,
      signal,
    });
    const formats = await client.listMetadataFormats();
    const limits = { fetch: this.#fetch, within: TIMEOUT_MS, signal };
    const identify = await request(identifyAt(address), {}, limits, (response) =>
      textOf(response, MOST_BYTES),
    );
    const statement = metadataStatement(identify);
    const offer: Offer = {
      at: this.#clock.now(),
      formats: formats.slice(0, MOST_FORMATS).map(({ prefix, namespace }) => ({
        prefix: prefix.slice(0, 100),
        namespace: namespace.slice(0, 300),
      })),
      ...(statement !== undefined && { statement }),
    };
    const value = dagCbor.encode(offer);
    await writeBatch(this.#section, [{ type: 'put', key: offerKey(address), value }], { durable: false });
    this.#known.set(address, offer);
  }
}
