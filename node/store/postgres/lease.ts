import type { Clock } from '../../clock.ts';
import { StoreError } from '../errors.ts';
import type { Connections } from './connections.ts';
import { leaseLost } from './errors.ts';
import type { Table } from './table.ts';
import type { Statement } from './transaction.ts';

/** For how long nobody else takes the lease after it was last renewed: longer than a server needs to start anew. */
const LEASE_SECONDS = 20;
const RENEWED_EVERY_MS = 5_000;
const LOOKED_EVERY_MS = 1_000;

export interface LeaseTimes {
  leaseSeconds: number;
  renewedEveryMs: number;
  lookedEveryMs: number;
}

const usualTimes: LeaseTimes = {
  leaseSeconds: LEASE_SECONDS,
  renewedEveryMs: RENEWED_EVERY_MS,
  lookedEveryMs: LOOKED_EVERY_MS,
};

/**
 * The right to write: one row that names its holder, the term and when it ends, by the database's own clock.
 *
 * A new holder has a higher term. Every transaction that writes checks as its last statement that the term is still its
 * own, and holds the row until it is committed (`fence`). So a process that was stopped for a while, and does not know that its
 * lease is gone, cannot write a byte; and who takes the lease over sees all that was written under the one before.
 */
export class Lease {
  readonly term: string;
  readonly #connections: Connections;
  readonly #table: Table;
  readonly #clock: Clock;
  readonly #times: LeaseTimes;
  readonly #ending = new AbortController();
  readonly #onLost: (error: StoreError) => void;
  #renewing: Promise<void> = Promise.resolve();

  private constructor(options: LeaseOptions, term: string) {
    this.term = term;
    this.#connections = options.connections;
    this.#table = options.table;
    this.#clock = options.clock;
    this.#times = options.times ?? usualTimes;
    this.#onLost = options.onLost;
  }

  /**
   * Waits for as long as a lease lasts: a process that was killed leaves one behind.
   * @throws StoreError `STORE_LOCKED` where another process has it, and renews it
   */
  static async take(options: LeaseOptions): Promise<Lease> {
    const { connections, table, clock, holder, times = usualTimes } = options;
    const until = times.leaseSeconds * 1_000 + 2 * times.lookedEveryMs;
    await connections.read({ text: firstRow(table) });
    for (let waited = 0; ; waited += times.lookedEveryMs) {
      const [former] = await connections.read<[holder: string]>({
        text: `SELECT holder FROM ${table.lease} WHERE id = 1`,
      });
      const [row] = await connections.read<[term: string]>({
        text: taking(table),
        values: [holder, String(times.leaseSeconds)],
      });
      if (row !== undefined) {
        const formerHolder = former?.[0] ?? '';
        if (formerHolder !== '' && formerHolder !== holder) await endSessions(connections, formerHolder);
        const lease = new Lease(options, row[0]);
        lease.#renewing = lease.#renew();
        return lease;
      }
      if (waited >= until) throw isHeld(connections, former?.[0] ?? '');
      await clock.sleep(times.lookedEveryMs);
    }
  }

  /** Fails the transaction that it stands in where the term is over: there is no row, and nothing to divide by. */
  get fence(): Statement {
    const { lease } = this.#table;
    return {
      text: `SELECT 1 / count(*) FROM (SELECT 1 FROM ${lease} WHERE id = 1 AND term = $1::bigint FOR SHARE) AS held`,
      values: [this.term],
    };
  }

  /** Tells the processes that only read where the holder is, for as long as it is the holder. */
  async announce({ url, secret }: Announced): Promise<void> {
    const { lease } = this.#table;
    await this.#connections.read({
      text: `UPDATE ${lease} SET url = $2, secret = $3 WHERE id = 1 AND term = $1::bigint`,
      values: [this.term, url, secret],
    });
  }

  /** Lets others have it at once. */
  async release(): Promise<void> {
    this.#ending.abort();
    await this.#renewing;
    const { lease } = this.#table;
    await this.#connections
      .read({
        text: `UPDATE ${lease} SET expires = now(), url = '', secret = '' WHERE id = 1 AND term = $1::bigint`,
        values: [this.term],
      })
      // It ends by itself.
      .catch(() => undefined);
  }

  async #renew(): Promise<void> {
    const { lease } = this.#table;
    const text = `UPDATE ${lease} SET expires = now() + $2::int * interval '1 second' WHERE id = 1 AND term = $1::bigint RETURNING 1`;
    const values = [this.term, String(this.#times.leaseSeconds)];
    while (!this.#ending.signal.aborted) {
      await this.#clock.sleep(this.#times.renewedEveryMs, this.#ending.signal).catch(() => undefined);
      if (this.#ending.signal.aborted) return;
      try {
        const renewed = await this.#connections.read({ text, values });
        if (renewed.length > 0) continue;
        this.#onLost(leaseLost(this.#connections.shown));
        return;
      } catch {
        // As long as the database cannot be reached, nobody else takes the lease either.
      }
    }
  }
}

/** What the holder tells those who read. */
export interface Announced {
  /** Where it is reached by them; empty as long as it does not listen. */
  url: string;
  /** By which it knows them, and they it: another one with each term. */
  secret: string;
}

/** Who writes. */
export interface Holder extends Announced {
  /** Grows with each holder. */
  term: string;
}

/** Who holds the lease; undefined where nobody does, or its time is over. */
export async function holderOf(connections: Connections, { lease }: Table): Promise<Holder | undefined> {
  const [row] = await connections.read<[term: string, url: string, secret: string]>({
    text: `SELECT term::text, url, secret FROM ${lease} WHERE id = 1 AND expires > now()`,
  });
  if (row === undefined) return undefined;
  const [term, url, secret] = row;
  return { term, url, secret };
}

export interface LeaseOptions {
  connections: Connections;
  table: Table;
  clock: Clock;
  /** What the process calls itself: the name of its connections too. */
  holder: string;
  /** Called once, when it turns out that another process has the lease. */
  onLost: (error: StoreError) => void;
  times?: LeaseTimes;
}

function firstRow({ lease }: Table): string {
  return `INSERT INTO ${lease} (id, term, holder, expires) VALUES (1, 0, '', now()) ON CONFLICT (id) DO NOTHING`;
}

function taking({ lease }: Table): string {
  return `UPDATE ${lease} SET term = term + 1, holder = $1, url = '', secret = '', expires = now() + $2::int * interval '1 second' WHERE id = 1 AND expires <= now() RETURNING term::text`;
}

/**
 * What a process that hangs has begun to send may hold rows that the new one writes. Where the database cannot end other
 * sessions, or this user may not, they end with their process.
 */
async function endSessions(connections: Connections, holder: string): Promise<void> {
  const text = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1';
  await connections.read({ text, values: [holder] }).catch(() => undefined);
}

function isHeld({ shown }: Connections, holder: string): StoreError {
  return new StoreError(
    'STORE_LOCKED',
    `The store ${shown} is in use by another NGR Node process (${holder}).`,
    {
      remedy:
        'Stop the other process, or name another schema in the URL. Where it was killed just now, try again in half a minute.',
    },
  );
}
