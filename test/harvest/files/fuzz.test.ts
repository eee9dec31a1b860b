import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { severities } from '../../../node/harvest/issues/issue.ts';
import { issueKind } from '../../../node/harvest/issues/kinds/index.ts';
import { described, readFileNamed } from './a-folder.ts';

/** Well-formed files of each kind, to be spoilt. */
const wellFormed: Readonly<Record<string, string>> = {
  'a.csv': 'id,title,authors,year\n1,"A, B","Doe, J.; Roe, R.",2020\n2,C,,\n3,"D\nE",X,1999\n',
  'a.jsonl': '{"id":"1","title":"A","authors":[{"name":"X"}]}\n{"id":"2","title":"B","year":2020}\n',
  'a.json':
    '{"data":[{"id":"1","attributes":{"titles":[{"title":"A"}],"creators":[{"name":"X, Y"}],"publicationYear":2020}}]}',
  'a.bib':
    '@string{x = "X"}\n@article{a, title = {A {\\"u} $x_2$} # x, author={Doe, Jane and {An Org}}, year=2020}\n@book{b, crossref={a}}\n',
  'a.ris':
    'TY  - JOUR\nID  - 1\nTI  - A\nAU  - Doe, J.\nPY  - 2020/05/01\nSP  - 1\nER  - \nTY  - BOOK\nTI  - B\nER  - \n',
  'a.xml':
    '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header><identifier>oai:r:1</identifier><datestamp>2020-01-01</datestamp></header><metadata><dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"><title>A</title></dc></metadata></record></ListRecords></OAI-PMH>',
};

const names = Object.keys(wellFormed);
const pieces = [
  '"',
  '\\',
  '{',
  '}',
  '\n',
  ',',
  '@x{',
  '<record><header>',
  '</record>',
  'TY  - ',
  '$',
  '[',
  ']',
  '\0',
  '\xff',
  '||',
  '=',
  '#',
];

describe('a spoilt file', () => {
  it('never gives more than typed issues, whatever is changed in it', async () => {
    const change = fc.record({
      at: fc.nat(10_000),
      cut: fc.nat(30),
      put: fc.array(fc.constantFrom(...pieces), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.constantFrom(...names),
        fc.array(change, { maxLength: 6 }),
        fc.boolean(),
        async (name, kind, changes, isPacked) => {
          let text = wellFormed[kind] ?? '';
          for (const { at, cut, put } of changes) {
            const place = at % (text.length + 1);
            text = text.slice(0, place) + put.join('') + text.slice(place + cut);
          }
          const bytes = Buffer.from(text, 'latin1');
          const packed = isPacked ? gzipSync(bytes).subarray(0, bytes.length) : bytes;
          const { items, problems } = await readFileNamed(name, packed);
          for (const { code, severity, message } of problems) {
            expect(issueKind(code), code).not.to.equal(undefined);
            expect(severities).to.include(severity);
            expect(message).not.to.equal('');
          }
          for (const item of items) {
            expect(item.oaiIdentifier).to.match(/^(?:file|oai):/);
            if (item.metadata !== undefined && item.metadata.format !== 'datacite_json') described(item);
          }
        },
      ),
      { seed: 11, numRuns: 500 },
    );
  });
});
