import type { Database } from './database.ts';

/** What LevelDB says of a disk that is full, gone or damaged. */
const DISK_CODES: ReadonlySet<unknown> = new Set(['LEVEL_IO_ERROR', 'LEVEL_CORRUPTION']);

type Write = (...given: unknown[]) => Promise<void>;

/**
 * Has a database refuse every write after one that the disk refused.
 *
 * LevelDB does not know then how much of it came into its log, and goes on behind that: what it acknowledges later may be
 * gone after the next start, and what it refused may be there. So nothing is written until the database is opened anew. Reads
 * go on. Sections write through these methods, too.
 *
 * @returns why nothing is written any more, where it is so
 */
export function refuseAfterFailure(db: Database): () => Error | undefined {
  let failure: Error | undefined;
  const guarded =
    (write: Write): Write =>
    async (...given) => {
      if (failure !== undefined) throw failure;
      try {
        await write(...given);
      } catch (error) {
        if (isOfDisk(error)) failure = error;
        throw error;
      }
    };
  const [put, del, clear] = [db.put.bind(db), db.del.bind(db), db.clear.bind(db)] as Write[];
  const batch = db.batch.bind(db) as Write;
  const chained = db.batch.bind(db) as () => { write: Write };
  Object.assign(db, {
    put: guarded(put as Write),
    del: guarded(del as Write),
    clear: guarded(clear as Write),
    batch: (...given: unknown[]) => {
      if (given.length > 0) return guarded(batch)(...given);
      const open = chained();
      return Object.assign(open, { write: guarded(open.write.bind(open)) });
    },
  });
  return () => failure;
}

function isOfDisk(error: unknown): error is Error {
  return error instanceof Error && DISK_CODES.has((error as NodeJS.ErrnoException).code);
}
