import type { HarvestedRecord } from '../../../node/catalogue/index.ts';

/** A record of some 500 bytes, for feeds of a million. */
export function smallRecord(n: number, title = 'title'): HarvestedRecord {
  return {
    oaiIdentifier: `oai:repository.example:${n}`,
    sets: [],
    datestamp: '2026-01-01T00:00:00Z',
    titles: [{ value: `The ${title} of the record with the number ${n}`, language: 'en' }],
    creators: [{ name: `Author, ${n % 10_000}`, kind: 'person' }],
    contributors: [],
    abstracts: [],
    subjects: [],
    published: '2020',
    languages: ['en'],
    identifiers: [{ scheme: 'doi', value: `10.1234/${n}` }],
    relations: [],
    funding: [],
    files: [],
    references: [],
    provenance: { source: 'https://repository.example/oai', format: 'oai_dc', harvestedAt: 0 },
    raw: [],
  };
}
