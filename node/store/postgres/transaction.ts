import type { Connection, DatabaseError, Submittable } from 'pg';

export interface Statement {
  text: string;
  values?: readonly (Buffer | string)[];
}

/**
 * Statements that are sent together and are done together or not at all: one round trip.
 *
 * Between the first message and the one `Sync` at the end, the server skips everything behind an error (PostgreSQL,
 * "Extended Query", 55.2.3), so that not even a `BEGIN` that failed lets a later statement stand alone. Nothing is
 * written before `COMMIT` has come.
 */
export class Transaction implements Submittable {
  readonly #statements: readonly Statement[];
  /** Resolves when it is committed. */
  readonly done: Promise<void>;
  /** Called once, at the end; `pg` puts one in its place that also ends the time that it allows. */
  callback: (error: Error | null) => void = () => undefined;

  constructor(statements: readonly Statement[]) {
    this.#statements = [{ text: 'BEGIN' }, ...statements, { text: 'COMMIT' }];
    this.done = new Promise((resolve, reject) => {
      this.callback = (error) => (error === null ? resolve() : reject(error));
    });
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    for (const { text, values = [] } of this.#statements) {
      connection.parse({ name: '', text, types: [] }, true);
      connection.bind({ values: [...values] }, true);
      connection.execute(null, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleError(error: DatabaseError | Error): void {
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.callback(null);
  }

  // The statements return nothing that is of interest.
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}
