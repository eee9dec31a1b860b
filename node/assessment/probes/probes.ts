import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { RequestFetch } from '../../../protocols/http/index.ts';
import type { Clock } from '../../clock.ts';
import { WakefulLoop } from '../../outbound/index.ts';
import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import { availabilityOf, type Span } from './availability.ts';
import { dayOf, DaySheet, SLOT_MS, SLOTS_A_DAY, slotOf } from './day-sheet.ts';
import { isOnThisMachine, type Endpoint, type LastAsked, type ProbedEndpoint } from './endpoint.ts';
import { ALL_SHEETS, dayOfKey, endpointKey, OWN_LINE, readSheet, sheetKey, sheetsOf } from './layout.ts';
import { measureProbes } from './metrics.ts';
import { askAll, suspectsOwnLine, type Outcomes } from './round.ts';

/** For how long it is kept what was found. */
const KEPT_DAYS = 400;

interface ProbesOptions {
  endpoints: readonly Endpoint[];
  section: Section;
  /** Reaches private addresses only where the operator has named them. */
  fetch: RequestFetch;
  metrics?: Registry;
  clock: Clock;
  log: Logger;
}

/**
 * Asks the institution's endpoints every five minutes whether they are there, and keeps what came of it for 400 days. Where the node
 * itself was not running, or seems to have had no line, nothing is known, and nothing counted.
 */
export class Probes {
  readonly #options: ProbesOptions;
  readonly #log: Logger;
  /** By endpoint or the own line, the sheets by day. */
  readonly #sheets = new Map<string, Map<number, DaySheet>>();
  readonly #last = new Map<string, LastAsked>();
  #lineSuspectedSince: number | undefined;
  /** The day of the round before. */
  #day: number | undefined;
  /** The slot that was asked last, or in which it began. */
  #asked = 0;
  readonly #loop: WakefulLoop;

