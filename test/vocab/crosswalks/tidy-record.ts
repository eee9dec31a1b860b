import fc from 'fast-check';
import { type Description, emptyDescription, type Record } from '../../../vocab/record.ts';

const coar = 'http://purl.org/coar/';

/** Nothing said. */
export const nothing = emptyDescription();

const agent = fc.constantFrom<Description['creators'][number]>(
  { name: 'Pinfield, S.', family: 'Pinfield', given: 'S.', kind: 'person' },
  { name: 'van de Sompel, Herbert', family: 'van de Sompel', given: 'Herbert', kind: 'person' },
  {
    name: 'Knoth, Petr',
    family: 'Knoth',
    given: 'Petr',
    kind: 'person',
    orcid: '0000-0003-1161-7359',
    affiliation: 'The Open University, UK',
  },
  {
    name: 'Lagoze, Carl',
    family: 'Lagoze',
    given: 'Carl',
    kind: 'person',
    affiliation: 'Cornell University',
    ror: 'https://ror.org/05bnh6r87',
  },
  { name: 'UNESCO', kind: 'organisation' },
  { name: 'Confederation of Open Access Repositories', kind: 'organisation' },
  { name: 'Plato', kind: 'unknown' },
);

/** Records in the form that the cleaning leaves; without lists of references, which no format that we write has. */
export const tidyDescription: fc.Arbitrary<Description> = fc
  .record(
    {
      titles: fc.uniqueArray(
        fc.record({
          value: fc.constantFrom('On repositories', 'R & D <b', 'Título', 'Why? Because: it is'),
          language: fc.constantFrom('en', 'es'),
        }),
        { selector: ({ value }) => value },
      ),
      creators: fc.uniqueArray(agent, { selector: ({ name }) => name }),
      contributors: fc.uniqueArray(agent, { selector: ({ name }) => name }),
      abstracts: fc.subarray([{ value: 'An abstract.' }, { value: 'Un resumen.', language: 'es' }]),
      subjects: fc.subarray([
        { value: 'repositories', language: 'en' },
        { value: 'ddc:020' },
        { value: 'R&D' },
      ]),
      published: fc.constantFrom('2003', '2003-03', '2003-03-04'),
      publisher: fc.constantFrom('A Press', 'Edições X'),
      languages: fc.constantFrom<string[]>(['en'], ['pt-BR'], []),
      type: fc
        .constantFrom('c_6501', 'c_db06', 'c_ddb1', 'c_3248', 'c_5794', 'c_18cf', 'c_12ce', 'c_3e5a')
        .map((id) => `${coar}resource_type/${id}`),
      version: fc
        .constantFrom('c_ab4af688f83e57aa', 'c_970fb48d4fbd8a85')
        .map((id) => `${coar}version/${id}`),
      access: fc.constantFrom<Description['access'] & {}>(
        { right: 'open' },
        { right: 'embargoed', embargoEnds: '2027-01-01' },
        { right: 'restricted' },
        { right: 'metadata-only' },
      ),
      licence: fc.constantFrom(
        'https://creativecommons.org/licenses/by-nc/4.0/',
        'https://creativecommons.org/licenses/by/3.0/igo/',
        'https://creativecommons.org/publicdomain/zero/1.0/',
        'https://spdx.org/licenses/MIT',
      ),
      identifiers: fc.subarray<Description['identifiers'][number]>([
        { scheme: 'doi', value: '10.5281/zenodo.1' },
        { scheme: 'handle', value: '20.500.1/2' },
        { scheme: 'urn', value: 'urn:nbn:de:0183-1' },
        { scheme: 'arxiv', value: '1706.03762' },
        { scheme: 'pmid', value: '123456' },
        { scheme: 'url', value: 'https://repository.example/1' },
      ]),
      publishedDoi: fc.constant('10.1629/15261'),
      relations: fc.subarray<Description['relations'][number]>([
        { kind: 'isPartOf', target: { scheme: 'issn', value: '1082-9873' } },
        { kind: 'isPartOf', target: { scheme: 'isbn', value: '9783161484100' } },
        { kind: 'references', target: { scheme: 'doi', value: '10.1000/1' } },
        { kind: 'isReferencedBy', target: { scheme: 'pmid', value: '7654321' } },
        { kind: 'hasVersion', target: { scheme: 'arxiv', value: '1706.03763' } },
        { kind: 'isSupplementedBy', target: { scheme: 'doi', value: '10.5061/dryad.1' } },
        { kind: 'isReplacedBy', target: { scheme: 'handle', value: '20.500.1/3' } },
        { kind: 'replaces', target: { scheme: 'url', value: 'https://repository.example/0' } },
        { kind: 'isTranslationOf', target: { scheme: 'urn', value: 'urn:nbn:de:0183-2' } },
        { kind: 'isDerivedFrom', target: { scheme: 'doi', value: '10.1000/2' } },
        { kind: 'isReviewOf', target: { scheme: 'doi', value: '10.1000/3' } },
        { kind: 'relation', target: { scheme: 'url', value: 'https://example.org/page' } },
      ]),
      funding: fc.subarray<Description['funding'][number]>([
        { funder: 'European Commission', funderId: 'https://doi.org/10.13039/501100000780', award: '1' },
        { funder: 'Nobody & Co', award: 'A/1' },
        { funder: 'Some Trust' },
      ]),
      source: fc.constantFrom<Description['source'] & {}>(
        { title: 'D-Lib Magazine', volume: '9', issue: '3', pages: '1-2' },
        { title: 'Insights', pages: 'e12' },
      ),
      files: fc.subarray(['https://repository.example/1.pdf', 'https://repository.example/2.pdf']),
    },
    { requiredKeys: [] },
  )
  .map(({ files = [], ...parts }) => {
    const access = parts.access?.right ?? 'open';
    return {
      ...nothing,
      ...parts,
      files: files.map((url) => ({ url, format: 'application/pdf', access })),
    };
  });

/** A record that is known by nothing but its description. */
export function withIdentity(description: Description): Record {
  return {
    id: '',
    node: '',
    oaiIdentifier: '',
    sets: [],
    datestamp: '',
    provenance: { source: '', format: '', harvestedAt: 0 },
    raw: [],
    ...description,
  };
}

/** Lists whose order a format does not keep, in one order. */
export function inOneOrder(description: Description): Description {
  const sorted = <T>(list: readonly T[]): T[] =>
    list.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  return {
    ...description,
    identifiers: sorted(description.identifiers),
    relations: sorted(description.relations),
    funding: sorted(description.funding),
  };
}
