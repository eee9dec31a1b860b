import { isTombstone, type Holding } from '../../../vocab/record.ts';
import { packWeight } from './postings.ts';
import { termOf, tokensOf } from './text-normalisation.ts';
import { VarintReader, varintLength, writeVarint } from './varint.ts';

/** What a holding is found by: its terms, each with the first word that gave it and its weight (`packWeight`). */
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

interface Occurrence {
  word: string;
  content: number;
  creators: number;
}

/** What is indexed of a holding: title, abstract, subjects and creators of a record, the title of a tombstone. */
export function documentOf(key: string, holding: Holding): IndexedDocument {
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
  return {
    key,
    tombstone: isTombstone(holding),
    words: found.map(({ word }) => word),
    terms: [...occurrences.keys()],
    weights: found.map(({ content, creators }) => packWeight(content, creators)),
  };
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
  return { key, tombstone, words, terms: words.map(termOf), weights };
}

export function keyOfDocument(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(1, 1 + (bytes[0] ?? 0))).toString('latin1');
}
