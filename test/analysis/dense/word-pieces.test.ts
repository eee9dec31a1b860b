import { expect } from 'chai';
import fc from 'fast-check';
import { vocabularyOf } from '../../../node/analysis/dense/vocabulary.ts';
import { WordPieces } from '../../../node/analysis/dense/word-pieces.ts';

const MARKS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
const PIECES = [
  'want',
  '##want',
  '##ed',
  'wa',
  'un',
  'runn',
  '##ing',
  ',',
  '!',
  'hello',
  '博',
  '推',
  '𠀀',
  'ah',
  'zz',
];

function ofLines(pieces: readonly string[]): {
  of: WordPieces;
  told: (text: string, most?: number) => string[];
} {
  const all = [...MARKS, ...pieces];
  const of = new WordPieces(vocabularyOf(`${all.join('\n')}\n`, 'vocab.txt'));
  return { of, told: (text, most = 512) => of.encode(text, most).map((id) => all[id] ?? '?') };
}

/** As the tokenizer.json of a model has it, without what is not read of it. */
function aTokenizer(parts: { normalizer?: object | null; model?: object } = {}): string {
  const vocab = Object.fromEntries([...MARKS, ...PIECES].map((piece, i) => [piece, i]));
  const model = {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab,
    ...parts.model,
  };
  const { normalizer = { type: 'BertNormalizer', lowercase: true } } = parts;
  return JSON.stringify({ normalizer, model });
}

