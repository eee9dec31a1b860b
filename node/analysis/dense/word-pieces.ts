import type { Vocabulary } from './vocabulary.ts';

/** ASCII that is neither letter nor digit counts as punctuation, symbols such as $ included, and what Unicode calls so. */
const PUNCTUATION = String.raw`!-\/:-@\[-\x60\{-~\p{P}`;
const WORDS = new RegExp(`[${PUNCTUATION}]|[^${PUNCTUATION}\\s]+`, 'gu');
/** Tabs and ends of lines are white space. */
const UNSEEN = /\uFFFD|(?![\t\n\r])[\p{Cc}\p{Cf}]/gu;
const BLANK = /\p{Zs}/gu;
const MARKS = /\p{Mn}/gu;
/** The blocks of CJK Unified Ideographs with extensions A to E, and of compatibility ideographs. */
const IDEOGRAPH =
  /[\u4E00-\u9FFF\u3400-\u4DBF\u{20000}-\u{2A6DF}\u{2A700}-\u{2CEAF}\uF900-\uFAFF\u{2F800}-\u{2FA1F}]/gu;

/**
 * Takes texts apart into the pieces of words that a BERT model knows, by the published method (Devlin et al. 2018,
 * google-research/bert `tokenization.py`; the options are those of BertNormalizer in Hugging Face's tokenizers): characters
 * that are not seen are dropped, ideographs and punctuation are words of their own, accents and capitals go where the
 * vocabulary has none; then of each word the longest piece in the vocabulary, again and again, and where that does
 * not come out even, the whole word is unknown.
 *
 * Names of marks in a text ("[SEP]") are words like others: a record cannot pretend to have ended.
 */
export class WordPieces {
  readonly vocabulary: Vocabulary;
  readonly #longestPiece: number;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
    this.#longestPiece = [...vocabulary.ids.keys()].reduce((most, { length }) => Math.max(most, length), 0);
  }

  /** The numbers of the first pieces, between the marks of start and end: `most` with these. */
  encode(text: string, most: number): number[] {
    const { start, end } = this.vocabulary.marks;
    const ids = [start];
    for (const word of this.words(text)) {
      ids.push(...this.piecesOf(word));
      if (ids.length >= most - 1) break;
    }
    ids.length = Math.min(ids.length, most - 1);
    ids.push(end);
    return ids;
  }

  /** The words of a text as the vocabulary has them. */
  words(text: string): string[] {
    const { isCleaned, areIdeographsApart, isLowerCase, isWithoutAccents } = this.vocabulary;
    let left = text;
    if (isCleaned) left = left.replace(UNSEEN, '').replace(BLANK, ' ');
    if (areIdeographsApart) left = left.replace(IDEOGRAPH, ' $& ');
    if (isLowerCase) left = left.toLowerCase();
    if (isWithoutAccents) left = left.normalize('NFD').replace(MARKS, '');
    return left.match(WORDS) ?? [];
  }

  /** The numbers of the pieces of one word. */
  piecesOf(word: string): number[] {
    const { ids, prefix, marks, longestWord } = this.vocabulary;
    const characters = Array.from(word);
    if (characters.length > longestWord) return [marks.unknown];
    const pieces: number[] = [];
    let at = 0;
    while (at < characters.length) {
      let to = Math.min(characters.length, at + this.#longestPiece);
      let id: number | undefined;
      for (; to > at; to--) {
        id = ids.get((at === 0 ? '' : prefix) + characters.slice(at, to).join(''));
        if (id !== undefined) break;
      }
      if (id === undefined) return [marks.unknown];
      pieces.push(id);
      at = to;
    }
    return pieces;
  }
}
