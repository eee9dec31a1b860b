import type { Clock } from '../clock.ts';
import { WriteQueue, writeBatch, type Operation, type Section } from '../store/index.ts';
import { contradiction } from './contradiction.ts';
import { StatementError } from './errors.ts';
import { decodeStatement, encodeStatement, statementKey, statementRange } from './layout.ts';
import { inOrder, type Statement, type Verdict } from './statement.ts';

/** More than anybody says by hand; some megabytes. */
const MOST = 20_000;

/** The statements about one record, by the key of the other. */
type SaidOfOne = Map<string, Statement>;

/**
 * What the manager says of records that are of one work, or are not, where what is computed is wrong. It is this node's
 * own: it decides how the node puts works together, and is published as the node's statement, which binds nobody else.
 *
 * It is said of keys, so it stands while a record is away and holds again when it comes back.
 */
export class Statements {
  readonly #section: Section;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #most: number;
  readonly #writes = new WriteQueue();
  readonly #byRecord = new Map<string, SaidOfOne>();
  readonly #listeners = new Set<(records: readonly string[]) => void>();
  #count = 0;

  private constructor(options: { section: Section; clock: Pick<Clock, 'now'>; most?: number }) {
    this.#section = options.section;
    this.#clock = options.clock;
    this.#most = options.most ?? MOST;
  }

  static async open(options: {
    section: Section;
    clock: Pick<Clock, 'now'>;
    /** Statements that are kept. */
    most?: number;
  }): Promise<Statements> {
    const statements = new Statements(options);
    for await (const [key, bytes] of options.section.iterator(statementRange))
      statements.#keep(decodeStatement(key, bytes));
    return statements;
  }

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  /** What is said of a record, by the key of the other, in no order. */
  of(record: string): Promise<readonly { other: string; says: Verdict }[]> {
    const said = this.#byRecord.get(record);
    return Promise.resolve([...(said ?? [])].map(([other, { says }]) => ({ other, says })));
  }

  /** Every record of which something is said. */
  records(): Iterable<string> {
    return this.#byRecord.keys();
  }

  /** What is said of two records. */
  about(a: string, b: string): Statement | undefined {
    return this.#byRecord.get(a)?.get(b);
  }

  /**
   * All of them, or those about one record, by the keys of their records.
   * @param after the records of the last statement before
   */
  list({
    record,
    after,
    limit,
  }: {
    record?: string;
    after?: readonly [string, string];
    limit: number;
  }): Statement[] {
    const asked =
      record === undefined ? [...this.#byRecord.values()] : [this.#byRecord.get(record) ?? new Map()];
    const found = new Map<string, Statement>();
    const from = after === undefined ? '' : statementKey(inOrder(...after));
    for (const said of asked)
      for (const statement of said.values()) {
        const key = statementKey(statement.records);
        if (key > from) found.set(key, statement);
      }
    return [...found]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(0, limit)
      .map(([, statement]) => statement);
  }

  /**
   * Says of two records that they are of one work, or are not; on disk when it resolves. What was said of the two before
   * no longer stands.
   * @throws StatementError `STATEMENT_OF_ITSELF`, `STATEMENT_CONTRADICTS`, `STATEMENT_TOO_MANY`
   */
  say(a: string, b: string, says: Verdict): Promise<Statement> {
    return this.#writes.run(async () => {
      const records = inOrder(a, b);
      const before = this.about(a, b);
      if (before?.says === says) return before;
      this.#refuse(records, says);
      const statement: Statement = { records, says, by: 'manager', at: this.#clock.now() };
      await this.#write({ type: 'put', key: statementKey(records), value: encodeStatement(statement) });
      this.#keep(statement);
      this.#tell(records);
      return statement;
    });
  }

