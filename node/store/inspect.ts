import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Level } from 'level';
import { systemClock, type Clock } from '../clock.ts';
import type { Database } from './database.ts';
import { StoreError } from './errors.ts';
import { formatOf } from './format.ts';
import { openError } from './open-error.ts';
import { isPostgresUrl, lookIntoPostgres } from './postgres/index.ts';

/**
 * The format of the data at a place, a directory or a URL, which are left as they are; undefined where there are none. In a
 * directory the node must not run.
 * @throws StoreError as `openStore`
 */
export async function inspectStore(place: string, clock: Clock = systemClock): Promise<number | undefined> {
  if (!isPostgresUrl(place)) return await inspectDirectory(place);
  return await lookIntoPostgres(place, {
    clock,
    look: (db, shown) => formatOf(db as unknown as Database, shown),
  });
}

async function inspectDirectory(directory: string): Promise<number | undefined> {
  const location = join(directory, 'store');
  const isThere = await access(join(location, 'CURRENT')).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const db = new Level<string, Uint8Array>(location, {
    keyEncoding: 'utf8',
    valueEncoding: 'view',
    createIfMissing: false,
  });
  try {
    await db.open();
    return await formatOf(db, directory);
  } catch (cause) {
    throw cause instanceof StoreError ? cause : openError(directory, cause);
  } finally {
    await db.close();
  }
}
