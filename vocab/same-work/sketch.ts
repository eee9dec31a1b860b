import { firstCharacters, foldedWords, withoutMarkup } from './folding.ts';
import { hash32, minHash } from './minhash.ts';

const MOST_LETTERS = 1_500;
const LEAST_WORDS = 12;
/** Values of a sketch, each 12 bits in two characters. */
const LENGTH = 16;
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A text as a MinHash signature of its pairs of words: 32 characters; empty where it is too short to tell. */
export function sketchOf(text: string): string {
  const words = foldedWords(withoutMarkup(firstCharacters(text, MOST_LETTERS)));
  if (words.length < LEAST_WORDS) return '';
  const shingles = new Uint32Array(words.length);
  let before = 0;
  for (const [i, word] of words.entries()) {
    const hash = hash32(word);
    shingles[i] = Math.imul(before, 31) + hash;
    before = hash;
  }
  let sketch = '';
  for (const value of minHash(shingles, LENGTH))
    sketch += CHARACTERS.charAt((value >>> 26) & 63) + CHARACTERS.charAt((value >>> 20) & 63);
  return sketch;
}

/** The values that the sketches of two texts have in common, of 16. */
export function sketchesInCommon(a: string, b: string): number {
  let same = 0;
  for (let i = 0; i + 1 < a.length; i += 2)
    if (a.charCodeAt(i) === b.charCodeAt(i) && a.charCodeAt(i + 1) === b.charCodeAt(i + 1)) same += 1;
  return same;
}
