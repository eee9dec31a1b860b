import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { writeBatch, type Section } from '../../store/index.ts';
import { runJob } from '../../telemetry/index.ts';
import { DAY_MS } from './calendar.ts';
import { inOnePart, type Counting } from './counting.ts';
import { encodeState, type DayLedger } from './day-ledger.ts';
import type { Intake } from './intake.ts';
import { stateKey } from './layout.ts';
import { ending, forgetting, type Ledgers } from './ledgers.ts';
import type { Visitors } from './visitors.ts';

/** Addresses and agents are known in memory for so long at the most: what was found out of them is found out again. */
const KNOWN_MS = 10 * 60_000;

/**
 * Closes days when nothing is to be expected for them any more: they are counted for the last time, and then nothing is
 * left by which a user could be told from another.
 */
export class Closing {
  readonly #section: Section;
  readonly #ledgers: Ledgers;
  readonly #intake: Intake;
  readonly #counting: Counting;
  readonly #visitors: Visitors;
  readonly #windowMs: number;
  readonly #clock: Clock;
  /** When addresses and agents were last let go of. */
  #forgotten: number;
  readonly #log: Logger;

  constructor(options: {
    section: Section;
    ledgers: Ledgers;
    intake: Intake;
    counting: Counting;
    visitors: Visitors;
    /** Days for which events that come late are taken. */
    windowDays: number;
    clock: Clock;
    log: Logger;
  }) {
    this.#section = options.section;
    this.#ledgers = options.ledgers;
    this.#intake = options.intake;
    this.#counting = options.counting;
    this.#visitors = options.visitors;
    this.#windowMs = options.windowDays * DAY_MS;
    this.#clock = options.clock;
    this.#forgotten = options.clock.now();
    this.#log = options.log;
  }

  /** Closes the days whose time has come. Not to be run while days are counted. */
  async closeDue(): Promise<void> {
    const now = this.#clock.now();
    if (now - this.#forgotten >= KNOWN_MS) {
      this.#visitors.forget();
      this.#forgotten = now;
    }
    for (const ledger of this.#ledgers.all())
      if (this.#isDue(ledger, now)) await this.#intake.exclusively(() => this.#close(ledger));
    if (await this.#ledgers.wipe()) this.#log.debug('the ledgers of closed days are wiped from the disk');
  }

  #isDue({ day, state, successor }: DayLedger, now: number): boolean {
    return successor === undefined && Math.max((day + 1) * DAY_MS, state.lastCame) + this.#windowMs <= now;
  }

  async #close(ledger: DayLedger): Promise<void> {
    // Something came while others were closed: it has its window, too.
    if (!ledger.isCounted || !this.#isDue(ledger, this.#clock.now())) return;
    const job = {
      kind: 'usage-day',
      of: { day: ledger.name },
      words: {
        done: 'the day is counted for good, and its ledger deleted',
        failed: 'the day could not be counted for good',
      },
      log: this.#log,
      clock: this.#clock,
    } as const;
    await runJob(job, () => this.#countForGood(ledger));
  }

  async #countForGood(ledger: DayLedger): Promise<void> {
    const { name, day, generation } = ledger;
    const { keys, counts } = await this.#counting.stored(name);
    const operations = [...inOnePart(name, keys, counts), ...ending(name, generation)];
    if (ledger.state.hasOwn) {
      const state = { ...ledger.state, isOpen: false };
      operations.push({ type: 'put', key: stateKey(name), value: encodeState(state) });
      await writeBatch(this.#section, operations, { durable: true });
      this.#ledgers.noteClosed(day, state);
    } else {
      // Only clicks of the next day's beginning were noted: the day itself may still be read in.
      await writeBatch(this.#section, [...operations, forgetting(name)], { durable: true });
      this.#ledgers.noteGone(day);
    }
    this.#visitors.forget();
  }
}
