import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDirectory } from './processes.ts';

/** A directory of data that several groups begin with. */
export interface Made<Facts> {
  name: string;
  /** Fills the directory, which is there and empty. @returns what has to be known of it, as JSON can say it */
  make: (directory: string) => Promise<Facts>;
}

/**
 * Runs `work` with data of its own: a copy of what an earlier group of this run has made, or made now.
 *
 * @param shared where the groups of this run have in common what they make; undefined where there is but one group
 */
export async function withMade<T, Facts>(
  { name, make }: Made<Facts>,
  shared: string | undefined,
  work: (directory: string, facts: Facts) => Promise<T>,
): Promise<T> {
  return await withDirectory(async (directory) => {
    const data = join(directory, name);
    await mkdir(data);
    if (shared === undefined) return await work(data, await make(data));
    const kept = join(shared, name);
    await cp(await keptAs(kept, make), data, { recursive: true });
    return await work(data, JSON.parse(await readFile(`${kept}.json`, 'utf8')) as Facts);
  });
}

/** What is kept, made where it is not there. It is whole when its facts are beside it. */
async function keptAs<Facts>(kept: string, make: Made<Facts>['make']): Promise<string> {
  const isThere = await readFile(`${kept}.json`).then(
    () => true,
    () => false,
  );
  if (isThere) return kept;
  // What a group left that broke off.
  await rm(kept, { recursive: true, force: true });
  await mkdir(kept);
  const facts = await make(kept);
  await writeFile(`${kept}.part`, JSON.stringify(facts));
  await rename(`${kept}.part`, `${kept}.json`);
  return kept;
}
