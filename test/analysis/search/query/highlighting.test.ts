import { expect } from 'chai';
import fc from 'fast-check';
import { highlighter, snippet } from '../../../../node/analysis/search/index.ts';

const marked = (query: string, text: string): string =>
  highlighter(query)(text)
    .map((piece) => (piece.isHit ? `[${piece.text}]` : piece.text))
    .join('');

describe('the words of a query in a text', () => {
  it('are shown in whatever form they stand there', () => {
    expect(marked('repositorio', 'Os Repositórios, e o repositório.')).to.equal(
      'Os [Repositórios], e o [repositório].',
    );
    expect(marked('harvesting', 'They harvest; harvested.')).to.equal('They [harvest]; [harvested].');
    expect(marked('title:sea -whale', 'A whale at sea')).to.equal('A whale at [sea]');
  });

  it('are shown of a phrase only where they stand together', () => {
    expect(marked('"open access"', 'Open access is access that is open.')).to.equal(
      '[Open] [access] is access that is open.',
    );
    expect(marked('"state of the art"', 'the state of the art, art')).to.equal(
      'the [state] of the [art], art',
    );
  });

  it('are shown in scripts without spaces, and no more than them', () => {
    expect(marked('検索', '情報検索の入門')).to.equal('情報[検索]の入門');
    expect(marked('情報検索', '情報検索の入門')).to.equal('[情報検索]の入門');
  });

  it('leave the text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (query, text) => {
        for (const each of [query, text]) {
          const pieces = highlighter(each)(text);
          expect(pieces.map((piece) => piece.text).join('')).to.equal(text);
        }
      }),
    );
  });

  it('are found in a text of 100 kB as well', () => {
    expect(highlighter('a')('a b '.repeat(25_000)).filter(({ isHit }) => isHit)).to.have.length(25_000);
  });
});

describe('a snippet', () => {
  const long = `${'many other words '.repeat(40)}the whale and the sea ${'and still more of them '.repeat(40)}`;
  const joined = (query: string, length: number): string =>
    snippet(long, highlighter(query), length)
      .map(({ text }) => text)
      .join('');

  it('is where most of the words are, between words', () => {
    const text = joined('whale sea', 80);
    expect(text).to.match(/^…\S.*whale and the sea.*\S…$/);
    expect(text).to.have.length.within(50, 82);
  });

  it('is the beginning where none of the words is, and the whole where that is short', () => {
    expect(joined('absent', 60)).to.match(/^many other words .*…$/);
    expect(snippet('a whale', highlighter('whale'), 60)).to.deep.equal([
      { text: 'a ', isHit: false },
      { text: 'whale', isHit: true },
    ]);
  });

  it('is never much longer than asked for, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string(),
        fc.integer({ min: 1, max: 100 }),
        (text, query, length) => {
          const whole = snippet(text, highlighter(query), length)
            .map((piece) => piece.text)
            .join('');
          expect(whole.length).to.be.at.most(length + 3);
        },
      ),
    );
  });
});
