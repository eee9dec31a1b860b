import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { installation } from '../../../node/config/index.ts';
import { type JsonObject, oaiDc } from '../../../vocab/crosswalks/index.ts';
import { ngrJsonLd, ngrJsonLdRows } from '../../../vocab/crosswalks/ngr-jsonld.ts';
import { recordToJsonLd } from '../../../vocab/json-ld/index.ts';
import type { Description, Record as NgrRecord } from '../../../vocab/record.ts';
import { readXml } from '../../../vocab/xml/index.ts';
import { fullRecord } from '../json-ld/full-record.ts';

const context = 'https://node.example/context.jsonld';
const published = (record: NgrRecord): JsonObject =>
  JSON.parse(JSON.stringify(recordToJsonLd(record, { context }))) as JsonObject;
const back = (record: NgrRecord): Description => ngrJsonLd.read(published(record)).description;

const record: Required<NgrRecord> = {
  ...fullRecord,
  creators: [
    {
      name: 'Carberry, Josiah',
      family: 'Carberry',
      given: 'Josiah',
      orcid: '0000-0002-1825-0097',
      affiliation: 'Brown University',
      ror: 'https://ror.org/05gq02987',
      kind: 'person',
    },
    { name: 'COAR', kind: 'organisation' },
    { name: 'Madonna', kind: 'unknown' },
  ],
  // With check digits that are right.
  relations: fullRecord.relations.map(({ kind, target }) => ({
    kind,
    target: target.scheme === 'issn' ? { scheme: 'issn', value: '0378-5955' } : target,
  })),
  contributors: [{ name: 'Shearer, Kathleen', family: 'Shearer', given: 'Kathleen', kind: 'person' }],
};

describe('JSON-LD of our own', () => {
  it('reads as the record that was written', () => {
    const {
      id: _id,
      node: _node,
      oaiIdentifier: _oai,
      sets: _sets,
      datestamp: _date,
      provenance: _provenance,
      raw: _raw,
      detected: _detected,
      ...description
    } = record;
    const { title = '', volume = '', issue = '' } = record.source;
    const [file] = record.files;
    const { text: _text, ...fileFacts } = file!;
    const read = back(record);
    expect(sorted(read)).to.deep.equal(
      sorted({
        ...description,
        // Where it can be taken apart, the citation says nothing more; a withdrawn file is not handed out.
        source: { title, volume, issue, pages: '12-19' },
        files: [fileFacts],
      }),
    );
  });

  it('loses nothing of real records', () => {
    const folder = join(installation().root, 'samples');
    const samples = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    let count = 0;
    for (const { name } of samples) {
      const records = readXml(readFileSync(join(folder, name, 'oai_dc.xml'), 'utf8')).childrenNamed('record');
      for (const metadata of records.flatMap((record) => record.child('metadata')?.children ?? [])) {
        const { description } = oaiDc.read(metadata);
        const read = back({ ...record, ...withoutOptional, ...description });
        expect(sorted(read)).to.deep.equal(sorted(description));
        count += 1;
      }
    }
    expect(count).to.be.greaterThan(20);
  });

  it('of any shape is read without an error', () => {
    const terms = ngrJsonLdRows.map(({ element }) => element);
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 1, '', 'x', 'https://doi.org/10.1000/182', '2020', 'person'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(
          fc.constantFrom(
            'value',
            'id',
            '@value',
            'name',
            'kind',
            'url',
            'right',
            'isPartOf',
            'scheme',
            'text',
            'work',
            '__proto__',
          ),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...terms), values), (document) => {
        expect(ngrJsonLd.read(document).description.titles).to.be.an('array');
      }),
      { seed: 7, numRuns: 1000 },
    );
  });
});

/** What a record need not have. */
const withoutOptional = Object.fromEntries(
  ['published', 'publisher', 'type', 'version', 'access', 'licence', 'publishedDoi', 'source'].map((name) => [
    name,
    undefined,
  ]),
);

/** Relations are grouped by their kind in JSON-LD, and identifiers may be found in another order. */
function sorted(description: Description): object {
  const { relations, ...rest } = description;
  return { ...rest, relations: relations.map((one) => JSON.stringify(one)).sort() };
}
