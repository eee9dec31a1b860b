import * as dagCbor from '@ipld/dag-cbor';
import { expect } from 'chai';
import fc from 'fast-check';
import { oaiDc, oaiDcRows } from '../../../vocab/crosswalks/index.ts';
import { emptyDescription, type Record } from '../../../vocab/record.ts';
import { readXml } from '../../../vocab/xml/index.ts';
import { metadata, type, type Values } from './dublin-core.ts';

describe('the crosswalk of oai_dc', () => {
  const scraps = fc.constantFrom(
    'https://doi.org/10.1000/182',
    '10.5281/zenodo.1',
    'info:eu-repo/semantics/article',
    'info:eu-repo/grantAgreement/EC/FP7/1',
    'info:eu-repo/date/embargoEnd/2027-01-01',
    'openAccess',
    'cc by 4.0',
    '2010-02-30',
    'Smith, J.; Doe, A.',
    'eng',
    'ISSN 1082-9873',
    'https://a.example/b.pdf',
    'J; Vol. 1 No. 2; 3-4',
    '<p>',
    ' ',
    ';',
    '&eacute;',
    'isPartOf ',
    'http://',
    '\u0000',
    '__proto__',
  );
  const anyValues: fc.Arbitrary<Values> = fc.array(
    fc.tuple(
      fc.constantFrom(...oaiDcRows.map((row) => row.element), 'coverage', '__proto__', 'constructor'),
      fc
        .array(fc.oneof(scraps, fc.string({ unit: 'grapheme' })), { maxLength: 4 })
        .map((parts) => parts.join('')),
      fc.constantFrom(undefined, 'en', 'xx', ''),
    ),
    { maxLength: 15 },
  ) as fc.Arbitrary<Values>;

  it('gives, for any values, a description that can be stored, and the same each time', () => {
    fc.assert(
      fc.property(anyValues, (values) => {
        const first = oaiDc.read(metadata(values));
        // DAG-CBOR refuses undefined values; a lone surrogate would come back as another character.
        expect(dagCbor.decode(dagCbor.encode(first))).to.deep.equal(first);
        expect(oaiDc.read(metadata(values))).to.deep.equal(first);
      }),
      { seed: 20261121, numRuns: 500 },
    );
  });

  it('writes what it reads: a second pass changes nothing', () => {
    const tidy = fc.record(
      {
        titles: fc.uniqueArray(
          fc.record({
            value: fc.constantFrom('On repositories', 'R & D <b', 'Título'),
            language: fc.constantFrom('en', 'es'),
          }),
          { selector: ({ value }) => value },
        ),
        creators: fc.subarray(['Pinfield, S.', 'van de Sompel, Herbert', 'UNESCO']),
        abstracts: fc.subarray([{ value: 'An abstract.' }, { value: 'Un resumen.', language: 'es' }]),
        subjects: fc.subarray([{ value: 'repositories' }, { value: 'ddc:020' }]),
        published: fc.constantFrom('2003', '2003-03', '2003-03-04'),
        publisher: fc.constantFrom('A Press', 'Edições X'),
        languages: fc.subarray(['en', 'pt-BR']),
        type: fc.constantFrom('c_6501', 'c_db06', 'c_ddb1', 'c_3248').map(type),
        version: fc.constant('http://purl.org/coar/version/c_ab4af688f83e57aa'),
        access: fc.constantFrom(
          { right: 'open' },
          { right: 'embargoed', embargoEnds: '2027-01-01' },
          { right: 'metadata-only' },
        ),
        licence: fc.constantFrom(
          'https://creativecommons.org/licenses/by/4.0/',
          'https://spdx.org/licenses/MIT',
        ),
        identifiers: fc.subarray([
          { scheme: 'doi', value: '10.5281/zenodo.1' },
          { scheme: 'handle', value: '20.500.1/2' },
          { scheme: 'urn', value: 'urn:nbn:de:0183-1' },
          { scheme: 'arxiv', value: '1706.03762' },
          { scheme: 'pmid', value: '123456' },
          { scheme: 'url', value: 'https://repository.example/1' },
        ]),
        publishedDoi: fc.constant('10.1629/15261'),
        relations: fc.subarray([
          { kind: 'isPartOf', target: { scheme: 'issn', value: '1082-9873' } },
          { kind: 'references', target: { scheme: 'doi', value: '10.1000/1' } },
          { kind: 'isVersionOf', target: { scheme: 'doi', value: '10.1629/15261' } },
          { kind: 'relation', target: { scheme: 'url', value: 'https://example.org/page' } },
        ]),
        funding: fc.subarray([
          { funder: 'European Commission', funderId: 'https://doi.org/10.13039/501100000780', award: '1' },
          { funder: 'Nobody & Co', award: 'A/1' },
        ]),
        source: fc.constantFrom(
          { title: 'D-Lib Magazine', volume: '9', issue: '3', pages: '1-2' },
          { citation: 'Conference, 9-13 June 2014' },
        ),
        files: fc.subarray(['https://repository.example/1.pdf', 'https://repository.example/2.pdf']),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(tidy, ({ creators = [], files = [], ...parts }) => {
        const right = parts.access?.right ?? 'open';
        const record = {
          ...emptyDescription(),
          ...parts,
          creators: creators.map((name) => {
            const [family, given] = name.split(', ');
            return given === undefined
              ? { name, kind: 'organisation' }
              : { name, family, given, kind: 'person' };
          }),
          files: files.map((url) => ({ url, format: 'application/pdf', access: right })),
        } as unknown as Record;
        expect(oaiDc.read(readXml(oaiDc.write(record))).description).to.deep.equal(record);
      }),
      { seed: 20261121, numRuns: 300 },
    );
  });

  it('bears a record with very many values', () => {
    const many = Array.from({ length: 50_000 }, (_, n) => `x${n}`).join(';');
    const { description, repairs } = oaiDc.read(
      metadata([
        ['subject', many],
        ['creator', many],
        ['language', many],
      ]),
    );
    expect(description.subjects).to.have.length(50_000);
    expect(description.creators).to.have.length(50_000);
    expect(repairs).to.have.length(200);
  });
});
