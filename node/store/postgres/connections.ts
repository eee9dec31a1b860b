import pg from 'pg';
import type { Clock } from '../../clock.ts';
import { StoreError } from '../errors.ts';
import type { PostgresAddress } from './address.ts';
import { isPassing, storeError } from './errors.ts';
import { asArrays, type Query } from './rows.ts';
import { Transaction, type Statement } from './transaction.ts';

/** Both pools together stay well under PostgreSQL's own limit of 100, several processes being on one database. */
const SHORT_LIVED = 10;
const HELD = 10;
const CONNECT_WITHIN_MS = 10_000;
/** The largest page, the largest batch, a busy server. What takes longer is taken for a line that has gone dead. */
const ANSWER_WITHIN_MS = 60_000;
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 5_000;
/** With the pauses of 50 ms and more, some six seconds: a server that is started anew, or one that takes over. */
const ATTEMPTS = 8;

/**
 * Pages are read in the order of the keys, some hundred rows of a range of any length. Where statistics are old the planner
 * may sort the whole range for each page instead. Databases that do not know these settings need not be told.
 */
const PREFER_THE_INDEX = 'SET enable_bitmapscan = off; SET enable_sort = off';

/** Makes a new connection ready. It may be lost over that, when neither the pool nor who asked for it listens to it yet. */
function setUp(client: pg.PoolClient, done: (error?: Error) => void): void {
  let lost: Error | undefined;
  const onLost = (error: Error): void => void (lost = error);
  client.on('error', onLost);
  client.query(PREFER_THE_INDEX, () => {
    client.off('error', onLost);
    done(lost);
  });
}

export interface ConnectionOptions {
  address: PostgresAddress;
  name: string;
  clock: Clock;
  /** The most that can be had for one's own. */
  held?: number;
  /** How often what fails for want of an answer is tried, before that is told. */
  attempts?: number;
}

/**
 * Connections to a database, and what is done when they are lost.
 *
 * What is read is read again for some seconds. A transaction that could not be sent is tried as long. One that was sent,
 * and of which nothing was heard, is repeated until it is known to be written: it only puts and deletes rows, so it may be
 * done twice, while giving it up would leave the node's memory and the database in doubt of one another.
 */
export class Connections {
  readonly shown: string;
  readonly #clock: Clock;
  readonly #short: pg.Pool;
  /** Those of snapshots by themselves: whoever holds one goes on needing others. */
  readonly #held: pg.Pool;
  readonly #mostHeld: number;
  readonly #attempts: number;
  readonly #closing = new AbortController();
  /** Since the last failure nothing has succeeded: each attempt is the only one, for nobody is helped by waiting. */
  #isDown = false;

  constructor({ address, name, clock, held = HELD, attempts = ATTEMPTS }: ConnectionOptions) {
    this.shown = address.shown;
    this.#mostHeld = held;
    this.#attempts = attempts;
    this.#clock = clock;
    this.#short = this.#pool(address, name, SHORT_LIVED);
    this.#held = this.#pool(address, name, held);
  }

  /** @throws StoreError `STORE_UNREACHABLE` after some attempts, and those of `storeError` */
  async read<R extends unknown[]>(query: Query): Promise<R[]> {
    return await this.#insistently(async () => (await this.#short.query<R>(asArrays(query))).rows);
  }

  /** Statements that change nothing when they are done again, one after another and each by itself. */
  async set(statements: readonly string[]): Promise<void> {
    for (const text of statements) await this.read({ text });
  }

  /** Does all statements or none. @throws StoreError as `read`, and `STORE_LEASE_LOST` */
  async write(statements: readonly Statement[]): Promise<void> {
    let isSent = false;
    const attempt = async (): Promise<void> => {
      const client = await this.#short.connect();
      let failure: unknown;
      const onError = (error: Error): void => void (failure = error);
      client.on('error', onError);
      try {
        const transaction = new Transaction(statements);
        client.query(transaction);
        isSent = true;
        await transaction.done;
      } catch (error) {
        failure = error;
        throw error;
      } finally {
        client.off('error', onError);
        // A connection with a transaction that failed is of no use to the next one.
        client.release(failure !== undefined);
      }
    };
    await this.#insistently(attempt, () => isSent);
  }

  /** Whether a connection for one's own can be had without waiting for somebody to release one. */
  get canHold(): boolean {
    const { totalCount, idleCount, waitingCount } = this.#held;
    return totalCount - idleCount + waitingCount < this.#mostHeld;
  }

  /** A connection for one's own, to be released. @throws StoreError */
  async hold(): Promise<pg.PoolClient> {
    return await this.#insistently(() => this.#held.connect());
  }

  /** Ends them all when what goes on has ended; what is waiting to be tried again is given up. */
  async close(): Promise<void> {
    this.#closing.abort(new StoreError('STORE_CLOSED', `The store ${this.shown} was closed.`));
    await Promise.all([this.#short.end(), this.#held.end()]);
  }

  async #insistently<T>(work: () => Promise<T>, mustSucceed = () => false): Promise<T> {
    let pause = FIRST_RETRY_MS;
    for (let attempts = 1; ; attempts++) {
      try {
        const result = await work();
        this.#isDown = false;
        return result;
      } catch (cause) {
        const error = storeError(this.shown, cause);
        const isLast = this.#isDown || attempts >= this.#attempts;
        if (!isPassing(error) || this.#closing.signal.aborted) throw error;
        if (isLast && error.code === 'STORE_UNREACHABLE') this.#isDown = true;
        if (isLast && !mustSucceed()) throw error;
        await this.#clock.sleep(pause, this.#closing.signal);
        pause = Math.min(pause * 2, LONGEST_RETRY_MS);
      }
    }
  }

  #pool(address: PostgresAddress, name: string, max: number): pg.Pool {
    const { host, port, user, database, password, ssl } = address;
    const pool = new pg.Pool({
      host,
      port,
      ...(user !== undefined && { user }),
      ...(database !== undefined && { database }),
      ...(password !== undefined && { password }),
      ssl,
      max,
      application_name: name,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      query_timeout: ANSWER_WITHIN_MS,
      // It is at hand while the node lives; an idle one is closed after a minute.
      idleTimeoutMillis: 60_000,
      verify: setUp,
    });
    // A connection that breaks while nobody uses it: the next use opens another.
    pool.on('error', () => undefined);
    return pool;
  }
}
