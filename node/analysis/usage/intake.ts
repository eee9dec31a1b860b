import type { Clock } from '../../clock.ts';
import { writeBatch, WriteQueue, type Section } from '../../store/index.ts';
import { DAY_MS } from './calendar.ts';
import { DOUBLE_CLICK_SECONDS } from './count-rows.ts';
import type { DayLedger } from './day-ledger.ts';
import type { RefusalCode } from './errors.ts';
import type { UsageEvent } from './event.ts';
import type { ItemNumbers } from './item-numbers.ts';
import { LedgerPage, type Destination } from './ledger-page.ts';
import type { Ledgers } from './ledgers.ts';
import type { Taken } from './metrics.ts';
import { clickBits, INTERNAL, ROBOT } from './rows.ts';
import type { SessionTeller } from './session-teller.ts';
import { Tally } from './tally.ts';
import type { Visitor, Visitors } from './visitors.ts';

const MOST_EVENTS_A_WRITE = 50_000;
const CLOCK_SKEW_MS = 5 * 60_000;
const OLDEST = Date.UTC(1990, 0, 1);
interface Lot {
  events: readonly UsageEvent[];
  resolve: (taken: Taken) => void;
  reject: (error: unknown) => void;
}

/**
 * Takes events into the ledgers of their days. What is acknowledged is on disk. Everything that comes while one write is
 * under way goes into the next, so that a flood of single events costs few writes, and one by itself waits for nothing.
 */
export class Intake {
  readonly #section: Section;
  readonly #ledgers: Ledgers;
  readonly #items: ItemNumbers;
  readonly #visitors: Visitors;
  readonly #sessions: SessionTeller;
  readonly #robots: string;
  readonly #mostOfUser: number;
  readonly #clock: Clock;
  readonly #writes = new WriteQueue();
  readonly #refusals = new Map<string, number>();
  #taken = 0;
  #waiting: Lot[] = [];
  #isWriting = false;

  constructor(options: {
    section: Section;
    ledgers: Ledgers;
    items: ItemNumbers;
    visitors: Visitors;
    sessions: SessionTeller;
    /** Name of the list of robots. */
    robots: string;
    /** Events that are taken of one user on one day. */
    mostOfUser: number;
    clock: Clock;
  }) {
    this.#section = options.section;
    this.#ledgers = options.ledgers;
    this.#items = options.items;
    this.#visitors = options.visitors;
    this.#sessions = options.sessions;
    this.#robots = options.robots;
    this.#mostOfUser = options.mostOfUser;
    this.#clock = options.clock;
  }

  /** Events that were taken since the start. */
  get taken(): number {
    return this.#taken;
  }

  /** Events that were refused since the start, by the code of the reason. */
  get refusals(): ReadonlyMap<string, number> {
    return this.#refusals;
  }

