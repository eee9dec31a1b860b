import { expect } from 'chai';
import fc from 'fast-check';
import { termOf, tokensOf } from '../../../node/analysis/search/text-normalisation.ts';

const terms = (text: string): string[] => tokensOf(text, 10_000).map(({ term }) => term);

describe('the words of a text', () => {
  it('are found in any case, with or without accents, in singular or plural', () => {
    expect(terms('Repositórios, REPOSITORIOS')).to.deep.equal(['repositorio', 'repositorio']);
    expect(terms('Łódź straße Øre')).to.deep.equal(terms('lodz strasse ore'));
    expect(terms('archive')).to.deep.equal(terms('Archives'));
  });

  it('keep a form that can be shown', () => {
    expect(tokensOf('Les dépôts numériques', 10).map(({ word }) => word)).to.deep.equal([
      'dépôts',
      'numériques',
    ]);
  });

  it('leave out stop words of the four languages, unless there is nothing else', () => {
    expect(terms('the state of the art')).to.deep.equal(['state', 'art']);
    expect(terms('el acceso a las revistas')).to.deep.equal(['acceso', 'revista']);
    expect(terms('os periódicos e as teses')).to.deep.equal(['periodico', 'tese']);
    expect(terms("l'accès aux revues")).to.deep.equal(['acc', 'revu']);
    expect(terms('It is what it is')).to.deep.equal(['it', 'is', 'what', 'it', 'is']);
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
    expect(tokensOf('x'.repeat(100_000), 10)[0]?.word).to.have.length(40);
    const [token] = tokensOf(`${'x'.repeat(39)}𝔸𐐀`, 10);
    expect(token?.word).not.to.match(/[\ud800-\udbff]$/);
  });

  it('give their term again from the form that is shown, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        for (const { word, term } of tokensOf(text, 50)) {
          expect(termOf(word)).to.equal(term);
          expect(word).to.match(/^[^\s!]{1,40}$/u);
        }
      }),
    );
  });
});
