import { expect } from 'chai';
import fc from 'fast-check';
import { documentOf } from '../../../node/analysis/search/document.ts';
import { decodeDocument, encodeDocument, wordOfTerm } from '../../../node/analysis/search/stored-document.ts';
import { aRecord } from '../../support/builders.ts';

describe('a stored document', () => {
  const text = fc.record({
    value: fc.array(fc.string({ unit: 'grapheme', maxLength: 8 })).map((words) => words.join(' ')),
    language: fc.constantFrom('en', 'es', 'fr', 'xx'),
  });

  it('is read as it was written, and tells of each term how it is written without being read whole', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), fc.array(text, { maxLength: 3 }), (titles, abstracts) => {
        const holding = { ...aRecord(), id: 'https://node.example/records/k', node: 'n', titles, abstracts };
        const textWords = new Map([['whales', 12]]);
        const document = documentOf('k'.repeat(20), holding, { textWords });
        const bytes = encodeDocument(document);
        expect(decodeDocument(bytes)).to.deep.equal(document);
        for (const [i, term] of document.terms.entries())
          expect(wordOfTerm(bytes, term)).to.equal(document.words[i]);
        expect(wordOfTerm(bytes, 'absent-term')).to.equal(undefined);
      }),
    );
  });
});
