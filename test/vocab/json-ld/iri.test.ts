import { expect } from 'chai';
import { identifierIri, iriOf } from '../../../vocab/json-ld/index.ts';

describe('the IRI of an identifier', () => {
  const cases = [
    ['doi', '10.1000/xyz', 'https://doi.org/10.1000/xyz'],
    [
      'doi',
      '10.1002/(sici)1097<1::aid>3.0.co;2-#',
      'https://doi.org/10.1002/(sici)1097%3C1::aid%3E3.0.co;2-%23',
    ],
    ['handle', '1822/1', 'https://hdl.handle.net/1822/1'],
    ['urn', 'urn:nbn:de:1', 'urn:nbn:de:1'],
    ['isbn', '9783161484100', 'urn:isbn:9783161484100'],
    ['issn', '1234-5679', 'https://portal.issn.org/resource/ISSN/1234-5679'],
    ['pmid', '123', 'https://pubmed.ncbi.nlm.nih.gov/123/'],
    ['arxiv', 'hep-th/9901001', 'https://arxiv.org/abs/hep-th/9901001'],
    ['url', 'http://a.example/b?c#d', 'http://a.example/b?c#d'],
    ['url', 'a.example/b', undefined],
  ] as const;
  for (const [scheme, value, iri] of cases) {
    it(`${scheme} ${value}`, () => expect(identifierIri({ scheme, value })).to.equal(iri));
  }

  it('is percent-encoded where a character may not stand in one', () => {
    expect(iriOf('http://a.example/é b\u0000"')).to.equal('http://a.example/é%20b%00%22');
  });

  it('is none without a scheme, nor for a blank node', () => {
    expect(iriOf('CC BY')).to.equal(undefined);
    expect(iriOf('_:b0')).to.equal(undefined);
  });
});
