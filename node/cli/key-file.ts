import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Identity } from '../identity/index.ts';

/** Where the key lies in a data directory. */
export function keyFileIn(data: string): string {
  return join(data, 'identity.pem');
}

/** The key in a data directory; undefined where there is none: a look does not make one. */
export async function keyIn(data: string): Promise<Identity | undefined> {
  return (await hasKey(data)) ? await Identity.load(keyFileIn(data)) : undefined;
}

export async function hasKey(data: string): Promise<boolean> {
  return await access(keyFileIn(data)).then(
    () => true,
    () => false,
  );
}
