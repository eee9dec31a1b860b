import { expect } from 'chai';
import * as fc from 'fast-check';
import { extractReferences, parseReference } from '../../../node/harvest/references/index.ts';

const pieces = [
  'References',
  'Appendix',
  '\n',
  '[1] ',
  '[2] ',
  '1. ',
  '(2003)',
  '2003',
  '. ',
  ', ',
  ': ',
  '“',
  '”',
  '"',
  'and ',
  '&',
  'et al.',
  'Smith',
  'J.',
  'van ',
  'In ',
  'In: ',
  'Proceedings',
  'pp. 1–9',
  '10.1234/',
  'https://',
  'arXiv:',
  '-',
  'ﬁ',
  '´',
  '\ud800',
  '\u0000',
  'x'.repeat(300),
  '[',
  ']',
  '(',
  ')',
  '•',
  '…',
  '参考文献',
  '\f',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 8 })), {
    maxLength: 120,
  })
  .map((parts) => parts.join(''));

describe('a hostile text', () => {
  it('gives references that a record may hold, and never an error', () => {
    fc.assert(
      fc.property(text, (written) => {
        for (const reference of [parseReference(written), ...extractReferences(`References\n${written}`)]) {
          expect(reference.text.length).to.be.at.most(500);
          expect(reference.title?.length ?? 0).to.be.at.most(400);
          if (reference.year !== undefined) expect(reference.year).to.match(/^(?:1[5-9]|20)\d\d$/);
          expect(reference.text).to.not.match(/[\n\r]/);
        }
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it('gives the same whatever its line ends are', () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(extractReferences(`References\n${written}`.replaceAll('\n', '\r\n'))).to.deep.equal(
          extractReferences(`References\n${written}`),
        );
      }),
      { seed: 8, numRuns: 200 },
    );
  });

  const M = 1_000_000;
  const endless: [what: string, text: string][] = [
    ['line ends', '\n'.repeat(M)],
    ['a word', 'a'.repeat(M)],
    ['blanks', ' '.repeat(M)],
    ['initials', 'A, '.repeat(M / 3)],
    ['initials in lines', 'A.\n'.repeat(M / 3)],
    ['brackets', '(((\n'.repeat(M / 4)],
    ['quotation marks', '“'.repeat(M)],
    ['numbers', [...Array(M / 10).keys()].join('\n')],
    ['numbered nothing', [...Array(M / 20).keys()].map((n) => `[${n + 1}]`).join(' ')],
    ['headings', 'References\n'.repeat(M / 11)],
    ['DOIs', '10.1234/ '.repeat(M / 9)],
    ['dashes', '1–'.repeat(M / 2)],
  ];
  for (const [what, written] of endless) {
    it(`of nothing but ${what} ends`, () => {
      expect(extractReferences(`References\n${written}`)).to.have.length.at.most(2_000);
      for (let i = 0; i < 20; i += 1) parseReference(written);
    });
  }
});
