import { isTombstone, type Holding } from '../../../vocab/record.ts';
import { packWeight } from './postings.ts';
import { termOf, tokensOf, tokensOfWord } from './text-normalisation.ts';
import { VarintReader, varintLength, writeVarint } from './varint.ts';

/**
 * What a holding is found by: its terms, each with the first word that gave it and its weight (`packWeight`). Those that
 * only its full text has come last, as terms of their own (`inText`): word and term are the same then, and the weight is
 * a level from 1 to 3. So nothing that is said of titles and abstracts, counts and lengths among it, is other with full
 * texts than without.
 */
export interface IndexedDocument {
  key: string;
  tombstone: boolean;
  words: readonly string[];
  terms: readonly string[];
  weights: readonly number[];
}

/** A word of the title counts as much as two of the abstract or the subjects. */
const TITLE_WEIGHT = 2;

/**
 * What is read of one record, so that no record costs more than many: far more than any abstract has, and some hundred
 * creators.
 */
const MOST_TOKENS = 10_000;
const MOST_TERMS = 1_000;
const MOST_TERMS_IN_TEXT = 20_000;

/** Before a term that stands for its occurrence in full texts. No word has it. */
const IN_TEXT = '~';
/** How often a word occurs in a full text, as a level. */
const levels = [
  { level: 3, from: 10 },
  { level: 2, from: 3 },
  { level: 1, from: 1 },
];

/** The term under which those are indexed that have another one in their full text only. */
export const inText = (term: string): string => IN_TEXT + term;

interface Occurrence {
  word: string;
  content: number;
  creators: number;
}

/**
 * What is indexed of a holding: title, abstract, subjects, creators and full text of a record, the title of a tombstone.
 * @param textWords distinct words of the full text, with how often they occur
 */
export function documentOf(
  key: string,
  holding: Holding,
  textWords: ReadonlyMap<string, number> = new Map(),
): IndexedDocument {
  const occurrences = new Map<string, Occurrence>();
  let left = MOST_TOKENS;
  const read = (text: string, content: number, creators: number): void => {
    if (left <= 0) return;
    for (const { word, term } of tokensOf(text, left)) {
      left -= 1;
      const known = occurrences.get(term);
      if (known !== undefined) {
        known.content += content;
        known.creators += creators;
      } else if (occurrences.size < MOST_TERMS) {
        occurrences.set(term, { word, content, creators });
      }
    }
  };
  for (const { value } of holding.titles) read(value, TITLE_WEIGHT, 0);
  if (!isTombstone(holding)) {
    for (const { value } of holding.subjects) read(value, 1, 0);
    for (const { value } of holding.abstracts) read(value, 1, 0);
    for (const { name } of holding.creators) read(name, 0, 1);
  }
  const found = [...occurrences.values()];
  const text = textTerms(textWords, occurrences);
  return {
    key,
    tombstone: isTombstone(holding),
    words: [...found.map(({ word }) => word), ...text.keys()],
    terms: [...occurrences.keys(), ...text.keys()],
    weights: [
      ...found.map(({ content, creators }) => packWeight(content, creators)),
      ...Array.from(text.values(), (times) => levels.find(({ from }) => times >= from)?.level ?? 1),
    ],
  };
}

/** Terms of a full text that the description does not have, marked, with how often they occur. */
function textTerms(
  words: ReadonlyMap<string, number>,
  described: { has(term: string): boolean },
): Map<string, number> {
  const terms = new Map<string, number>();
  for (const [word, times] of words) {
    for (const { term, isStopWord } of tokensOfWord(word)) {
      if (isStopWord || described.has(term)) continue;
      const marked = inText(term);
      const before = terms.get(marked);
      if (before !== undefined || terms.size < MOST_TERMS_IN_TEXT) terms.set(marked, (before ?? 0) + times);
    }
  }
  return terms;
}

/**
 * A document as it is stored: length of the key, key, 1 for a tombstone, number of words, their weights (varints), and
 * the words with line ends between them. The terms follow from the words.
 */
export function encodeDocument({ key, tombstone, words, weights }: IndexedDocument): Uint8Array {
  const text = words.join('\n');
  const lengths = weights.reduce((sum, weight) => sum + varintLength(weight), varintLength(weights.length));
  const bytes = Buffer.allocUnsafe(2 + key.length + lengths + Buffer.byteLength(text));
  bytes[0] = key.length;
  bytes.write(key, 1, 'latin1');
  bytes[1 + key.length] = tombstone ? 1 : 0;
  let at = writeVarint(bytes, 2 + key.length, weights.length);
  for (const weight of weights) at = writeVarint(bytes, at, weight);
  bytes.write(text, at);
  return bytes;
}

export function decodeDocument(bytes: Uint8Array): IndexedDocument {
  const key = keyOfDocument(bytes);
  const reader = new VarintReader(bytes, 1 + key.length);
  const tombstone = reader.next() === 1;
  const weights = Array.from({ length: reader.next() }, () => reader.next());
  const words = weights.length === 0 ? [] : Buffer.from(bytes.subarray(reader.at)).toString().split('\n');
  const terms = words.map((word) => (word.startsWith(IN_TEXT) ? word : termOf(word)));
  return { key, tombstone, words, terms, weights };
}

export function keyOfDocument(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(1, 1 + (bytes[0] ?? 0))).toString('latin1');
}
