import pino from 'pino';
import { Catalogue, ReaderRunner, type OwnChange } from '../../../node/catalogue/index.ts';
import { systemClock as clock } from '../../../node/clock.ts';
import { ContentIndex, ContentList, type ContentQuery } from '../../../node/content/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { figure, percentile, type Printer } from '../figures.ts';
import { harvestedRecord } from '../filling.ts';
import { withDirectory } from '../processes.ts';
import { benchRecords } from '../records.ts';

const RECORDS = 200_000;
const BATCH = 500;
const PAGES = 60;
const RIGHTS = ['open', 'restricted', 'embargoed'] as const;
const choices: readonly Omit<ContentQuery, 'words' | 'limit'>[] = [
  {},
  { order: 'title' },
  { order: 'title', isTurned: true },
  { order: 'published', state: 'open' },
  { order: 'title', state: 'embargoed', text: 'none' },
];

/** Pages of the content's list in a repository of 200,000 records, one after another, in several orders and choices. */
export async function manyRecords(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const store = await openStore(directory);
    const catalogue = await Catalogue.open({
      section: store.section('catalogue'),
      signer: Identity.generate(),
      base: 'https://bench.example',
      name: 'bench',
      networks: ['bench'],
      clock,
    });
    for await (const batch of batches()) await catalogue.put(batch);
    const index = new ContentIndex({ self: catalogue.node });
    const log = pino({ level: 'error' }, pino.destination(2));
    const section = store.section(index.name);
    const runner = new ReaderRunner({ catalogue, reader: index, section, log, clock });
    await runner.start();
    await runner.caughtUp();
    const list = new ContentList({
      node: catalogue.node,
      index,
      holdings: catalogue.holdings,
      text: { search: () => Promise.reject(new Error('nothing is searched for')) },
      works: { worksOf: (keys) => Promise.resolve(keys.map(() => undefined)) },
    });
    const times: number[] = [];
    for (const choice of choices) times.push(...(await timesOf(list, choice)));
    await runner.stop();
    await catalogue.close();
    await store.close();
    const name = `a page of the list of ${RECORDS.toLocaleString('en')} records, p95`;
    printer.print(figure('dashboard', name, percentile(times, 0.95), 'ms', { atMost: 100 }));
  });
}

async function timesOf(list: ContentList, choice: (typeof choices)[number]): Promise<number[]> {
  const times: number[] = [];
  for (let page = 0, after: string | undefined; page < PAGES; page += 1) {
    const before = performance.now();
    const { next } = await list.page({ ...choice, words: '', limit: 50, after });
    times.push(performance.now() - before);
    after = next;
  }
  return times;
}

/** The benchmark's records over and over under other identifiers, by turns open, restricted and under embargo. */
async function* batches(): AsyncGenerator<OwnChange[]> {
  let batch: OwnChange[] = [];
  for (let made = 0, round = 0; made < RECORDS; round += 1) {
    for await (const record of benchRecords()) {
      const right = RIGHTS[made % RIGHTS.length] ?? 'open';
      const described = harvestedRecord({ ...record, id: `${record.id}-${round}` });
      batch.push({ type: 'put', record: { ...described, access: { right } } });
      made += 1;
      if (batch.length === BATCH || made === RECORDS) {
        yield batch;
        batch = [];
      }
      if (made === RECORDS) return;
    }
  }
}