  private constructor(options: ProbesOptions) {
    this.#options = options;
    this.#log = options.log.child({ part: 'probes' });
    this.#loop = new WakefulLoop({
      clock: options.clock,
      log: this.#log,
      work: (signal) => this.#askOnce(signal),
      failed: 'what came of the probes could not be kept, tries again',
    });
  }

  static async open(options: ProbesOptions): Promise<Probes> {
    const probes = new Probes(options);
    const keys = [OWN_LINE, ...options.endpoints.map(({ address }) => endpointKey(address))];
    for (const key of keys) {
      const sheets = new Map<number, DaySheet>();
      for await (const [at, bytes] of options.section.iterator(sheetsOf(key)))
        sheets.set(dayOfKey(at), readSheet(bytes));
      probes.#sheets.set(key, sheets);
    }
    if (options.metrics !== undefined) measureProbes(probes, options.metrics, options.clock);
    return probes;
  }

  start(): void {
    // What is left of the present slot may be too short.
    this.#asked = slotOf(this.#options.clock.now());
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Since when nobody has been reached; milliseconds since 1970. Undefined where the own line is as it should be. */
  get lineSuspectedSince(): number | undefined {
    return this.#lineSuspectedSince;
  }

  /** How each endpoint stood in a time. @param maintenance what does not count */
  endpoints(span: Span, maintenance: readonly Span[] = []): ProbedEndpoint[] {
    return this.#options.endpoints.map((endpoint) => {
      const key = endpointKey(endpoint.address);
      const last = this.#last.get(key);
      const availability = availabilityOf(this.#sheetsOf(key), span, maintenance);
      return { ...endpoint, ...(last !== undefined && { last }), availability };
    });
  }

  /** Minutes of a time in which the own line was suspected. */
  minutesWithoutLine(span: Span): number {
    const { up, known } = availabilityOf(this.#sheetsOf(OWN_LINE), span);
    return known - up;
  }

  /** A clock that was set back leads to a slot that was asked before: it is asked again. @returns when the next slot begins */
  async #askOnce(signal: AbortSignal): Promise<number> {
    const { clock } = this.#options;
    const slot = slotOf(clock.now());
    if (slot !== this.#asked) {
      this.#asked = slot;
      await this.#round(slot, signal);
    }
    return (slotOf(clock.now()) + 1) * SLOT_MS;
  }

  async #round(slot: number, signal: AbortSignal): Promise<void> {
    const { endpoints, fetch, clock } = this.#options;
    const outcomes = await askAll(endpoints, slot, { fetch, clock, signal });
    if (signal.aborted || outcomes.size === 0) return;
    const isSuspected = suspectsOwnLine(outcomes);
    this.#tellOfLine(isSuspected, slot);
    await this.#keep(slot, outcomes, isSuspected);
    await this.#prune();
  }

  async #keep(slot: number, outcomes: Outcomes, isLineSuspected: boolean): Promise<void> {
    const { clock, section } = this.#options;
    const at = clock.now();
    const operations: Operation[] = [];
    const mark = (key: string, isUp: boolean): void => {
      const day = Math.floor(slot / SLOTS_A_DAY);
      const sheets = this.#sheetsOf(key);
      const sheet = sheets.get(day) ?? new DaySheet();
      sheets.set(day, sheet);
      sheet.mark(slot % SLOTS_A_DAY, isUp);
      // A copy: the sheet goes on being written.
      operations.push({ type: 'put', key: sheetKey(key, day), value: Uint8Array.from(sheet.bytes) });
    };
    let isElsewhereAsked = false;
    for (const [{ name, address }, outcome] of outcomes) {
      const key = endpointKey(address);
      if (outcome.is === 'unknown') {
        this.#log.debug({ endpoint: name, reason: outcome.reason }, 'an endpoint cannot be asked from here');
        continue;
      }
      const isElsewhere = !isOnThisMachine(address);
      isElsewhereAsked ||= isElsewhere;
      if (isElsewhere && isLineSuspected) continue;
      const isUp = outcome.is === 'up';
      const before = this.#last.get(key);
      this.#last.set(key, { at, isUp, ...(outcome.is === 'down' && { reason: outcome.reason }) });
      if (outcome.is === 'down' && before?.isUp !== false)
        this.#log.warn({ endpoint: name, reason: outcome.reason }, 'an endpoint of the institution is down');
      else if (isUp && before?.isUp === false) this.#log.info({ endpoint: name }, 'an endpoint is up again');
      mark(key, isUp);
    }
    if (isElsewhereAsked) mark(OWN_LINE, !isLineSuspected);
    if (operations.length > 0) await writeBatch(section, operations, { durable: true });
  }

  #tellOfLine(isSuspected: boolean, slot: number): void {
    if (isSuspected && this.#lineSuspectedSince === undefined) {
      this.#lineSuspectedSince = slot * SLOT_MS;
      this.#log.warn('nobody is reached: the line of this node seems to be down, and nothing is counted');
    } else if (!isSuspected && this.#lineSuspectedSince !== undefined) {
      this.#lineSuspectedSince = undefined;
      this.#log.info('others are reached again');
    }
  }

  /**
   * What is too old, or of a day to come, since a clock went wrong; that of endpoints that were taken out, too. Only when a day
   * begins that follows the one before: a clock that leaps, or is not yet set after a start, costs nobody the year.
   */
  async #prune(): Promise<void> {
    const { clock, section } = this.#options;
    const today = dayOf(clock.now());
    const before = this.#day;
    this.#day = today;
    if (before !== today - 1) return;
    const isKept = (day: number): boolean => day > today - KEPT_DAYS && day <= today + 1;
    const gone: Operation[] = [];
    for await (const key of section.keys(ALL_SHEETS))
      if (!isKept(dayOfKey(key))) gone.push({ type: 'del', key });
    for (const sheets of this.#sheets.values())
      for (const day of sheets.keys()) if (!isKept(day)) sheets.delete(day);
    if (gone.length > 0) await writeBatch(section, gone, { durable: false });
  }

  #sheetsOf(key: string): Map<number, DaySheet> {
    let sheets = this.#sheets.get(key);
    if (sheets === undefined) {
      sheets = new Map();
      this.#sheets.set(key, sheets);
    }
    return sheets;
  }
}