  /** Resolves when the events are on disk. */
  take(events: readonly UsageEvent[]): Promise<Taken> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ events, resolve, reject });
      if (this.#isWriting) return;
      this.#isWriting = true;
      void this.#writes.run(() => this.#writeWaiting());
    });
  }

  /** Takes events into other ledgers than those that stand; not durable by itself. */
  async takeInto(destination: Destination, events: readonly UsageEvent[]): Promise<Taken> {
    return await this.exclusively(async () => {
      const [taken = new Tally()] = await this.#write([events], destination, { isStanding: false });
      return taken;
    });
  }

  /** Runs what nothing may be taken meanwhile. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#writes.run(work);
  }

  /** Resolves when everything that was given so far is on disk or has failed. */
  async idle(): Promise<void> {
    while (this.#isWriting) await this.#writes.idle();
  }

  async #writeWaiting(): Promise<void> {
    const lots = this.#nextLots();
    try {
      const tallies = await this.#write(
        lots.map(({ events }) => events),
        (day) => this.#standing(day),
        { isStanding: true },
      );
      for (const [i, lot] of lots.entries()) lot.resolve(tallies[i] ?? new Tally());
    } catch (error) {
      for (const lot of lots) lot.reject(error);
    }
    this.#isWriting = this.#waiting.length > 0;
    if (this.#isWriting) void this.#writes.run(() => this.#writeWaiting());
  }

  #nextLots(): Lot[] {
    let events = 0;
    let lots = 0;
    for (const lot of this.#waiting) {
      if (lots > 0 && events + lot.events.length > MOST_EVENTS_A_WRITE) break;
      events += lot.events.length;
      lots++;
    }
    return this.#waiting.splice(0, lots);
  }

  #standing(day: number): DayLedger | RefusalCode {
    if (this.#ledgers.isClosed(day)) return 'USAGE_DAY_CLOSED';
    return this.#ledgers.get(day) ?? this.#ledgers.fresh(day, this.#clock.now());
  }

  /**
   * @param options.isStanding the rows are of ledgers that stand, and durable when it resolves
   * @returns what became of each lot
   */
  async #write(
    lots: readonly (readonly UsageEvent[])[],
    destination: Destination,
    { isStanding }: { isStanding: boolean },
  ): Promise<Tally[]> {
    const numbers: number[][] = [];
    const unknown = new Set<string>();
    for (const events of lots) {
      const known: number[] = [];
      for (const { key } of events) {
        const number = this.#items.known(key) ?? 0;
        known.push(number);
        if (number === 0) unknown.add(key);
      }
      numbers.push(known);
    }
    const items = await this.#items.find([...unknown]);
    const now = this.#clock.now();
    const page = new LedgerPage(destination, this.#visitors);
    const seen: [Visitor, UsageEvent][] = [];
    const tallies = lots.map((events, i) => {
      const tally = new Tally();
      const known = numbers[i] ?? [];
      let place = 0;
      for (const event of events) {
        const item = known[place++] || items.numbers.get(event.key);
        const outcome =
          item === undefined
            ? (items.refused.get(event.key) ?? 'USAGE_UNKNOWN_ITEM')
            : this.#enter(event, item, page, now);
        if (typeof outcome === 'string') tally.refuse(outcome);
        else {
          tally.taken++;
          if (outcome.userClass === ROBOT) tally.robots++;
          else if (outcome.userClass === INTERNAL) tally.internal++;
          else if (isStanding && this.#sessions.isOf(event, now)) seen.push([outcome, event]);
        }
      }
      return tally;
    });
    const came = { now, robots: this.#robots };
    const { operations, written } = page.finish(came, { isStanding });
    if (operations.length > 0) {
      await writeBatch(this.#section, [...items.operations, ...operations], { durable: isStanding });
      items.written();
      for (const ledger of written()) if (isStanding) this.#ledgers.noteOpen(ledger);
    }
    for (const { taken, refused } of tallies) {
      this.#taken += taken;
      for (const [code, events] of refused)
        this.#refusals.set(code, (this.#refusals.get(code) ?? 0) + events);
    }
    for (const [visitor, { key }] of seen) this.#sessions.tell(visitor, key);
    return tallies;
  }

  /** Adds the row of an event to the page. @returns whose it is, or why it is refused */
  #enter(
    { kind, time, address, userAgent }: UsageEvent,
    item: number,
    page: LedgerPage,
    now: number,
  ): Visitor | RefusalCode {
    if (!Number.isSafeInteger(time) || time < OLDEST || time > now + CLOCK_SKEW_MS) return 'USAGE_BAD_TIME';
    const day = Math.floor(time / DAY_MS);
    const second = Math.floor((time - day * DAY_MS) / 1_000);
    const isRequest = kind === 'request';
    if (second < DOUBLE_CLICK_SECONDS)
      page.noteAfter(day - 1, item, clickBits(DAY_MS / 1_000 + second, isRequest), address, userAgent);
    const slot = page.slot(day);
    if (typeof slot === 'string') return slot;
    const visitor = this.#visitors.visitor(slot.ledger.salt, address, userAgent);
    if (visitor === undefined) return 'USAGE_BAD_ADDRESS';
    if (++visitor.events > this.#mostOfUser) return 'USAGE_FLOOD';
    slot.hasOwn = true;
    slot.rows.push(item, visitor.high, visitor.low, visitor.bits | clickBits(second, isRequest));
    return visitor;
  }
}
