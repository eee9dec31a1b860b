import type { ComparedTitle } from './compared-title.ts';
import { genericWords, isOfOtherWork } from './generic-words.ts';
import { isOnlyNumbering, type Numbering } from './numbering.ts';
import { isAlikeInLetters, isSlip } from './slips.ts';

/**
 * How far two titles agree:
 * the same letters, by how much the title tells · the same words with slips of the pen · one without its subtitle · nearly the
 * same letters · in two languages, with words that are akin · one without a subtitle that said most of it · most of the
 * words · half of them · in two languages · some words · hardly any.
 */
export const titleLevels = [
  'same long',
  'same medium',
  'same short',
  'same boilerplate',
  'slips long',
  'slips short',
  'without subtitle',
  'alike in letters',
  'translation',
  'without long subtitle',
  'most words',
  'half the words',
  'other language',
  'some words',
  'different',
] as const;
export type TitleLevel = (typeof titleLevels)[number];

export interface TitleComparison {
  level: TitleLevel;
  /** The two titles that were held against one another. */
  titles: readonly [ComparedTitle, ComparedTitle];
  /** Equal but for the number of a part, year or edition, or for one that only one of them has. */
  numbering: 'same' | 'one more' | 'contradicting';
}

const rank = new Map(titleLevels.map((level, i): [TitleLevel, number] => [level, i]));
const HARDLY = 0.25;
/** What some sources say of a contribution in its title and others do not. */
const labels = new Set(
  'panel session tutorial abstract demo demonstration poster paper keynote invited talk extended experience article preprint draft book review foreword preface guest editor editors editorial'.split(
    ' ',
  ),
);

/** The best agreement among the titles of two records; undefined where one has none. */
export function compareTitles(
  a: readonly ComparedTitle[],
  b: readonly ComparedTitle[],
): TitleComparison | undefined {
  let best: TitleComparison | undefined;
  for (const one of a) {
    for (const other of b) {
      const found = compareTwo(one, other);
      if (best === undefined || (rank.get(found.level) ?? 0) < (rank.get(best.level) ?? 0)) best = found;
    }
  }
  return best;
}

function compareTwo(a: ComparedTitle, b: ComparedTitle): TitleComparison {
  const titles = [a, b] as const;
  if (a.letters === b.letters) return { level: `same ${a.weight}`, titles, numbering: 'same' };
  const whole = alignment(a, b);
  const isWhole = whole.isSame;
  if (isWhole) {
    const level = a.weight === 'long' || b.weight === 'long' ? 'slips long' : 'slips short';
    return { level, titles, numbering: heldAgainst(a.numbering, b.numbering) };
  }
  if (lacksSubtitle(a, b) || lacksSubtitle(b, a)) {
    const main = a.main === 0 ? b.mainTitle : a.mainTitle;
    const level = main.weight === 'short' ? 'without long subtitle' : 'without subtitle';
    return { level, titles, numbering: heldAgainst(a.numbering, b.numbering) };
  }
  if (goesOn(a, b) || goesOn(b, a)) {
    const level = a.weight === 'long' && b.weight === 'long' ? 'without subtitle' : 'without long subtitle';
    return { level, titles, numbering: 'same' };
  }
  if (whole.isSameButForLabel)
    return { level: 'without subtitle', titles, numbering: heldAgainst(a.numbering, b.numbering) };
  return { level: levelOf(whole, a, b), titles, numbering: heldAgainst(a.numbering, b.numbering) };
}

/** Whether `short` is what stands before the subtitle of `long`, which says enough by itself; the number of a part aside. */
function lacksSubtitle(short: ComparedTitle, long: ComparedTitle): boolean {
  if (long.main === 0 || !isOnlyNumbering(short.list.slice(short.mainTitle.list.length))) return false;
  const [one, other] = [short.mainTitle, long.mainTitle];
  if (other.weight === 'boilerplate') return false;
  if (short.main === 0 && isOfOtherWork(long.list.slice(long.main))) return false;
  return one.letters === other.letters || alignment(one, other).isSame;
}

/** Whether `long` says all that `short` says and goes on, by more than the number of a part. */
function goesOn(short: ComparedTitle, long: ComparedTitle): boolean {
  const isTelling = short.weight === 'long' || short.weight === 'medium';
  if (!isTelling || long.list.length < short.list.length + 2) return false;
  if (!long.words.startsWith(`${short.words} `)) return false;
  return !isOfOtherWork(long.list.slice(short.list.length));
}

interface Alignment {
  /** The share of letters, in telling words, that both have (Dice). */
  share: number;
  /** Nothing telling is in one of them only. */
  isSame: boolean;
  /** Nothing but what kind of contribution it is ("tutorial", "extended abstract"). */
  isSameButForLabel: boolean;
}

