import { hash32, type WorkProfile } from '../../../vocab/same-work/index.ts';

/** Numbers of 32 bits in an outline. */
export const OUTLINE = 13;

/** Where what lies in an outline: bits of words, bits of names, bands of the abstract, page and languages, and by what a large block is parted. */
const [TITLE, NAMES, ABSTRACT, TRAITS, AUTHOR, YEAR, REST] = [0, 4, 8, 9, 10, 11, 12] as const;

/** Letters by which words and names begin: their ends are inflected, or cut off. */
const OF_WORD = 5;
const OF_NAME = 3;
/** The shares of the words, and of the names, of the record that has fewer, from which on they say something. */
const MOST_WORDS = 0.7;
const SOME_WORDS = 0.35;
const FEW_WORDS = 0.25;
const MOST_NAMES = 0.6;

/**
 * A record in 52 bytes: enough to see, without a look at the disk, that two records which met in a block are not worth
 * comparing, and by what a block of too many is parted.
 */
export function outlineOf(profile: WorkProfile): Uint32Array {
  const outline = new Uint32Array(OUTLINE);
  const { sketch, authors, year = '', publication } = profile;
  let languages = 0;
  for (const title of profile.titles) {
    for (const token of title.tokens)
      if (token.length > 1) mark(outline, TITLE, token, 0, Math.min(OF_WORD, token.length));
    const { guessedLanguage } = title;
    if (guessedLanguage !== undefined) languages |= 1 << (hash32(guessedLanguage) & 15);
  }
  for (const { family, given } of authors.names) {
    markNames(outline, family, OF_NAME);
    // Of one author it is not always told right which is the surname, and a slip in it would leave nothing.
    if (authors.names.length === 1) markNames(outline, given, 1);
  }
  if (sketch !== '')
    outline[ABSTRACT] = ((hash32(sketch, 0, 8) & 0xffff) << 16) | (hash32(sketch, 8, 16) & 0xffff);
  const [first] = authors.names;
  const author = first?.family ?? '';
  const { title, volume, first: page } = publication;
  outline[TRAITS] = (languages << 16) | (page === '' ? 0 : hash32(page) & 0xffff);
  outline[AUTHOR] = author === '' ? 0 : hash32(author);
  outline[YEAR] = year === '' ? 0 : hash32(String(year));
  outline[REST] = hash32([author, first?.given.charAt(0) ?? '', year, title, volume, page].join('/'));
  return outline;
}

/** What each of the names, with a space between two, begins with. */
function markNames(outline: Uint32Array, names: string, letters: number): void {
  for (let from = 0; from < names.length;) {
    const space = names.indexOf(' ', from);
    const to = space < 0 ? names.length : space;
    if (to > from) mark(outline, NAMES, names, from, Math.min(from + letters, to));
    from = to + 1;
  }
}

/** One bit of 128, by a part of a text. */
function mark(outline: Uint32Array, at: number, text: string, from: number, to: number): void {
  const hash = hash32(text, from, to);
  const place = at + ((hash >>> 5) & 3);
  outline[place] = (outline[place] ?? 0) | (1 << (hash & 31));
}

/**
 * Whether two records that met in a block may have enough in common: most of the words; or some of the words and a name;
 * or most of the names and the page, or titles in two languages; or the abstract. What one of them does not say is no difference.
 */
export function mayBeOneWork(a: Uint32Array, b: Uint32Array): boolean {
  const words = shareOf(a, b, TITLE);
  if (words >= MOST_WORDS) return true;
  const names = shareOf(a, b, NAMES);
  if (names === 0) return false;
  if (words >= SOME_WORDS || isEither(a, b, ABSTRACT)) return true;
  if (names < MOST_NAMES) return false;
  if (words >= FEW_WORDS) return true;
  const [one, other] = [a[TRAITS] ?? 0, b[TRAITS] ?? 0];
  const [languages, others] = [one >>> 16, other >>> 16];
  if (languages !== 0 && others !== 0 && languages !== others) return true;
  return (one & 0xffff) !== 0 && ((one ^ other) & 0xffff) === 0;
}

/** By what a block of too many is parted; 0 where no author or year is told. */
export function partedBy(outline: Uint32Array): { author: number; year: number; rest: number } {
  return { author: outline[AUTHOR] ?? 0, year: outline[YEAR] ?? 0, rest: outline[REST] ?? 0 };
}

/** Whether both have the one half in common, or the other. */
function isEither(a: Uint32Array, b: Uint32Array, at: number): boolean {
  const [one, other] = [a[at] ?? 0, b[at] ?? 0];
  if (one === 0 || other === 0) return false;
  const difference = one ^ other;
  return (difference & 0xffff) === 0 || difference >>> 16 === 0;
}

/** The share of the bits of the one that has fewer; 1 where one has none. */
function shareOf(a: Uint32Array, b: Uint32Array, at: number): number {
  let [ofA, ofB, common] = [0, 0, 0];
  for (let i = at; i < at + 4; i++) {
    const [one, other] = [a[i] ?? 0, b[i] ?? 0];
    ofA += ones(one);
    ofB += ones(other);
    common += ones(one & other);
  }
  const fewer = Math.min(ofA, ofB);
  return fewer === 0 ? 1 : common / fewer;
}

function ones(bits: number): number {
  let sum = bits - ((bits >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
