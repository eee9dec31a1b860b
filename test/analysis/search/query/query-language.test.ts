import { expect } from 'chai';
import fc from 'fast-check';
import { parseQuery, type QueryPart } from '../../../../node/analysis/search/query/query-language.ts';

const told = ({ words, field }: QueryPart): string =>
  `${field === undefined ? '' : `${field}:`}${words.map(({ word }) => word).join(' ')}`;
const read = (query: string): { groups: string[][]; excluded: string[] } => {
  const { groups, excluded } = parseQuery(query);
  return { groups: groups.map((group) => group.map(told)), excluded: excluded.map(told) };
};
const groups = (query: string): string[] => read(query).groups.map((group) => group.join(' | '));

describe('the query language', () => {
  it('has words, phrases, fields, alternatives and what must not be there', () => {
    expect(groups('open Access')).to.deep.equal(['open', 'access']);
    expect(groups('"machine translation" title:models')).to.deep.equal([
      'machine translation',
      'title:models',
    ]);
    expect(groups('title:"neural models" abstract:speech')).to.deep.equal([
      'title:neural models',
      'abstract:speech',
    ]);
    expect(groups('whales OR dolphins OR "blue seals" sea')).to.deep.equal([
      'whales | dolphins | blue seals',
      'sea',
    ]);
    expect(read('sea -whales -title:"blue seals"')).to.deep.equal({
      groups: [['sea']],
      excluded: ['whales', 'title:blue seals'],
    });
  });

  it('names its fields in four languages, and has quotes of all kinds', () => {
    expect(groups('título:mar auteur:Knoth assunto:sal résumé:sel')).to.deep.equal([
      'title:mar',
      'author:knoth',
      'subject:sal',
      'abstract:sel',
    ]);
    expect(groups('«mer bleue» “mar azul”')).to.deep.equal(['mer bleue', 'mar azul']);
  });

  it('reads several words in the place of a name, an alternative or an exclusion as one', () => {
    expect(groups('author:P.Knoth')).to.deep.equal(['author:p knoth']);
    expect(groups('whale OR open-access')).to.deep.equal(['whale | open access']);
    expect(read('sea -open-access').excluded).to.deep.equal(['open access']);
    expect(groups('open-access covid-19')).to.deep.equal(['open', 'access', 'covid', '19']);
  });

  it('leaves out stop words, and keeps their places in phrases', () => {
    expect(groups('the state of the art')).to.deep.equal(['state', 'art']);
    const [[phrase] = []] = parseQuery('"the state of the art"').groups;
    expect(phrase?.words.map(({ place }) => place)).to.deep.equal([1, 4]);
    expect(groups('to be or not')).to.deep.equal(['to', 'be', 'or', 'not']);
    expect(groups('"to be"')).to.deep.equal(['to be']);
  });

  it('reads as words what is not of its form', () => {
    expect(groups('"open access')).to.deep.equal(['open', 'access']);
    expect(groups('foo:bar http://example.org')).to.deep.equal(['foo', 'bar', 'http', 'example', 'org']);
    expect(groups('title: models')).to.deep.equal(['title', 'models']);
    expect(groups('OR whales OR')).to.deep.equal(['whales']);
    expect(groups('(whales) - "" ::')).to.deep.equal(['whales']);
    expect(read('-whales')).to.deep.equal({ groups: [['whales']], excluded: [] });
    expect(groups('?! …')).to.deep.equal([]);
  });

  it('has 32 words at most, each once', () => {
    const many = Array.from({ length: 50_000 }, (_, i) => `w${i}`).join(' ');
    expect(groups(many)).to.have.length(31);
    expect(groups(`"${many.slice(0, 500)}"`)[0]?.split(' ')).to.have.length(32);
    expect(groups('sea sea Sea "sea"')).to.deep.equal(['sea']);
  });

  it('bears anything, and tells where each word stands', () => {
    const piece = fc.oneof(
      fc.constantFrom('"', '-', ':', 'OR', ' ', 'title:', 'author:"', '«', '\u00ad', '情報検索', 'the', '-"'),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const { text, groups, excluded } = parseQuery(pieces.join(''));
        const words = [...groups.flat(), ...excluded].flatMap((part) => part.words);
        expect(groups.flat().flatMap((part) => part.words)).to.have.length.at.most(32);
        for (const { word, terms, from, to } of words) {
          expect(terms).to.include(word);
          expect(from).to.be.within(0, to);
          expect(text.slice(from, to)).not.to.equal('');
        }
      }),
      { numRuns: 500 },
    );
  });

  it('reads long nonsense in no more time than sense', () => {
    for (const nonsense of ['"', '-', 'a:', '"a', '-"', 'OR ', 'title:"']) {
      expect(() => parseQuery(nonsense.repeat(100_000))).not.to.throw();
    }
  });
});
