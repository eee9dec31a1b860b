import { firstCharacters, foldedWords, withoutMarkup } from './folding.ts';
import { HASH_OF_NOTHING, hash32, minHash, mixed, withUnit } from './minhash.ts';

const MOST_LETTERS = 1_500;
const LEAST_WORDS = 12;
/** Values of a sketch, each 12 bits in two characters. */
const LENGTH = 16;
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A text as a MinHash signature of its pairs of words: 32 characters; empty where it is too short to tell. */
export function sketchOf(text: string): string {
  const hashes = hashesOfWords(withoutMarkup(firstCharacters(text, MOST_LETTERS)));
  if (hashes.length < LEAST_WORDS) return '';
  const shingles = new Uint32Array(hashes.length);
  let before = 0;
  for (let i = 0; i < hashes.length; i++) {
    const hash = hashes[i] ?? 0;
    shingles[i] = Math.imul(before, 31) + hash;
    before = hash;
  }
  let sketch = '';
  for (const value of minHash(shingles, LENGTH))
    sketch += CHARACTERS.charAt((value >>> 26) & 63) + CHARACTERS.charAt((value >>> 20) & 63);
  return sketch;
}

/** The hash of each word; plain text is not cut into its words for that, of which an abstract has two hundred. */
function hashesOfWords(text: string): Uint32Array {
  if (!plain.test(text)) {
    const words = foldedWords(text);
    return new Uint32Array(words.length).map((_, i) => hash32(words[i] ?? ''));
  }
  const hashes = room;
  let count = 0;
  let hash = HASH_OF_NOTHING;
  let isWithin = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    const isCapital = sign >= 65 && sign <= 90;
    if (isCapital || (sign >= 97 && sign <= 122) || (sign >= 48 && sign <= 57)) {
      hash = withUnit(hash, isCapital ? sign + 32 : sign);
      isWithin = true;
    } else if (isWithin && sign !== APOSTROPHE && sign !== GRAVE) {
      hashes[count++] = mixed(hash);
      hash = HASH_OF_NOTHING;
      isWithin = false;
    }
  }
  if (isWithin) hashes[count++] = mixed(hash);
  return hashes.subarray(0, count);
}

/** For one text at a time: between two words stands a sign at least, and what was an entity is not longer than that. */
const room = new Uint32Array(MOST_LETTERS);

/** ASCII, and no question marks in place of lost letters. */
const plain = /^[ ->@-~]*$/;
const APOSTROPHE = 39;
const GRAVE = 96;

/** The values that the sketches of two texts have in common, of 16. */
export function sketchesInCommon(a: string, b: string): number {
  let same = 0;
  for (let i = 0; i + 1 < a.length; i += 2)
    if (a.charCodeAt(i) === b.charCodeAt(i) && a.charCodeAt(i + 1) === b.charCodeAt(i + 1)) same += 1;
  return same;
}
