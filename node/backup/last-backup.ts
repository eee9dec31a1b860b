import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '../durable-file.ts';

/*
 * last-backup.json in the data directory: { "endedAt": milliseconds since 1970 }. It lies beside the store and not in it, so that a backup
 * does not change what the next one copies.
 */
const NAME = 'last-backup.json';

/** When the last backup was whole; undefined where there was none, or it cannot be told. */
export async function readLastBackup(directory: string): Promise<number | undefined> {
  try {
    const { endedAt } = JSON.parse(await readFile(join(directory, NAME), 'utf8')) as { endedAt?: unknown };
    return typeof endedAt === 'number' && Number.isFinite(endedAt) ? endedAt : undefined;
  } catch {
    return undefined;
  }
}

export async function writeLastBackup(directory: string, endedAt: number): Promise<void> {
  await writeDurably(join(directory, NAME), Buffer.from(`${JSON.stringify({ endedAt })}\n`));
}
