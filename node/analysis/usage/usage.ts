import type { Logger } from 'pino';
import { noUse, sumOf, type Metrics } from '../../../protocols/counter/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import { WriteQueue, type Section } from '../../store/index.ts';
import { Addresses } from './addresses.ts';
import { MACHINE_BEHAVIOUR, type MachineBehaviour } from './behaviour.ts';
import { Closing } from './closing.ts';
import { Counting } from './counting.ts';
import type { Countries } from './countries.ts';
import { refusal } from './errors.ts';
import type { UsageEvent } from './event.ts';
import { Intake } from './intake.ts';
import { ItemNumbers } from './item-numbers.ts';
import { Ledgers } from './ledgers.ts';
import type {
  DayRange,
  ItemMetrics,
  ItemUsage,
  MonthMetrics,
  MonthRange,
  OwnDay,
  OwnMonth,
  OwnMonthDetail,
  Restated,
  Taken,
} from './metrics.ts';
import { ALL_MONTHS, OwnUse } from './own-use.ts';
import { renumber } from './renumbering.ts';
import { daysOf, Restating } from './restating.ts';
import { isbotList, type RobotList } from './robots.ts';
import { Rounds } from './rounds.ts';
import { SessionTeller, type Sessions } from './session-teller.ts';
import { Sums } from './sums.ts';
import type { TopBy } from './top-items.ts';
import { Visitors } from './visitors.ts';

type UsageCatalogue = Pick<Catalogue, 'node' | 'holdings' | 'onCommit'>;

export interface UsageOptions {
  section: Section;
  catalogue: UsageCatalogue;
  clock: Clock;
  log: Logger;
  sessions?: Sessions;
  /** Days for which events that come late are taken. */
  windowDays?: number;
  /** Which user agents are robots'; without it, by the package `isbot`. */
  robots?: RobotList;
  /** How machines are told by what they do. */
  behaviour?: MachineBehaviour;
  /** Addresses and ranges whose use is not counted. */
  internal?: readonly string[];
  /** In which countries addresses are; without it, none is known. */
  countries?: Countries;
  /** How long events are gathered before they are counted. */
  countEveryMs?: number;
}

const WINDOW_DAYS = 3;
const COUNT_EVERY_MS = 5_000;

/**
 * How often the node's own items are used, by COUNTER's rules (Code of Practice 5.1, chapters 6 and 7).
 *
 * Events go into the ledgers of their days; what is acknowledged is on disk. The counts of a day hang on nothing but which
 * events there are: not on their order, nor on how often each comes. Nothing personal is stored beyond the window, nor
 * logged, nor shown.
 */
export class Usage {
  readonly #section: Section;
  readonly #catalogue: UsageCatalogue;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #items: ItemNumbers;
  readonly #ledgers: Ledgers;
  readonly #intake: Intake;
  readonly #restating: Restating;
  readonly #rounds: Rounds;
  readonly #ownUse: OwnUse;
  /** Whatever counts, closes or replaces: one after another. */
  readonly #counts = new WriteQueue();
  #unsubscribe: () => void = () => undefined;

