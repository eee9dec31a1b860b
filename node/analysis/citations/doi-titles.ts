import * as dagCbor from '@ipld/dag-cbor';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { WakefulLoop, type Fetch } from '../../outbound/index.ts';
import type { Section } from '../../store/index.ts';
import { readCslTitle, type CitedTitle } from './csl-title.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** At most one question a second. */
const PACE_MS = 1_000;
const LONGEST_PAUSE_MS = 60 * 60 * 1_000;
/** How long an answer holds: of a title, of "there is no such DOI", of a failure. */
const KEPT_MS = { title: 365 * DAY_MS, unknown: 30 * DAY_MS, failed: DAY_MS };
const MOST_WAITING = 10_000;
const LONGEST_DOI = 300;
const TIMEOUT_MS = 30_000;

type Row = [title: string | null, year: string | null, until: number];

/**
 * Titles of works that are cited by DOI alone and are not held, asked of the resolver that the operator names: an address
 * that the DOI is put behind and that answers in CSL-JSON, such as https://doi.org/ (content negotiation of Crossref and
 * DataCite). It asks once a second at most, goes slower when it is told to, and keeps what it learned, failures too.
 */
export class DoiTitles {
  readonly #resolver: string;
  readonly #section: Section;
  readonly #fetch: Fetch;
  readonly #isHeld: (doi: string) => Promise<boolean>;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #waiting = new Set<string>();
  readonly #loop: WakefulLoop;
  #pauseMs = PACE_MS;
  #nextAt = 0;

  /** @param options.isHeld whether a record with the DOI is held, so that nobody need be asked */
  constructor(options: {
    resolver: string;
    section: Section;
    fetch: Fetch;
    isHeld: (doi: string) => Promise<boolean>;
    clock: Clock;
    log: Logger;
  }) {
    this.#resolver = /[/=:]$/.test(options.resolver) ? options.resolver : `${options.resolver}/`;
    this.#section = options.section;
    this.#fetch = options.fetch;
    this.#isHeld = options.isHeld;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#loop = new WakefulLoop({
      clock: options.clock,
      log: options.log,
      work: (signal) => this.#askNext(signal),
      failed: 'the titles of DOIs cannot be looked up',
    });
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Asks for the DOI when its turn comes. Of more than wait already it is asked another time. */
  offer(doi: string): void {
    if (doi.length > LONGEST_DOI || this.#waiting.size >= MOST_WAITING) return;
    this.#waiting.add(doi);
    this.#loop.wake();
  }

  /** What is known by now, by DOI. */
  async known(dois: readonly string[]): Promise<Map<string, CitedTitle>> {
    return await knownTitles(this.#section, dois);
  }

  /** How many DOIs are still to be asked for. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** @returns when the next one may be asked for; undefined where none waits */
  async #askNext(signal: AbortSignal): Promise<number | undefined> {
    const wait = this.#nextAt - this.#clock.now();
    // Longer than any pause: the clock was set back.
    if (wait > 0 && wait <= this.#pauseMs) return this.#nextAt;
    for (const doi of this.#waiting) {
      if (signal.aborted) break;
      try {
        if (!(await this.#isWanted(doi))) continue;
        await this.#ask(doi, signal);
      } catch (error) {
        if (signal.aborted) break;
        this.#log.warn({ err: error, doi }, 'the title of a DOI could not be looked up');
      } finally {
        this.#waiting.delete(doi);
      }
      this.#nextAt = this.#clock.now() + this.#pauseMs;
      return this.#nextAt;
    }
    return undefined;
  }

  async #isWanted(doi: string): Promise<boolean> {
    const bytes = await this.#section.get(doi);
    if (bytes !== undefined && dagCbor.decode<Row>(bytes)[2] > this.#clock.now()) return false;
    return !(await this.#isHeld(doi));
  }

  async #ask(doi: string, signal: AbortSignal): Promise<void> {
    try {
      const response = await this.#fetch(
        this.#resolver + doi.toWellFormed().split('/').map(encodeURIComponent).join('/'),
        {
          headers: { accept: 'application/vnd.citationstyles.csl+json' },
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        },
      );
      if (response.status === 429 || response.status >= 500) {
        await response.body?.cancel();
        await this.#failed(doi, response.headers.get('retry-after'));
        return;
      }
      this.#pauseMs = PACE_MS;
      const found = await readCslTitle(response);
      await this.#keep(doi, found, found === undefined ? KEPT_MS.unknown : KEPT_MS.title);
    } catch (error) {
      if (!signal.aborted) await this.#failed(doi, null);
      throw error;
    }
  }

  /** Whoever fails is asked ever more slowly, or as slowly as it says. */
  async #failed(doi: string, retryAfter: string | null): Promise<void> {
    const told = retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : 0;
    this.#pauseMs = Math.min(Math.max(this.#pauseMs * 2, told), LONGEST_PAUSE_MS);
    await this.#keep(doi, undefined, KEPT_MS.failed);
  }

  async #keep(doi: string, found: CitedTitle | undefined, ms: number): Promise<void> {
    const row: Row = [found?.title ?? null, found?.year ?? null, this.#clock.now() + ms];
    await this.#section.put(doi, dagCbor.encode(row));
  }
}

/** The titles that another process looks up. */
export class StoredTitles {
  readonly #section: Section;

  constructor({ section }: { section: Section }) {
    this.#section = section;
  }

  /** That one is offered the same titles when it reads the records. */
  offer(): void {}

  async known(dois: readonly string[]): Promise<Map<string, CitedTitle>> {
    return await knownTitles(this.#section, dois);
  }
}

async function knownTitles(section: Section, dois: readonly string[]): Promise<Map<string, CitedTitle>> {
  const values = await section.getMany([...dois]);
  const found = new Map<string, CitedTitle>();
  for (const [i, bytes] of values.entries()) {
    const [title, year] = bytes === undefined ? [null, null] : dagCbor.decode<Row>(bytes);
    if (title !== null) found.set(dois[i]!, { title, ...(year !== null && { year }) });
  }
  return found;
}
