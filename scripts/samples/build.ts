/** Writes the sample repositories anew: `npx tsx scripts/samples/build.ts`. */
import { writeFile } from 'node:fs/promises';
import { buildRepository } from './repository.ts';
import { readTables, repositoryNames } from './tables.ts';

const folder = new URL('../../samples/', import.meta.url);
const tables = await readTables(folder);
for (const name of repositoryNames) {
  for (const [file, text] of buildRepository(tables, name)) {
    await writeFile(new URL(`${name}/${file}`, folder), text);
    console.log(`samples/${name}/${file}: ${tables.repositories[name].house.holdings.length} records`);
  }
}
