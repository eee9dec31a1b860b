import type { Catalogue, HarvestedRecord } from '../../node/catalogue/index.ts';
import { benchRecords, type BenchRecord } from './records.ts';

const BATCH = 500;

/** Puts the benchmark's records into a catalogue, without a harvest. */
export async function fill(catalogue: Catalogue): Promise<void> {
  let batch: HarvestedRecord[] = [];
  const put = (): Promise<unknown> => catalogue.put(batch.map((record) => ({ type: 'put', record })));
  for await (const record of benchRecords()) {
    batch.push(harvestedRecord(record));
    if (batch.length < BATCH) continue;
    await put();
    batch = [];
  }
  await put();
}

/** A record as a harvest would bring it. */
export function harvestedRecord({
  id,
  title,
  authors,
  year,
  doi,
  abstract = '',
}: BenchRecord): HarvestedRecord {
  return {
    oaiIdentifier: `oai:repository.example:${id}`,
    sets: [],
    datestamp: '2026-01-01T00:00:00Z',
    titles: [{ value: title, language: 'en' }],
    creators: authors.map((name) => ({ name, kind: 'person' })),
    contributors: [],
    abstracts: abstract === '' ? [] : [{ value: abstract, language: 'en' }],
    subjects: [],
    ...(year === '' ? {} : { published: year }),
    languages: ['en'],
    identifiers: doi === undefined ? [] : [{ scheme: 'doi', value: doi }],
    relations: [],
    funding: [],
    files: [],
    references: [],
    provenance: { source: 'https://repository.example/oai', format: 'oai_dc', harvestedAt: 0 },
    raw: [
      { format: 'oai_dc', text: `<dc><title>${title}</title><description>${abstract}</description></dc>` },
    ],
  };
}