  constructor(options: UsageOptions) {
    const { section, catalogue, clock, sessions } = options;
    const log = options.log.child({ part: 'usage' });
    const { robots = isbotList, countries, internal = [], behaviour = MACHINE_BEHAVIOUR } = options;
    this.#section = section;
    this.#catalogue = catalogue;
    this.#clock = clock;
    this.#log = log;
    this.#items = new ItemNumbers({ section, catalogue });
    this.#ledgers = new Ledgers(section);
    const visitors = new Visitors({
      robots,
      addresses: new Addresses({ internal, ...(countries !== undefined && { countries }) }),
    });
    const ledgers = this.#ledgers;
    this.#intake = new Intake({
      section,
      ledgers,
      items: this.#items,
      visitors,
      sessions: new SessionTeller({ sessions, log }),
      robots: robots.name,
      mostOfUser: behaviour.eventsTaken,
      clock,
    });
    const sums = new Sums(section);
    const counting = new Counting({ section, sums, behaviour });
    const counts = this.#counts;
    const parts = { section, ledgers, intake: this.#intake, counting, clock };
    const closing = new Closing({ ...parts, visitors, windowDays: options.windowDays ?? WINDOW_DAYS, log });
    this.#restating = new Restating({ ...parts, sums, counts });
    const everyMs = options.countEveryMs ?? COUNT_EVERY_MS;
    this.#rounds = new Rounds({ ledgers, counting, closing, counts, everyMs, clock, log });
    this.#ownUse = new OwnUse({ section, items: this.#items, ledgers });
  }

  /** Goes on for the ids that the node had before: what was counted of its items is under their new keys. Before `start`. */
  async succeed(predecessors: readonly NodeId[]): Promise<void> {
    if (predecessors.length === 0) return;
    const { node, holdings } = this.#catalogue;
    await renumber(this.#section, this.#items, { node, keyOf: (key) => holdings.movedTo(key) });
  }

  start(): void {
    this.#unsubscribe = this.#catalogue.onCommit(({ keys }) => this.#items.forget(keys));
    this.#rounds.start();
  }

  /** Resolves when every event that was taken is on disk. */
  async stop(): Promise<void> {
    this.#unsubscribe();
    await this.#rounds.stop();
    await this.#intake.idle();
    await this.#counts.idle();
  }

  /**
   * Takes one event; it is on disk when it resolves. `robot` is one on the list (§7.8), or one that does not say what it is;
   * `internal` is a use from the institution's own addresses.
   *
   * @throws UsageError `USAGE_UNKNOWN_ITEM` · `USAGE_NOT_OWN` another node's item · `USAGE_WITHDRAWN_ITEM` ·
   *   `USAGE_BAD_TIME` to come, or before 1990 · `USAGE_BAD_ADDRESS` · `USAGE_DAY_CLOSED` it came after the window ·
   *   `USAGE_FLOOD` more than a million events of one user on one day
   */
  async record(event: UsageEvent): Promise<'counted' | 'robot' | 'internal'> {
    const { robots, internal, refused } = await this.take([event]);
    for (const code of refused.keys()) throw refusal(code);
    if (robots > 0) return 'robot';
    return internal > 0 ? 'internal' : 'counted';
  }

  /** Takes events in any order; they are on disk when it resolves. What is refused is told by the codes of `record`. */
  async take(events: readonly UsageEvent[]): Promise<Taken> {
    await this.#ledgers.open();
    return await this.#intake.take(events);
  }

  /**
   * Replaces what was counted of whole days, closed ones too, by what is given now (§7.11). Where the batches break off,
   * everything is as before.
   * @throws UsageError `USAGE_BAD_DAYS`
   */
  async restate(
    days: DayRange | readonly string[],
    batches: AsyncIterable<readonly UsageEvent[]>,
  ): Promise<Restated> {
    const numbers = daysOf(days, this.#clock.now());
    await this.#ledgers.open();
    const restated = await this.#restating.restate(numbers, batches);
    this.#log.info({ days: restated.days, events: restated.taken }, 'days were given anew');
    this.#rounds.tell(restated.months);
    return restated;
  }

  /** Months in which anything was counted, ascending. */
  async months(): Promise<OwnMonth[]> {
    await this.#rounds.bringUpToDate();
    return await this.#ownUse.months();
  }

  async month(month: string): Promise<OwnMonthDetail | undefined> {
    await this.#rounds.bringUpToDate();
    return await this.#ownUse.month(month);
  }

  /** Items that people used, in the order of their keys, with their months; read as it goes. */
  async *items(range: MonthRange): AsyncGenerator<ItemUsage> {
    await this.#rounds.bringUpToDate();
    yield* this.#ownUse.items(range);
  }

  /** Items that people used in a month, in the order of their keys; read as it goes. */
  async *monthItems(month: string): AsyncGenerator<ItemMetrics> {
    await this.#rounds.bringUpToDate();
    yield* this.#ownUse.monthItems(month);
  }

  /** The most used items, those used alike in the order of their keys. */
  async top(range: MonthRange, options: { by: TopBy; limit: number }): Promise<ItemMetrics[]> {
    await this.#rounds.bringUpToDate();
    return await this.#ownUse.top(range, options);
  }

  /** The months in which people used an item, ascending; without a range, all. */
  async item(key: string, range: MonthRange = ALL_MONTHS): Promise<MonthMetrics[]> {
    await this.#rounds.bringUpToDate();
    return await this.#ownUse.item(key, range);
  }

  /** Of one item, over all time. */
  async counts(key: string): Promise<Metrics> {
    return (await this.item(key)).reduce((sum, { metrics }) => sumOf(sum, metrics), noUse);
  }

  /** Days on which anything was counted, ascending. */
  async *days(range: DayRange): AsyncGenerator<OwnDay> {
    await this.#rounds.bringUpToDate();
    yield* this.#ownUse.days(range);
  }

  /** Calls `listener` with the months whose counts have become others. @returns what ends it */
  onChange(listener: (months: readonly string[]) => void): () => void {
    return this.#rounds.onChange(listener);
  }

  /** Events that were taken since the node was started. */
  get taken(): number {
    return this.#intake.taken;
  }

  /** Events that were refused since the node was started, by the code of the reason. */
  refusals(): ReadonlyMap<string, number> {
    return this.#intake.refusals;
  }
}
