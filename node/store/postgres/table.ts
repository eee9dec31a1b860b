import type { Bound, PageQuery } from './range-scan.ts';

/**
 * The tables of a store, and what is asked of them: only what CockroachDB, YugabyteDB and Citus know too.
 *
 *     entries   key bytea -> value bytea: all sections of the store, in the order of bytes
 *     lease     one row: who may write, and where the other processes find it (`lease.ts`)
 */
export class Table {
  readonly entries: string;
  readonly lease: string;
  readonly #schema: string;

  /** @param schema checked by `postgresAddress` */
  constructor(schema: string) {
    this.#schema = `"${schema}"`;
    this.entries = `${this.#schema}.entries`;
    this.lease = `${this.#schema}.lease`;
  }

  /** Finds out whether there is anything to be read. */
  get isThere(): string {
    return `SELECT 1 FROM ${this.entries} LIMIT 1`;
  }

  /** Finds out whether the tables are there as they are now: a user that may not create any can use those that are. */
  get exists(): string {
    return `SELECT url, secret FROM ${this.entries}, ${this.lease} LIMIT 1`;
  }

  /** What the tables of earlier versions lack. */
  get additions(): string[] {
    return ['url', 'secret'].map(
      (column) => `ALTER TABLE ${this.lease} ADD COLUMN IF NOT EXISTS ${column} text NOT NULL DEFAULT ''`,
    );
  }

  get creation(): string[] {
    return [
      `CREATE SCHEMA IF NOT EXISTS ${this.#schema}`,
      `CREATE TABLE IF NOT EXISTS ${this.entries} (key bytea PRIMARY KEY, value bytea NOT NULL)`,
      `CREATE TABLE IF NOT EXISTS ${this.lease} (id int PRIMARY KEY, term bigint NOT NULL, holder text NOT NULL, expires timestamptz NOT NULL, url text NOT NULL DEFAULT '', secret text NOT NULL DEFAULT '')`,
    ];
  }

  get getMany(): string {
    return `SELECT key, value FROM ${this.entries} WHERE key = ANY ($1::bytea[])`;
  }

  get hasMany(): string {
    return `SELECT key FROM ${this.entries} WHERE key = ANY ($1::bytea[])`;
  }

  get put(): string {
    return `INSERT INTO ${this.entries} (key, value) SELECT * FROM unnest($1::bytea[], $2::bytea[]) ON CONFLICT (key) DO UPDATE SET value = excluded.value`;
  }

  get delete(): string {
    return `DELETE FROM ${this.entries} WHERE key = ANY ($1::bytea[])`;
  }

  /** A page of a range. The number of rows stands in the text, so that the plan is made for it. */
  page({ lower, upper, reverse, columns, limit }: PageQuery): { text: string; values: Buffer[] } {
    const values: Buffer[] = [];
    const conditions = [lower, upper].flatMap((bound: Bound | undefined) => {
      if (bound === undefined) return [];
      values.push(bound.key);
      return `key ${bound.operator} $${values.length}`;
    });
    const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
    const order = reverse ? 'key DESC' : 'key';
    return {
      text: `SELECT ${columns} FROM ${this.entries}${where} ORDER BY ${order} LIMIT ${limit}`,
      values,
    };
  }
}