/** Which words both have, slips of the pen and words written in two included. */
function alignment(a: ComparedTitle, b: ComparedTitle): Alignment {
  const counts = new Map<string, number>();
  for (const token of b.tokens) counts.set(token, (counts.get(token) ?? 0) + 1);
  let common = 0;
  let ofA = 0;
  const left: string[] = [];
  for (const token of a.tokens) {
    const weight = weightOf(token);
    ofA += weight;
    const count = counts.get(token) ?? 0;
    if (count > 0) {
      counts.set(token, count - 1);
      common += weight;
    } else {
      left.push(token);
    }
  }
  let ofB = 0;
  const right: string[] = [];
  for (const token of b.tokens) {
    ofB += weightOf(token);
    const count = counts.get(token) ?? 0;
    if (count === 0) continue;
    counts.set(token, count - 1);
    right.push(token);
  }
  const total = ofA + ofB;
  if (total === 0) return { share: 0, isSame: false, isSameButForLabel: false };
  // So few words in common are not made many by slips.
  if ((2 * common) / total < HARDLY && left.length > 2 && right.length > 2)
    return { share: (2 * common) / total, isSame: false, isSameButForLabel: false };
  const slipped = matchSlips(left, right);
  const isSame = slipped.left === 0 && slipped.right === 0 && common + slipped.common > 0;
  return {
    share: (2 * common + slipped.common) / total,
    isSame,
    isSameButForLabel: slipped.areLabels && common >= 12,
  };
}

/** Pairs what is left over on both sides. @returns the letters paired, and how much telling remains on each side */
function matchSlips(
  left: readonly string[],
  right: readonly string[],
): { common: number; left: number; right: number; areLabels: boolean } {
  const free = new Set(right.keys());
  let common = 0;
  let remaining = 0;
  let areLabels = true;
  for (let i = 0; i < left.length; i++) {
    const word = left[i] ?? '';
    const at = [...free].find((j) => isSlip(word, right[j] ?? ''));
    if (at !== undefined) {
      free.delete(at);
      common += weightOf(word) + weightOf(right[at] ?? '');
      continue;
    }
    const joined = [...free].find((j) => right[j] === word + (left[i + 1] ?? ' '));
    const split = [...free].find((j) => word === (right[j] ?? '') + (right[j + 1] ?? ' '));
    if (joined !== undefined) {
      free.delete(joined);
      common += 2 * weightOf(right[joined] ?? '');
      i += 1;
    } else if (split !== undefined) {
      free.delete(split);
      free.delete(split + 1);
      common += 2 * weightOf(word);
    } else {
      remaining += tells(word);
      areLabels &&= tells(word) === 0 || labels.has(word);
    }
  }
  let further = 0;
  for (const j of free) {
    const word = right[j] ?? '';
    further += tells(word);
    areLabels &&= tells(word) === 0 || labels.has(word);
  }
  return { common, left: remaining, right: further, areLabels };
}

/** Function words are no difference; a word of a heading ("editorial", "review") is one. */
const tells = (word: string): number => (word.length <= 3 && genericWords.has(word) ? 0 : word.length);
const weightOf = (word: string): number => (genericWords.has(word) ? 1 : word.length);

function levelOf({ share }: Alignment, a: ComparedTitle, b: ComparedTitle): TitleLevel {
  if (share >= 0.3 && isAlikeInLetters(a.letters, b.letters)) return 'alike in letters';
  const isInTwoLanguages =
    share < 0.8 &&
    a.guessedLanguage !== undefined &&
    b.guessedLanguage !== undefined &&
    a.guessedLanguage !== b.guessedLanguage;
  if (isInTwoLanguages) return shareAkin(a, b) >= 0.3 ? 'translation' : 'other language';
  if (share >= 0.8) return 'most words';
  if (share >= 0.55) return 'half the words';
  return share >= 0.3 ? 'some words' : 'different';
}

/** The share of telling words that are akin: names and numbers stay in a translation, and learned words change their ends. */
function shareAkin(a: ComparedTitle, b: ComparedTitle): number {
  const telling = ({ list }: ComparedTitle): string[] =>
    list.filter((word) => word.length > 3 && !genericWords.has(word));
  const [ofA, ofB] = [telling(a), telling(b)];
  const free = new Set(ofB.keys());
  for (const word of ofA) {
    const at = [...free].find((j) => areAkin(word, ofB[j] ?? ''));
    if (at !== undefined) free.delete(at);
  }
  const akin = ofB.length - free.size;
  return akin / Math.max(1, Math.min(ofA.length, ofB.length));
}

function areAkin(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  let same = 0;
  while (same < shorter && a.charCodeAt(same) === b.charCodeAt(same)) same += 1;
  return same >= 4 && same * 2 >= Math.max(a.length, b.length);
}

function heldAgainst(a: Numbering, b: Numbering): TitleComparison['numbering'] {
  if (a.all.length === 0 && b.all.length === 0) return 'same';
  const [onlyInA, onlyInB] = [without(a.all, b.all), without(b.all, a.all)];
  if (onlyInA.length === 0 && onlyInB.length === 0) return 'same';
  if (onlyInA.length > 0 && onlyInB.length > 0) return 'contradicting';
  const isPart = onlyInA.some((n) => a.parts.includes(n)) || onlyInB.some((n) => b.parts.includes(n));
  return isPart ? 'contradicting' : 'one more';
}

function without(numbers: readonly string[], others: readonly string[]): string[] {
  return numbers.filter((number) => !others.includes(number));
}
