import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Level } from 'level';
import type { Database } from '../../../node/store/index.ts';

/** What a node of an earlier format had in its store and as its key: see test/fixtures/README.md. */
interface OldData {
  identity: string;
  rows: [key: string, base64: string][];
}

/** A data directory as a node of an earlier format has left it. */
export async function anOldDataDirectory(format: 1 | 2 | 3): Promise<string> {
  const file = new URL(`../../fixtures/store-format-${format}.json.gz`, import.meta.url);
  const { identity, rows } = JSON.parse(gunzipSync(await readFile(file)).toString()) as OldData;
  const directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  await mkdir(join(directory, 'store'));
  await writeFile(join(directory, 'identity.pem'), identity, { mode: 0o600 });
  const db = aLevel(directory);
  await db.batch(rows.map(([key, value]) => ({ type: 'put', key, value: Buffer.from(value, 'base64') })));
  await db.close();
  return directory;
}

/** The store of a data directory, as no node opens it. */
export function aLevel(directory: string): Database {
  const level = new Level<string, Uint8Array>(join(directory, 'store'), {
    keyEncoding: 'utf8',
    valueEncoding: 'view',
  });
  // Whether the one fits the other depends on the order in which the compiler comes to these types.
  // oxlint-disable-next-line typescript/no-unnecessary-type-assertion
  return level as unknown as Database;
}
