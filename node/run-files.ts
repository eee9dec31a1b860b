import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';

/*
 * What a running node leaves in its data directory for the commands of the same user:
 *
 *     node.json    { pid, url } while it runs
 *     api-token    what a client of the manager's API has to know; readable by the owner only, the same for ever
 */

const TOKEN_BYTES = 32;

/** The token of the manager's API, made at the first start, or where a disk that was full has left none. */
export async function apiToken(directory: string): Promise<string> {
  const file = join(directory, 'api-token');
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  if (known.trim() !== '') return known.trim();
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await writeDurably(file, `${token}\n`);
  return token;
}

/** Tells where the node runs. @returns what takes it back */
export async function tellRunning(directory: string, url: string): Promise<() => Promise<void>> {
  const file = join(directory, 'node.json');
  await writeFile(file, `${JSON.stringify({ pid: process.pid, url })}\n`);
  return () => rm(file, { force: true });
}
