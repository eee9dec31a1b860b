import { randomBytes } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * What a running node leaves in its data directory for the commands of the same user:
 *
 *     node.json    { pid, url } while it runs
 *     api-token    what a client of the manager's API has to know; readable by the owner only, the same for ever
 */

const TOKEN_BYTES = 32;

/** The token of the manager's API, made at the first start. */
export async function apiToken(directory: string): Promise<string> {
  const file = join(directory, 'api-token');
  try {
    await writeFile(file, `${randomBytes(TOKEN_BYTES).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}

/** Tells where the node runs. @returns what takes it back */
export async function tellRunning(directory: string, url: string): Promise<() => Promise<void>> {
  const file = join(directory, 'node.json');
  await writeFile(file, `${JSON.stringify({ pid: process.pid, url })}\n`);
  return () => rm(file, { force: true });
}
