import { VarintReader } from '../postings/varint.ts';
import type { Lexicon } from '../text/lexicon.ts';
import { isMarked, isMarkedAt } from '../text/marked-terms.ts';
import { AS_WRITTEN, type Stemming } from '../text/stemming.ts';
import { initialOfTerms } from '../text/text-normalisation.ts';
import { currentLexicon, termOf } from '../text/tokens.ts';
import type { IndexedDocument } from './document.ts';

const LINE_END = 0x0a;

/**
 * A document as it is stored: length of the key, key, 1 for a tombstone, the numbers of its facets, number of words and
 * their weights, number of runs of stemmings and the runs, number of position codes and the codes (all varints), and the
 * words with line ends between them. The terms follow from the words and how they are stemmed.
 */
export interface StoredTerms {
  bytes: Uint8Array;
  /** Where the weights begin in the bytes, where the position codes do, and where those end. */
  weightsAt: number;
  codesAt: number;
  codesEnd: number;
  /** The numbers of the terms in a lexicon. */
  terms: readonly number[];
  lexicon: Lexicon;
}

/** What the postings take of a stored document. No text is made of its words. */
export function storedTerms(bytes: Uint8Array): StoredTerms {
  const reader = new VarintReader(bytes, 1 + (bytes[0] ?? 0));
  reader.skip(HEAD);
  const count = reader.next();
  const weightsAt = reader.at;
  reader.skip(count);
  const stemmingOfNext = inRuns(reader.many(reader.next()));
  const codes = reader.next();
  const codesAt = reader.at;
  reader.skip(codes);
  const codesEnd = reader.at;
  const lexicon = currentLexicon();
  const terms: number[] = [];
  for (let from = codesEnd; terms.length < count;) {
    const lineEnd = bytes.indexOf(LINE_END, from);
    const to = lineEnd === -1 ? bytes.length : lineEnd;
    terms.push(
      isMarkedAt(bytes, from)
        ? lexicon.numberOfTerm(textOf(bytes, from, to))
        : lexicon.termOf(lexicon.numberAt(bytes, from, to, stemmingOfNext())),
    );
    from = to + 1;
  }
  return { bytes, weightsAt, codesAt, codesEnd, terms, lexicon };
}

export function decodeDocument(bytes: Uint8Array): IndexedDocument {
  const { lexicon, terms, codesEnd } = storedTerms(bytes);
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
  const [weights, stemmings, positions] = [list(), list(), list()];
  return {
    key,
    tombstone,
    facets,
    words: terms.length === 0 ? [] : wordsFrom(bytes, codesEnd),
    terms: terms.map((term) => lexicon.term(term)),
    weights,
    positions,
    stemmings,
  };
}

/** Tombstone and facets. */
const HEAD = 7;

/** How a document writes a term that it has: what `decodeDocument` would tell, without making the terms of all its words. */
export function wordOfTerm(bytes: Uint8Array, term: string): string | undefined {
  const reader = new VarintReader(bytes, 1 + (bytes[0] ?? 0));
  reader.skip(HEAD);
  reader.skip(reader.next());
  const stemmingOfNext = inRuns(reader.many(reader.next()));
  reader.skip(reader.next());
  return wordsFrom(bytes, reader.at).find((word) => {
    if (isMarked(word)) return word === term;
    const stemming = stemmingOfNext();
    const initial = initialOfTerms(word);
    return (initial === undefined || term.startsWith(initial)) && termOf(word, stemming) === term;
  });
}

function wordsFrom(bytes: Uint8Array, at: number): string[] {
  return textOf(bytes, at, bytes.length).split('\n');
}

const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString();

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
