import { expect } from 'chai';
import fc from 'fast-check';
import { DocumentWriting } from '../../../../node/analysis/search/documents/document-writing.ts';
import {
  decodeDocument,
  storedTerms,
  wordOfTerm,
} from '../../../../node/analysis/search/documents/stored-document.ts';
import { contentOf } from '../../../../node/analysis/search/postings/weights.ts';
import { aRecord } from '../../../support/builders.ts';

describe('a stored document', () => {
  const writing = new DocumentWriting();
  const text = fc.record({
    value: fc.array(fc.string({ unit: 'grapheme', maxLength: 8 })).map((words) => words.join(' ')),
    language: fc.constantFrom('en', 'es', 'fr', 'xx'),
  });

  it('is read as it was written, and tells of each term how it is written without being read whole', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 3 }), fc.array(text, { maxLength: 3 }), (titles, abstracts) => {
        const holding = { ...aRecord(), id: 'https://node.example/records/k', node: 'n', titles, abstracts };
        const textWords = new Map([['whales', 12]]);
        const { length, tombstone, ...written } = writing.write('k'.repeat(20), holding, { textWords });
        const { bytes, lexicon, terms } = written;
        const document = decodeDocument(bytes);
        expect(storedTerms(bytes)).to.deep.equal(written);
        expect(terms.map((term) => lexicon.term(term))).to.deep.equal(document.terms);
        expect(document.tombstone).to.equal(tombstone);
        expect(document.weights.reduce((sum, weight) => sum + contentOf(weight), 0)).to.equal(length);
        for (const [i, term] of document.terms.entries())
          expect(wordOfTerm(bytes, term)).to.equal(document.words[i]);
        expect(wordOfTerm(bytes, 'absent-term')).to.equal(undefined);
      }),
    );
  });
});
