import * as dagCbor from '@ipld/dag-cbor';
import type { Clock } from '../../clock.ts';
import { writeBatch, type Section } from '../../store/index.ts';

/** A record and how many sessions have used it together with another, forgotten ones less. */
export interface UsedWith {
  key: string;
  sessions: number;
}

/** So many sessions have to have used two works together before anybody is told that they do. */
const FEWEST_SESSIONS = 5;
/** A session's part counts half after half a year. */
const HALF_LIFE_DAYS = 182;
const DAY_MS = 86_400_000;

/** A user who does nothing for as long begins another session. */
const SESSION_MS = 30 * 60_000;
const MOST_SESSIONS = 20_000;
/** Who looks at more in one session leafs through, and no longer tells what belongs together. */
const MOST_KEYS = 20;
/** Works that are remembered beside one; the least used give way. */
const MOST_BESIDE = 50;

type Row = [key: string, sessions: number, day: number][];

interface Session {
  keys: string[];
  touched: number;
}

/**
 * Counts which works are used in the same session.
 *
 * Nothing personal is kept: who had a session is a name that its giver makes anew each day, it is in memory for half an
 * hour, and what is stored are counts of pairs of records. A pair is told only where several sessions had it, and is
 * forgotten slowly. In the section: `u!<record>`, the records used with it and by how many sessions up to which day
 * (DAG-CBOR).
 */
export class UsedTogether {
  readonly #section: Section;
  readonly #clock: Clock;
  /** By the time when they were touched. */
  readonly #sessions = new Map<string, Session>();
  #writing: Promise<void> = Promise.resolve();

  constructor(options: { section: Section; clock: Clock }) {
    this.#section = options.section;
    this.#clock = options.clock;
  }

  /**
   * Notes that a session has used a record.
   * @param session a name that tells it from others now, and nothing of the user
   * @returns resolves when it is counted
   */
  async seen(session: string, key: string): Promise<void> {
    const now = this.#clock.now();
    this.#forgetOld(now);
    const known = this.#sessions.get(session) ?? { keys: [], touched: now };
    this.#sessions.delete(session);
    this.#sessions.set(session, { ...known, touched: now });
    if (known.keys.includes(key) || known.keys.length >= MOST_KEYS) return;
    const before = [...known.keys];
    known.keys.push(key);
    if (before.length === 0) return;
    const counted = this.#writing.then(() => this.#count(key, before));
    this.#writing = counted.catch(() => undefined);
    await counted;
  }

  /** What is used together with a record, most often first. */
  async usedWith(key: string, limit: number): Promise<UsedWith[]> {
    const today = this.#today();
    return (await this.#row(key))
      .map(([other, sessions, day]) => ({ key: other, sessions: faded(sessions, today - day) }))
      .filter(({ sessions }) => sessions >= FEWEST_SESSIONS)
      .sort((a, b) => b.sessions - a.sessions || (a.key < b.key ? -1 : 1))
      .slice(0, limit);
  }

  /** Resolves when all that was seen is on its way to the disk. */
  async idle(): Promise<void> {
    await this.#writing;
  }

  async #count(key: string, others: readonly string[]): Promise<void> {
    const today = this.#today();
    const own = await this.#row(key);
    const rows = new Map<string, Row>([
      [key, others.reduce((row, other) => counted(row, other, today), own)],
    ]);
    for (const other of others) rows.set(other, counted(await this.#row(other), key, today));
    const operations = [...rows].map(([of, row]) => ({
      type: 'put' as const,
      key: rowKey(of),
      value: dagCbor.encode(row),
    }));
    await writeBatch(this.#section, operations, { durable: false });
  }

  async #row(key: string): Promise<Row> {
    const bytes = await this.#section.get(rowKey(key));
    return bytes === undefined ? [] : dagCbor.decode<Row>(bytes);
  }

  #today(): number {
    return Math.floor(this.#clock.now() / DAY_MS);
  }

  #forgetOld(now: number): void {
    for (const [name, { touched }] of this.#sessions) {
      if (now - touched <= SESSION_MS && this.#sessions.size < MOST_SESSIONS) return;
      this.#sessions.delete(name);
    }
  }
}

const rowKey = (key: string): string => `u!${key}`;

const faded = (sessions: number, days: number): number =>
  sessions * 0.5 ** (Math.max(0, days) / HALF_LIFE_DAYS);

/** The row with one session more for a pair. */
function counted(row: Row, key: string, today: number): Row {
  const known = row.find(([other]) => other === key);
  const sessions = known === undefined ? 0 : faded(known[1], today - known[2]);
  const others = row.filter(([other]) => other !== key);
  if (others.length >= MOST_BESIDE) {
    const left = ([, sessions, day]: Row[number]): number => faded(sessions, today - day);
    const least = others.reduce((a, b) => (left(b) < left(a) ? b : a));
    others.splice(others.indexOf(least), 1);
  }
  return [...others, [key, sessions + 1, today]];
}
