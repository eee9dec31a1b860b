import type pg from 'pg';
import type { Connections } from './connections.ts';
import { storeError } from './errors.ts';
import { asArrays, type Query } from './rows.ts';
import type { Table } from './table.ts';

/**
 * The store as it was at a moment: a transaction that only reads, on a connection of its own. When that is lost, so is the
 * view. Several snapshots of one moment share it; it ends with the last of them.
 */
export class View {
  /** Resolves when it stands, or cannot be had. */
  readonly taken: Promise<void>;
  readonly #connections: Connections;
  readonly #client: Promise<pg.PoolClient>;
  #last: Promise<unknown>;
  #failure: unknown;
  #users = 0;

  constructor({ connections, table }: { connections: Connections; table: Table }) {
    this.#connections = connections;
    this.#client = this.#begin(table);
    this.taken = this.#client.then(
      () => undefined,
      () => undefined,
    );
    this.#last = this.taken;
  }

  /** Whether it has not ended, nor failed. */
  get isOpen(): boolean {
    return this.#users > 0 && this.#failure === undefined;
  }

  join(): void {
    this.#users += 1;
  }

  /** It is ended behind the back of whoever leaves it: the pool waits for it, they need not. */
  leave(): void {
    this.#users -= 1;
    if (this.#users === 0) void this.#end();
  }

  /** Reads go one after another, since they share a connection. */
  async read<R extends unknown[]>(query: Query): Promise<R[]> {
    const result = this.#last.then(async () => {
      const client = await this.#client;
      if (this.#failure !== undefined) throw storeError(this.#connections.shown, this.#failure);
      return (await client.query<R>(asArrays(query))).rows;
    });
    this.#last = result.catch(this.#onError);
    try {
      return await result;
    } catch (cause) {
      throw storeError(this.#connections.shown, cause);
    }
  }

  async #begin(table: Table): Promise<pg.PoolClient> {
    const client = await this.#connections.hold();
    client.on('error', this.#onError);
    try {
      // It stands with the first statement that reads, not with BEGIN.
      await client.query(
        `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1 FROM ${table.entries} LIMIT 1`,
      );
      return client;
    } catch (cause) {
      client.off('error', this.#onError);
      client.release(true);
      this.#failure ??= cause;
      throw storeError(this.#connections.shown, cause);
    }
  }

  readonly #onError = (error: unknown): void => {
    this.#failure ??= error;
  };

  async #end(): Promise<void> {
    await this.#last;
    const client = await this.#client.catch(() => undefined);
    if (client === undefined) return;
    if (this.#failure === undefined) await client.query('COMMIT').catch(this.#onError);
    client.off('error', this.#onError);
    client.release(this.#failure !== undefined);
  }
}
