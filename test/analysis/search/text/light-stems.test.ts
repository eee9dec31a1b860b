import { expect } from 'chai';
import fc from 'fast-check';
import {
  french,
  german,
  italian,
  portuguese,
  spanish,
} from '../../../../node/analysis/search/text/light-stems.ts';
import { allStems, stemmingOf, stemOf } from '../../../../node/analysis/search/text/stemming.ts';

describe('light stems', () => {
  const alike: [string, (word: string) => string, string[][]][] = [
    [
      'Spanish',
      spanish,
      [
        ['repositorio', 'repositorios'],
        ['universidad', 'universidades'],
        ['voz', 'voces'],
        ['revista', 'revistas'],
      ],
    ],
    [
      'Portuguese',
      portuguese,
      [
        ['publicacao', 'publicacoes'],
        ['digital', 'digitais'],
        ['nivel', 'niveis'],
        ['margem', 'margens'],
        ['cientifico', 'cientifica', 'cientificos'],
      ],
    ],
    [
      'French',
      french,
      [
        ['journal', 'journaux'],
        ['depose', 'deposer', 'deposes', 'deposee'],
        ['ouverte', 'ouvertes'],
      ],
    ],
    [
      'German',
      german,
      [
        ['haus', 'hauser', 'hausern'],
        ['bibliothek', 'bibliotheken'],
        ['offen', 'offene', 'offener'],
      ],
    ],
    [
      'Italian',
      italian,
      [
        ['biblioteca', 'biblioteche'],
        ['archivio', 'archivi'],
        ['digitale', 'digitali'],
      ],
    ],
  ];
  for (const [language, stem, groups] of alike) {
    it(`of ${language} are one for the forms of a word`, () => {
      for (const [first = '', ...others] of groups) {
        for (const other of others) expect(stem(other), `${first}, ${other}`).to.equal(stem(first));
      }
    });
  }

  it('leave short words alone, and the first letter of every word', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'aeiosxrnmtuzcyg'.split('')), minLength: 1, maxLength: 12 }),
        (word) => {
          for (const stem of allStems(word)) expect(stem.charAt(0)).to.equal(word.charAt(0));
          if (word.length < 3)
            for (const stem of [spanish, portuguese, french, german, italian])
              expect(stem(word)).to.equal(word);
        },
      ),
    );
  });

  it('go by the main language, and are English where it is not known', () => {
    expect(stemOf('publicacoes', stemmingOf('pt-BR'))).to.equal('publicaca');
    expect(stemmingOf(undefined)).to.equal(stemmingOf('en-GB'));
    expect(stemmingOf('xx')).to.equal(stemmingOf('en'));
  });
});
