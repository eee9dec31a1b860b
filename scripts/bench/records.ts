import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

/** A bibliographic record as the benchmarks feed it in. */
export interface BenchRecord {
  id: string;
  title: string;
  authors: string[];
  year: string;
  source?: string;
  publisher?: string;
  pages?: string;
  doi?: string;
  abstract?: string;
}

/** How many records are made of the bundled samples where the real data are not at hand. */
const FROM_SAMPLES = 10_000;

/** The project's folder, from the source as from the build. */
export const root = existsSync(new URL('../../package.json', import.meta.url))
  ? new URL('../../', import.meta.url)
  : new URL('../../../', import.meta.url);
const anthology = new URL('../shared/data/acl-anthology.jsonl.gz', root);

/** Whether the real data are at hand. */
export const hasAnthology = existsSync(anthology);

/** What the records are, for the reader of the figures. */
export const recordsAre = hasAnthology
  ? 'the ACL Anthology (60,608 records)'
  : `the bundled sample works, repeated to ${FROM_SAMPLES.toLocaleString('en')} records (../shared/data is not here)`;

/** The benchmark's records: the ACL Anthology where it is at hand, else the sample works over and over. */
export async function* benchRecords(): AsyncGenerator<BenchRecord> {
  yield* hasAnthology ? anthologyRecords() : sampleRecords();
}

async function* anthologyRecords(): AsyncGenerator<BenchRecord> {
  const lines = createInterface({ input: createReadStream(anthology).pipe(createGunzip()) });
  for await (const line of lines) {
    const record = JSON.parse(line) as Partial<BenchRecord> & { id: string; booktitle?: string };
    const { booktitle, title = '', authors = [], year = '', ...rest } = record;
    yield { ...rest, title, authors, year, ...(booktitle === undefined ? {} : { source: booktitle }) };
  }
}

async function* sampleRecords(): AsyncGenerator<BenchRecord> {
  type Work = {
    id: string;
    title: string;
    creators: (string | { name: string })[];
    date?: string;
    doi?: string;
    abstract?: string;
  };
  const works = JSON.parse(await readFile(new URL('samples/works.json', root), 'utf8')) as Work[];
  for (let i = 0; i < FROM_SAMPLES; i++) {
    const work = works[i % works.length];
    if (work === undefined) return;
    const { id, title, creators, date = '2000', doi, abstract } = work;
    const round = Math.floor(i / works.length);
    yield {
      id: `${id}-${round}`,
      title: `${title} ${round}`,
      authors: creators.map((creator) => (typeof creator === 'string' ? creator : creator.name)),
      year: date.slice(0, 4),
      ...(doi === undefined ? {} : { doi: `${doi}.${round}` }),
      ...(abstract === undefined ? {} : { abstract }),
    };
  }
}
