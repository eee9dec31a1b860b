import { isMarked, type IndexedDocument } from './document.ts';
import { AS_WRITTEN, type Stemming } from './stemming.ts';
import { initialOfTerms, termOf } from './text-normalisation.ts';
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
  const list = (): number[] => reader.many(reader.next());
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
  const words = weights.length === 0 ? [] : wordsFrom(bytes, reader.at);
  return { key, tombstone, facets, words, terms: termsOf(words, stemmings), weights, positions, stemmings };
}

/** Tombstone and facets. */
const HEAD = 7;

/** How a document writes a term that it has: what `decodeDocument` would tell, without making the terms of all its words. */
export function wordOfTerm(bytes: Uint8Array, term: string): string | undefined {
  const reader = new VarintReader(bytes, 1 + (bytes[0] ?? 0));
  const skip = (count: number): void => {
    for (let left = count; left > 0; left -= 1) reader.next();
  };
  skip(HEAD);
  skip(reader.next());
  const stemmingOfNext = inRuns(Array.from({ length: reader.next() }, () => reader.next()));
  skip(reader.next());
  return wordsFrom(bytes, reader.at).find((word) => {
    if (isMarked(word)) return word === term;
    const stemming = stemmingOfNext();
    const initial = initialOfTerms(word);
    return (initial === undefined || term.startsWith(initial)) && termOf(word, stemming) === term;
  });
}

function wordsFrom(bytes: Uint8Array, at: number): string[] {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, bytes.length - at)
    .toString()
    .split('\n');
}

function termsOf(words: readonly string[], stemmings: readonly number[]): string[] {
  const stemmingOfNext = inRuns(stemmings);
  return words.map((word) => (isMarked(word) ? word : termOf(word, stemmingOfNext())));
}

/** The stemming of one word after another, of those that are stemmed. */
function inRuns(stemmings: readonly number[]): () => Stemming {
  let run = 0;
  let left = stemmings[1] ?? 0;
  return () => {
    while (left === 0 && run < stemmings.length) {
      run += 2;
      left = stemmings[run + 1] ?? 0;
    }
    left -= 1;
    return stemmings[run] ?? AS_WRITTEN;
  };
}

export function keyOfDocument(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(1, 1 + (bytes[0] ?? 0))).toString('latin1');
}
