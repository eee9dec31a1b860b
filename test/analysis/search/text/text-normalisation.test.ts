import { expect } from 'chai';
import fc from 'fast-check';
import { ENGLISH } from '../../../../node/analysis/search/text/stemming.ts';
import {
  initialOfTerms,
  queryTokens,
  wordSpans,
  wordsOf,
} from '../../../../node/analysis/search/text/text-normalisation.ts';
import { termOf, tokensOf, type Token } from '../../../../node/analysis/search/text/tokens.ts';

const tokens = (text: string): Token[] => tokensOf(text, ENGLISH);
const terms = (text: string): string[] =>
  tokens(text).flatMap(({ term, isStopWord }) => (isStopWord ? [] : [term]));

describe('the words of a text', () => {
  it('are found in any case, with or without accents, in singular or plural', () => {
    expect(terms('Repositórios, REPOSITORIOS')).to.deep.equal(['repositorio', 'repositorio']);
    expect(terms('Łódź straße Øre')).to.deep.equal(terms('lodz strasse ore'));
    expect(terms('archive')).to.deep.equal(terms('Archives'));
  });

  it('keep a form that can be shown', () => {
    expect(wordsOf('Les dépôts numériques')).to.deep.equal(['les', 'dépôts', 'numériques']);
  });

  it('are told from stop words of the four languages', () => {
    expect(terms('the state of the art')).to.deep.equal(['state', 'art']);
    expect(terms('el acceso a las revistas')).to.deep.equal(['acceso', 'revista']);
    expect(terms('os periódicos e as teses')).to.deep.equal(['periodico', 'tese']);
    expect(terms("l'accès aux revues")).to.deep.equal(['acc', 'revu']);
    expect(terms('It is what it is')).to.deep.equal([]);
  });

  it('are pairs of characters where a script has no spaces', () => {
    expect(terms('情報検索のIR入門')).to.deep.equal(['情報', '報検', '検索', '索の', 'ir', '入門']);
    expect(terms('猫')).to.deep.equal(['猫']);
  });

  it('are there in scripts from right to left and in those whose vowels are marks', () => {
    expect(terms('المَكْتَبَة الرقمية')).to.deep.equal(['المكتبة', 'الرقمية']);
    expect(terms('סִפְרִיָּה')).to.deep.equal(['ספריה']);
    expect(terms('पुस्तकालय')).to.deep.equal(['पुस्तकालय']);
  });

  it('are none in a text of punctuation', () => {
    expect(terms('… — ?! «»\u0000')).to.deep.equal([]);
  });

  it('are cut at 40 characters, and never in the middle of one', () => {
    expect(tokens('x'.repeat(100_000))[0]?.word).to.have.length(40);
    const [token] = tokens(`${'x'.repeat(39)}𝔸𐐀`);
    expect(token?.word).not.to.match(/[\ud800-\udbff]$/);
  });

  it('are cut out of a text as they stand there', () => {
    expect(wordSpans('L’œuvre (2nd ed.)')).to.deep.equal([
      { word: 'L', from: 0, to: 1 },
      { word: 'œuvre', from: 2, to: 7 },
      { word: '2nd', from: 9, to: 12 },
      { word: 'ed', from: 13, to: 15 },
    ]);
  });

  it('are the same whether strings are made of them or not', () => {
    const unit = fc.constantFrom(...Array.from('aZ09 .-_\u0000\u00a0éＡK㍿’…\u2011\u2017\u0301'));
    const text = fc.string({ unit, maxLength: 60 });
    fc.assert(
      fc.property(text, (text) => {
        expect(tokens(text).map(({ word }) => word)).to.deep.equal(wordsOf(text));
      }),
    );
  });

  it('are known by their letters, however many there are', () => {
    const words = Array.from({ length: 300_000 }, (_, n) => `w${n % 140_000}`);
    for (let at = 0; at < words.length; at += 10_000) {
      const some = words.slice(at, at + 10_000);
      expect(tokens(some.join(' ')).map(({ word }) => word)).to.deep.equal(some);
    }
  });

  it('have in a query the terms that they have in a text of any language', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.nat(6), (text, stemming) => {
        for (const word of wordsOf(text)) {
          expect(queryTokens(word).flatMap(({ terms }) => terms)).to.include.members(
            tokensOf(word, stemming).map(({ term }) => term),
          );
        }
      }),
    );
  });

  it('begin in all their terms with a letter that is mostly plain to see', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        for (const { word } of wordSpans(text)) {
          const initial = initialOfTerms(word);
          if (initial === undefined) continue;
          const terms = queryTokens(word).flatMap((token) => token.terms);
          expect(terms.filter((term) => !term.startsWith(initial))).to.deep.equal([]);
        }
      }),
    );
    expect(initialOfTerms('Whales')).to.equal('w');
    expect(initialOfTerms('Éditions')).to.equal(undefined);
  });

  it('give their term again from the form that is shown, whatever the text and its language', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(6), (text, stemming) => {
        for (const { word, term } of tokensOf(text, stemming)) {
          expect(termOf(word, stemming)).to.equal(term);
          expect(word).to.match(/^[^\s!]{1,40}$/u);
        }
      }),
    );
  });
});