describe('word pieces', () => {
  // The first ones are those of google-research/bert, `tokenization_test.py`.
  const cases: readonly [what: string, text: string, pieces: readonly string[]][] = [
    ['capitals, accents and punctuation', 'UNwantéd,running', ['un', '##want', '##ed', ',', 'runn', '##ing']],
    ['ideographs', 'ah博推zz', ['ah', '博', '推', 'zz']],
    ['white space of all kinds', ' \tHeLLo! \n hello\u00A0\u3000AH ', ['hello', '!', 'hello', 'ah']],
    ['a word that does not come out even', 'unwantedX running', ['[UNK]', 'runn', '##ing']],
    ['ideographs beyond the first plane', '𠀀ah𠀀', ['𠀀', 'ah', '𠀀']],
    ['characters that are not seen', 'he\u0000l\u200Bl\uFFFDo\u0007', ['hello']],
    ['accents apart from their letters', 'he\u0301llo', ['hello']],
    ['a symbol, which is like punctuation', 'ah$zz', ['ah', '[UNK]', 'zz']],
    ['marks that a text has in it', '[SEP]', ['[UNK]', '[UNK]', '[UNK]']],
    ['half of a surrogate pair', 'ah \uD840 zz', ['ah', '[UNK]', 'zz']],
    ['nothing', '', []],
  ];
  for (const [what, text, pieces] of cases) {
    it(`are right for ${what}`, () => {
      expect(ofLines(PIECES).told(text)).to.deep.equal(['[CLS]', ...pieces, '[SEP]']);
    });
  }

  it('keep capitals and accents where the vocabulary has any', () => {
    const { of, told } = ofLines([...PIECES, 'Héllo']);
    expect(of.words('Héllo wörld')).to.deep.equal(['Héllo', 'wörld']);
    expect(told('Héllo hello HELLO')).to.deep.equal(['[CLS]', 'Héllo', 'hello', '[UNK]', '[SEP]']);
  });

  it('end with their mark where the text is too long', () => {
    const { told } = ofLines(PIECES);
    expect(told('unwanted running', 4)).to.deep.equal(['[CLS]', 'un', '##want', '[SEP]']);
    expect(told('unwanted running', 5)).to.deep.equal(['[CLS]', 'un', '##want', '##ed', '[SEP]']);
  });

  it('take a word that is longer than any for unknown', () => {
    const { told } = ofLines(['a', '##a']);
    expect(told('a'.repeat(200))).to.have.length(202);
    expect(told('a'.repeat(201))).to.deep.equal(['[CLS]', '[UNK]', '[SEP]']);
  });

  it('are read from tokenizer.json as from vocab.txt, with what it says of capitals and accents', () => {
    const words = (normalizer: object | null): string[] =>
      new WordPieces(vocabularyOf(aTokenizer({ normalizer }), 'tokenizer.json')).words('Él 博推');
    expect(words({ type: 'BertNormalizer', lowercase: true })).to.deep.equal(['el', '博', '推']);
    expect(words({ type: 'BertNormalizer', lowercase: true, strip_accents: false })).to.deep.equal([
      'él',
      '博',
      '推',
    ]);
    expect(words({ type: 'BertNormalizer', lowercase: false })).to.deep.equal(['Él', '博', '推']);
    expect(words({ type: 'BertNormalizer', handle_chinese_chars: false })).to.deep.equal(['el', '博推']);
    expect(words(null)).to.deep.equal(['Él', '博推']);
  });

  it('have the marks of MPNet where its vocabulary has these', () => {
    const { marks } = vocabularyOf('<s>\n<pad>\n</s>\n<unk>\n[UNK]\n[CLS]\n[SEP]\nword', 'vocab.txt');
    expect(marks).to.deep.equal({ start: 0, padding: 1, end: 2, unknown: 4 });
  });

  const unfit: readonly [what: string, text: string, path: string, message: RegExp][] = [
    ['no marks', 'one\ntwo\n', 'vocab.txt', /no BERT vocabulary/],
    ['no JSON', '{', 'tokenizer.json', /not JSON/],
    [
      'another kind',
      aTokenizer({ model: { type: 'Unigram', vocab: [['a', 0]] } }),
      'tokenizer.json',
      /"Unigram"/,
    ],
    [
      'another normalisation',
      aTokenizer({ normalizer: { type: 'NFKC' } }),
      'tokenizer.json',
      /BERT's normalisation/,
    ],
  ];
  for (const [what, text, path, message] of unfit) {
    it(`are not made with a vocabulary of ${what}`, () => {
      expect(() => vocabularyOf(text, path))
        .to.throw(message)
        .and.include({ code: 'DENSE_BAD_VOCABULARY' })
        .and.property('remedy')
        .not.equal(undefined);
    });
  }

  it('put together are the words again, and never more than asked for', () => {
    const letters = ['a', 'b', 'é', 'Z', '博', '𠀀', ' ', '\n', '.', '$', '\u0000', '\u0301'];
    const text = fc.array(fc.constantFrom(...letters), { maxLength: 60 }).map((all) => all.join(''));
    const pieces = ['a', 'b', 'e', 'z', 'ab', '##ab', '##a', '##b', '##zz', '博', '𠀀', '.', '$'];
    const { of, told } = ofLines(pieces);
    fc.assert(
      fc.property(
        fc.oneof(text, fc.string({ unit: 'grapheme' })),
        fc.integer({ min: 3, max: 70 }),
        (text, most) => {
          const words = of.words(text);
          for (const word of words) {
            const known = ofWord(of.piecesOf(word), [...MARKS, ...pieces]);
            if (known !== undefined) expect(known).to.equal(word);
          }
          const found = told(text, most);
          expect(found.length).to.be.at.most(most);
          expect([found[0], found.at(-1)]).to.deep.equal(['[CLS]', '[SEP]']);
          expect(found).to.deep.equal([
            ...told(text, 10_000)
              .slice(0, -1)
              .slice(0, most - 1),
            '[SEP]',
          ]);
        },
      ),
    );
  });
});

/** Undefined where the word is unknown. */
function ofWord(ids: readonly number[], all: readonly string[]): string | undefined {
  const pieces = ids.map((id) => all[id] ?? '?');
  return pieces.includes('[UNK]') ? undefined : pieces.map((piece) => piece.replace('##', '')).join('');
}
