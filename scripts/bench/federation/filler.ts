/**
 * A process of its own: makes feeds of small records without a network. `filler FEEDS RECORDS ORIGIN HOLDER` writes so many
 * feeds of so many records each. The last of them is left in the directory ORIGIN, with its identity, and HOLDER is another
 * node's directory that has all of them, copied and checked. Prints a line when it is done.
 */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Catalogue, type HarvestedRecord } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore, type Store } from '../../../node/store/index.ts';
import { smallRecord } from './small-records.ts';

const BATCH = 500;
const PAGE = { entries: 1_000, bytes: 4_000_000 };

const [feeds = 1, records = 1] = process.argv.slice(2, 4).map(Number);
const [originDirectory = '', holderDirectory = ''] = process.argv.slice(4);
await mkdir(holderDirectory, { recursive: true });
const holder = await open(holderDirectory, 'http://copy.example');
for (let feed = 0; feed < feeds; feed++) {
  const directory = await mkdtemp(`${originDirectory}-`);
  const origin = await open(directory, 'http://origin.example');
  await fill(origin.catalogue);
  await copy(origin.catalogue, holder.catalogue);
  await origin.close();
  if (feed === feeds - 1) await cp(directory, originDirectory, { recursive: true });
  await rm(directory, { recursive: true });
}
await holder.close();
process.stdout.write('filled\n');

async function open(
  directory: string,
  base: string,
): Promise<{ catalogue: Catalogue; close: Store['close'] }> {
  const store = await openStore(directory);
  const signer = await Identity.load(join(directory, 'identity.pem'));
  const section = store.section('catalogue');
  const clock = systemClock;
  const catalogue = await Catalogue.open({ section, signer, base, name: 'fill', networks: ['bench'], clock });
  return {
    catalogue,
    close: async () => {
      await catalogue.close();
      await store.close();
    },
  };
}

async function fill(catalogue: Catalogue): Promise<void> {
  for (let at = 0; at < records; at += BATCH) {
    const length = Math.min(BATCH, records - at);
    const batch = Array.from({ length }, (_, i): HarvestedRecord => smallRecord(at + i));
    await catalogue.put(batch.map((record) => ({ type: 'put', record })));
  }
}

async function copy(from: Catalogue, to: Catalogue): Promise<void> {
  for (let after = 0, more = true; more;) {
    const page = await from.feeds.page(from.node, after, PAGE);
    if (page === undefined) throw new Error('an own feed is whole');
    await to.accept(page.head, page.entries);
    after = page.entries.at(-1)?.entry.seq ?? after;
    more = page.more;
  }
  if ((await to.confirm(from.head)) !== 'complete') throw new Error('the copy is not whole');
}
