import { DatabaseError } from 'pg';
import { StoreError } from '../errors.ts';

/** SQLSTATE of a failed check of the lease: `lease.ts` divides by the number of rows that it finds. */
const DIVISION_BY_ZERO = '22012';

/**
 * States after which the same may succeed soon (PostgreSQL, Appendix A): the connection or the server is going or coming,
 * too many connections, a standby that is being promoted, and transactions that stood in one another's way.
 */
const PASSING = /^(?:08|57P0[1235]|53300|25006|25P03|40001|40003|40P01|55P03)/;

const reasons: readonly { states: RegExp; code: string; what: string; remedy: string }[] = [
  {
    states: /^28|^42501/,
    code: 'STORE_NO_RIGHTS',
    what: 'does not let this user in, or not create its tables',
    remedy:
      'Check user and password (NGR_STORE, passwordFile or PGPASSWORD), and give the user the right to create a schema, or make it the owner of one: docs/store.md.',
  },
  {
    states: /^3D000/,
    code: 'STORE_NO_DATABASE',
    what: 'has no such database',
    remedy: 'Create it (createdb), or name another one in the URL.',
  },
  {
    states: /^53[12]00|^54/,
    code: 'STORE_NO_SPACE',
    what: 'has no room left',
    remedy: 'Free some space on its disk. Nothing acknowledged is lost.',
  },
];

/** What `pg` says when all its connections were in use for as long as one waits for one. */
const NONE_FREE = 'timeout exceeded when trying to connect';

/** Whether an error may be gone when the same is tried again. Everything that the server did not say itself is one. */
export function isPassing(error: unknown): boolean {
  if (error instanceof StoreError) return ['STORE_UNREACHABLE', 'STORE_BUSY'].includes(error.code);
  return error instanceof DatabaseError ? PASSING.test(error.code ?? '') : true;
}

/** What a failure of the database means for the operator. `shown` is its URL without the password. */
export function storeError(shown: string, cause: unknown): StoreError {
  if (cause instanceof StoreError) return cause;
  const { message } = cause as Error;
  if (message === NONE_FREE) {
    return new StoreError('STORE_BUSY', `All connections to ${shown} are in use.`, {
      remedy: 'Try again. Where it stays so, look into the database for what takes so long.',
      cause,
    });
  }
  if (isPassing(cause)) {
    return new StoreError(
      'STORE_UNREACHABLE',
      `The database ${shown} cannot be reached: ${wordsOf(cause)}.`,
      {
        remedy: 'Look whether it runs and lets this machine in. The node goes on by itself when it is back.',
        cause,
      },
    );
  }
  const state = (cause as DatabaseError).code ?? '';
  if (state === DIVISION_BY_ZERO) return leaseLost(shown);
  const reason = reasons.find(({ states }) => states.test(state));
  if (reason !== undefined) {
    const { code, what, remedy } = reason;
    return new StoreError(code, `The database ${shown} ${what}: ${message}.`, { remedy, cause });
  }
  return new StoreError('STORE_DAMAGED', `The database ${shown} failed: ${message} (${state}).`, {
    remedy: "Look into the database's own log. When it is mended, start the node again.",
    cause,
  });
}

/** Whether the tables are not there, nor the schema. */
export function isUnknownTable(cause: unknown): boolean {
  return ['3F000', '42P01'].includes((cause as { code?: string } | undefined)?.code ?? '');
}

/** Whether the tables are those of an earlier version. */
export function isUnknownColumn(cause: unknown): boolean {
  return (cause as { code?: string } | undefined)?.code === '42703';
}

export function leaseLost(shown: string): StoreError {
  return new StoreError(
    'STORE_LEASE_LOST',
    `Another NGR Node process writes to ${shown} now: this one was away for too long, and wrote nothing since.`,
    { remedy: 'Let one process alone write. This one has to be started again; it waits for its turn then.' },
  );
}

/** A failed connection to several addresses of one name has no message of its own. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '')
    return error.errors.map((one: unknown) => (one as Error).message).join('; ');
  return (error as Error).message;
}
