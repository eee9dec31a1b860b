import type { Record as NgrRecord, Tombstone } from '../../../vocab/record.ts';

/** A record with every property there is; the type makes a new one fail to compile until it stands here too. */
export const fullRecord: Required<NgrRecord> = {
  id: 'https://node.example/records/abcdefghijklmnopqrst',
  node: '12D3KooWOrigin',
  oaiIdentifier: 'oai:repository.example:42',
  sets: ['com_1', 'col_2'],
  datestamp: '2026-03-04T05:06:07Z',
  titles: [
    { value: 'Repositories of the next generation', language: 'en' },
    { value: 'Repositorios de próxima generación', language: 'es' },
  ],
  creators: [
    {
      name: 'Rodrigues, Eloy',
      family: 'Rodrigues',
      given: 'Eloy',
      orcid: '0000-0003-1783-2155',
      affiliation: 'Universidade do Minho',
      ror: 'https://ror.org/037wpkx04',
      kind: 'person',
    },
    { name: 'COAR', kind: 'organisation' },
    { name: 'Next Generation Repositories group', kind: 'unknown' },
  ],
  contributors: [{ name: 'Shearer, Kathleen', kind: 'person' }],
  abstracts: [{ value: 'What repositories should do.', language: 'en' }],
  subjects: [{ value: 'open access' }],
  published: '2017-11-28',
  publisher: 'Confederation of Open Access Repositories',
  languages: ['en', 'es'],
  type: 'http://purl.org/coar/resource_type/c_93fc',
  version: 'http://purl.org/coar/version/c_970fb48d4fbd8a85',
  access: { right: 'embargoed', embargoEnds: '2027-01-31' },
  licence: 'https://creativecommons.org/licenses/by/4.0/',
  identifiers: [
    { scheme: 'doi', value: '10.5281/zenodo.1215014' },
    { scheme: 'handle', value: '1822/12345' },
    { scheme: 'urn', value: 'urn:nbn:de:1-2' },
    { scheme: 'isbn', value: '9783161484100' },
    { scheme: 'issn', value: '1234-5679' },
    { scheme: 'pmid', value: '12345' },
    { scheme: 'arxiv', value: '1207.2147' },
    { scheme: 'url', value: 'https://repository.example/42' },
  ],
  publishedDoi: '10.1000/published',
  relations: [
    { kind: 'isVersionOf', target: { scheme: 'doi', value: '10.1000/version-of' } },
    { kind: 'hasVersion', target: { scheme: 'doi', value: '10.1000/has-version' } },
    { kind: 'isPartOf', target: { scheme: 'issn', value: '9876-5432' } },
    { kind: 'hasPart', target: { scheme: 'handle', value: '1822/part' } },
    { kind: 'references', target: { scheme: 'arxiv', value: '2001.00001' } },
    { kind: 'isReferencedBy', target: { scheme: 'pmid', value: '67890' } },
    { kind: 'isSupplementTo', target: { scheme: 'url', value: 'https://data.example/set' } },
    { kind: 'relation', target: { scheme: 'isbn', value: '9780306406157' } },
  ],
  funding: [
    { funder: 'European Commission', funderId: 'https://doi.org/10.13039/501100000780', award: '731031' },
  ],
  source: {
    title: 'Insights',
    volume: '30',
    issue: '2',
    pages: '12–19',
    citation: 'Insights 30(2), 12–19',
  },
  files: [
    {
      url: 'https://repository.example/42.pdf',
      format: 'application/pdf',
      length: 123_456,
      sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      access: 'restricted',
      text: 'unavailable',
    },
    {
      url: 'https://repository.example/43.pdf',
      access: 'open',
      withdrawn: { reason: 'Wrong file.', at: Date.UTC(2026, 3, 2) },
    },
  ],
  references: [
    {
      text: 'Van de Sompel, H., Nelson, M.: Reminiscing about 15 years of interoperability efforts. 2015.',
      identifier: { scheme: 'doi', value: '10.1045/november2015-vandesompel' },
      title: 'Reminiscing about 15 years of interoperability efforts',
      year: '2015',
    },
  ],
  detected: { language: 'en', confidence: 97 },
  provenance: {
    source: 'https://repository.example/oai',
    format: 'oai_dc',
    harvestedAt: Date.UTC(2026, 2, 5),
  },
  raw: [{ format: 'oai_dc', text: '<oai_dc:dc>…</oai_dc:dc>' }],
};

export const fullTombstone: Required<Tombstone> = {
  id: fullRecord.id,
  node: fullRecord.node,
  oaiIdentifier: fullRecord.oaiIdentifier,
  sets: fullRecord.sets,
  datestamp: '2026-03-04',
  titles: fullRecord.titles,
  identifiers: fullRecord.identifiers,
  tombstone: { kind: 'withdrawn', reason: 'Published in error.', at: Date.UTC(2026, 3, 1) },
};
