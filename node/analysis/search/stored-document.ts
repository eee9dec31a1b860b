import { isMarked, type IndexedDocument } from './document.ts';
import { AS_WRITTEN } from './stemming.ts';
import { termOf } from './text-normalisation.ts';
import { VarintReader, varintLength, writeVarint } from './varint.ts';

/**
 * A document as it is stored: length of the key, key, 1 for a tombstone, the numbers of its facets, number of words and
 * their weights, number of runs of stemmings and the runs, number of position codes and the codes (all varints), and the
 * words with line ends between them. The terms follow from the words and how they are stemmed.
 */
export function encodeDocument(document: IndexedDocument): Uint8Array {
  const { key, tombstone, words, weights, positions, stemmings } = document;
  const { origin, type, access, language, licence, date } = document.facets;
  const head = [tombstone ? 1 : 0, origin, type, access, language, licence, date, weights.length];
  const lists = [head, weights, [stemmings.length], stemmings, [positions.length], positions];
  const text = words.join('\n');
  let length = 1 + key.length + Buffer.byteLength(text);
  for (const list of lists) for (const n of list) length += varintLength(n);
  const bytes = Buffer.allocUnsafe(length);
  bytes[0] = key.length;
  bytes.write(key, 1, 'latin1');
  let at = 1 + key.length;
  for (const list of lists) for (const n of list) at = writeVarint(bytes, at, n);
  bytes.write(text, at);
  return bytes;
}

export function decodeDocument(bytes: Uint8Array): IndexedDocument {
  const key = keyOfDocument(bytes);
  const reader = new VarintReader(bytes, 1 + key.length);
  const list = (): number[] => Array.from({ length: reader.next() }, () => reader.next());
  const tombstone = reader.next() === 1;
  const facets = {
    origin: reader.next(),
    type: reader.next(),
    access: reader.next(),
    language: reader.next(),
    licence: reader.next(),
    date: reader.next(),
  };
  const weights = list();
  const stemmings = list();
  const positions = list();
  const words = weights.length === 0 ? [] : Buffer.from(bytes.subarray(reader.at)).toString().split('\n');
  return { key, tombstone, facets, words, terms: termsOf(words, stemmings), weights, positions, stemmings };
}

function termsOf(words: readonly string[], stemmings: readonly number[]): string[] {
  let run = 0;
  let left = stemmings[1] ?? 0;
  return words.map((word) => {
    if (isMarked(word)) return word;
    while (left === 0 && run < stemmings.length) {
      run += 2;
      left = stemmings[run + 1] ?? 0;
    }
    left -= 1;
    return termOf(word, stemmings[run] ?? AS_WRITTEN);
  });
}

export function keyOfDocument(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(1, 1 + (bytes[0] ?? 0))).toString('latin1');
}
