import type { HarvestedRecord, OwnChange } from '../../node/catalogue/index.ts';

/** A harvested record with sensible parts, of which a test names only those it is about. */
export function aRecord(parts: Partial<HarvestedRecord> = {}): HarvestedRecord {
  return {
    oaiIdentifier: 'oai:repository.example:1',
    sets: [],
    datestamp: '2026-01-01T00:00:00Z',
    titles: [{ value: 'A title', language: 'en' }],
    creators: [{ name: 'Knoth, Petr', family: 'Knoth', given: 'Petr', kind: 'person' }],
    contributors: [],
    abstracts: [],
    subjects: [],
    published: '2016',
    languages: ['en'],
    identifiers: [],
    relations: [],
    funding: [],
    files: [],
    references: [],
    provenance: {
      source: 'https://repository.example/oai',
      format: 'oai_dc',
      harvestedAt: 1_767_225_600_000,
    },
    raw: [],
    ...parts,
  };
}

/** The change that puts `aRecord` with the number in its identifier. */
export function aPut(n: number, parts: Partial<HarvestedRecord> = {}): OwnChange {
  return { type: 'put', record: aRecord({ oaiIdentifier: `oai:repository.example:${n}`, ...parts }) };
}