  /**
   * Takes back what was said of two records: what is computed holds again.
   * @throws StatementError `STATEMENT_UNKNOWN`
   */
  takeBack(a: string, b: string): Promise<Statement> {
    return this.#writes.run(async () => {
      const statement = this.about(a, b);
      if (statement === undefined)
        throw new StatementError('STATEMENT_UNKNOWN', `Nothing was said here of the records ${a} and ${b}.`, {
          remedy: 'See what was said at /statements.',
        });
      await this.#write({ type: 'del', key: statementKey(statement.records) });
      this.#drop(statement);
      this.#tell(statement.records);
      return statement;
    });
  }

  /**
   * Takes statements along to the keys under which records are held since their nodes changed theirs. Where something is said
   * of the new keys already, that stands.
   * @param movedTo the key under which a record is held now; undefined where that is the same, or nothing is
   */
  followMoves(movedTo: (record: string) => Promise<string | undefined>): Promise<void> {
    return this.#writes.run(async () => {
      const now = new Map<string, string>();
      for (const record of this.#byRecord.keys()) {
        const moved = await movedTo(record);
        if (moved !== undefined) now.set(record, moved);
      }
      for (const statement of this.list({ limit: this.#count })) {
        const [a, b] = statement.records.map((record) => now.get(record) ?? record) as [string, string];
        const records = inOrder(a, b);
        const [first, second] = statement.records;
        if (first === records[0] && second === records[1]) continue;
        const moved = { ...statement, records };
        const isNew = a !== b && this.about(a, b) === undefined;
        await this.#write(
          { type: 'del', key: statementKey(statement.records) },
          ...(isNew
            ? [{ type: 'put' as const, key: statementKey(records), value: encodeStatement(moved) }]
            : []),
        );
        this.#drop(statement);
        if (isNew) this.#keep(moved);
        this.#tell([...statement.records, ...records]);
      }
    });
  }

  /** Calls the listener with the keys of both records whenever what is said of them changed. @returns ends that */
  onChange(listener: (records: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #refuse(records: [string, string], says: Verdict): void {
    const [a, b] = records;
    if (a === b)
      throw new StatementError('STATEMENT_OF_ITSELF', `${a} is one record, not two.`, {
        remedy: 'Name two different records.',
      });
    const between = contradiction({ records, says }, (record) => this.#saidOf(record));
    if (between !== undefined) {
      const [one, other] = between;
      throw new StatementError(
        'STATEMENT_CONTRADICTS',
        says === 'same'
          ? `It was said that ${one} and ${other} are not of the same work; with this they would be.`
          : `By what was said of them and of others, ${one} and ${other} are of the same work.`,
        { remedy: 'Take back what is wrong of it first: "ngr duplicates --take-back A B".' },
      );
    }
    if (this.#count >= this.#most && this.about(a, b) === undefined)
      throw new StatementError(
        'STATEMENT_TOO_MANY',
        `There are ${this.#most} statements, as many as are kept.`,
        {
          remedy: 'Take back some that are no longer needed: "ngr duplicates --take-back A B".',
        },
      );
  }

  *#saidOf(record: string): Generator<{ other: string; says: Verdict }> {
    for (const [other, { says }] of this.#byRecord.get(record) ?? []) yield { other, says };
  }

  #keep(statement: Statement): void {
    const [a, b] = statement.records;
    if (this.about(a, b) === undefined) this.#count += 1;
    for (const [record, other] of [[a, b] as const, [b, a] as const]) {
      const said = this.#byRecord.get(record);
      if (said === undefined) this.#byRecord.set(record, new Map([[other, statement]]));
      else said.set(other, statement);
    }
  }

  #drop({ records: [a, b] }: Statement): void {
    this.#forget(a, b);
    this.#forget(b, a);
    this.#count -= 1;
  }

  #forget(record: string, other: string): void {
    const said = this.#byRecord.get(record);
    said?.delete(other);
    if (said?.size === 0) this.#byRecord.delete(record);
  }

  async #write(...operations: Operation[]): Promise<void> {
    await writeBatch(this.#section, operations, { durable: true });
  }

  #tell(records: readonly string[]): void {
    for (const listener of this.#listeners) listener(records);
  }
}
