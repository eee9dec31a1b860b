import { isUse, LineReader, LogLines, type LogEntry } from '../../protocols/access-log/index.ts';
import { AGENT_NOT_KEPT, type Taken, type UsageEvent } from './counting.ts';
import type { Meaning, PathMeanings } from './path-meanings.ts';
import { ownText, RecentMap } from './recent-map.ts';
import type { Tally } from './tally.ts';

/** Events that are handed over together: each lot is one write that is waited for. */
const LOT = 8_192;
/** Addresses and agents that are known again. */
const TEXTS = 20_000;

/**
 * Takes the bytes of one log in: lines, what they mean, events, handed over in lots while the next ones are read. What a line
 * says of a person is in memory only until its lot is taken.
 */
export class LogIntake {
  readonly #take: (events: readonly UsageEvent[]) => Promise<Taken>;
  readonly #meanings: PathMeanings;
  readonly #tally: Tally;
  readonly #reader = new LineReader();
  readonly #lines: LogLines;
  /** Texts that come again and again are kept once, so that who counts knows them again at once. */
  readonly #texts = new RecentMap<string>(TEXTS);
  #events: UsageEvent[] = [];
  #waiting: LogEntry[] = [];
  #underWay: Promise<void> = Promise.resolve();
  #hasAgents = false;

  constructor(options: {
    take: (events: readonly UsageEvent[]) => Promise<Taken>;
    meanings: PathMeanings;
    tally: Tally;
  }) {
    this.#take = options.take;
    this.#meanings = options.meanings;
    this.#tally = options.tally;
    this.#lines = new LogLines({
      line: (text, start, end) => this.#line(text, start, end),
      tooLong: () => this.#refuse('LOG_LINE_TOO_LONG'),
    });
  }

  /** Bytes up to the end of the last line that was read. */
  get consumed(): number {
    return this.#lines.consumed;
  }

  /** Rejects where the counting fails. */
  async take(piece: Uint8Array): Promise<void> {
    this.#lines.take(piece);
    await this.#resolve();
    if (this.#events.length >= LOT) await this.#handOver();
  }

  /** All that was read is kept when it resolves. @param isEnd whether what stands behind the last line's end is a line, too */
  async flush(isEnd: boolean): Promise<void> {
    if (isEnd) this.#lines.end();
    await this.#resolve();
    await this.#handOver();
    await this.#underWay;
  }

  #line(text: string, start: number, end: number): void {
    const entry = this.#reader.read(text, start, end);
    if (typeof entry === 'string') {
      this.#refuse(entry);
      return;
    }
    // In a log that keeps agents, a line without one ended in its midst.
    if (entry.agent !== undefined) this.#hasAgents = true;
    else if (this.#hasAgents) {
      this.#refuse('LOG_LINE_CUT');
      return;
    }
    this.#tally.read();
    if (!isUse(entry)) {
      this.#tally.passOver();
      return;
    }
    const meaning = this.#meanings.known(entry.path);
    if (meaning === undefined) this.#waiting.push(entry);
    else this.#use(entry, meaning);
  }

  #use({ time, address, agent }: LogEntry, meaning: Meaning): void {
    if (typeof meaning === 'string') {
      if (meaning === 'no-item') this.#tally.passOver();
      else this.#tally.refuse(meaning === 'unknown' ? 'LOG_ITEM_UNKNOWN' : 'LOG_ITEM_AMBIGUOUS');
      return;
    }
    const { key, kind } = meaning;
    const userAgent = agent === undefined ? AGENT_NOT_KEPT : this.#kept(agent);
    this.#events.push({ key, kind, time, address: this.#kept(address), userAgent });
  }

  #kept(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const own = ownText(text);
    this.#texts.set(own, own);
    return own;
  }

  #refuse(code: string): void {
    this.#tally.read();
    this.#tally.refuse(code);
  }

  async #resolve(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const entries = this.#waiting;
    this.#waiting = [];
    const paths = [...new Set(entries.map(({ path }) => path))];
    const meanings = await this.#meanings.find(paths);
    const found = new Map(paths.map((path, i) => [path, meanings[i] ?? 'unknown']));
    for (const entry of entries) this.#use(entry, found.get(entry.path) ?? 'unknown');
  }

  /** One lot at a time is under way. */
  async #handOver(): Promise<void> {
    await this.#underWay;
    const events = this.#events;
    if (events.length === 0) return;
    this.#events = [];
    const taking = this.#take(events).then((taken) => this.#tally.took(events.length, taken));
    // Whoever waits for it hears of a failure; until then it is not to end the process.
    taking.catch(() => undefined);
    this.#underWay = taking;
  }
}
