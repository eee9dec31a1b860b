import type { Agent } from '../record.ts';
import { firstCharacters, foldedWords, isNumber, withoutMarkup } from './folding.ts';
import { areFormsOfOneName, isInitialOf } from './given-names.ts';
import { isNearly, isSlip } from './slips.ts';

const MOST_LETTERS = 120;
const MOST_WORDS = 8;
/** Letters and spaces that one form of a name may have less than the other. */
const MOST_MISSING = 6;
/** Parts of surnames that some sources leave out or put elsewhere, and what follows a name. */
const particles = new Set(
  'al bin da das de del della den der di dos du e el ibn la le les ten ter van von y zu zur jr sr ii iii iv'.split(
    ' ',
  ),
);
const isParticle = (word: string): boolean => particles.has(word);
/** A letter that stands apart because it is written as an entity: `K &#246; nig`, `&#193; lvaro`. */
const letterApart = /(\p{L} )?(&(?:#x?)?[0-9a-z]{2,8};) (?=\p{Ll})/giu;
const umlautInTwoLetters = /([aou])e/g;

/** A name as it is compared: folded, particles left out. */
export interface ComparedName {
  /** Words of the surname, or the whole of an organisation's name. */
  family: string;
  /** Words or initials. */
  given: string;
}

export function comparedName({ name, family, given, kind }: Agent): ComparedName | undefined {
  if (kind === 'organisation') return named(telling(name).join(' '), '');
  const comma = name.indexOf(',');
  if (family !== undefined) {
    const rest = given ?? (comma > 0 ? name.slice(comma + 1) : '');
    return named(telling(family).join(' '), words(rest).join(' '));
  }
  if (comma > 0)
    return named(telling(name.slice(0, comma)).join(' '), telling(name.slice(comma + 1)).join(' '));
  const all = telling(name);
  // "Knoth P." and "Knoth PJ" have the surname first, "P. Knoth" and "Petr Knoth" last.
  const isFirst = all.length > 1 && (all.at(-1) ?? '').length === 1 && (all[0] ?? '').length > 1;
  return isFirst
    ? named(all[0] ?? '', all.slice(1).join(' '))
    : named(all.at(-1) ?? '', all.slice(0, -1).join(' '));
}

function named(family: string, given: string): ComparedName | undefined {
  if (family === '' && given === '') return undefined;
  // "Müller" is folded to "muller", and so "Mueller" has to be.
  const plain = (text: string): string =>
    text.includes('e') ? text.replace(umlautInTwoLetters, '$1') : text;
  return family === '' ? { family: plain(given), given: '' } : { family: plain(family), given: plain(given) };
}

function words(text: string): string[] {
  const short = firstCharacters(text, MOST_LETTERS);
  const whole = short.includes('&') ? short.replace(letterApart, joined) : short;
  const all = foldedWords(withoutMarkup(whole));
  // The years of a life, as catalogues have them behind a name.
  const kept = all.some(isNumber) ? all.filter((word) => !isNumber(word)) : all;
  return kept.length > MOST_WORDS ? kept.slice(0, MOST_WORDS) : kept;
}

/** A capital begins another word, unless a capital stands before it. */
function joined(_: string, before = '', entity: string): string {
  const letter = withoutMarkup(entity);
  const isBeginning = letter !== letter.toLowerCase() && before === before.toLowerCase();
  return (isBeginning ? before : before.trimEnd()) + letter;
}

function telling(text: string): string[] {
  const all = words(text);
  if (!all.some(isParticle)) return all;
  const kept = all.filter((word) => !isParticle(word));
  return kept.length > 0 ? kept : all;
}

/** Whether two names may be of one person: 0 no, 1 perhaps (surname alone, or a slip in it), 2 yes. */
export function namesAgree(a: ComparedName, b: ComparedName): 0 | 1 | 2 {
  if (a.family === b.family) {
    if (a.given === '' || b.given === '') return a.given === b.given ? 2 : 1;
    if (givenAgree(a.given, b.given)) return 2;
    return isNearly(a.given, b.given) ? 1 : 0;
  }
  if (a.given === '' && b.given === '') return isSlip(a.family, b.family) ? 1 : 0;
  if (shareEnd(a.family, b.family)) return givenAgree(a.given, b.given) ? 1 : 0;
  if (isSlip(a.family, b.family) && givenAgree(a.given, b.given))
    return a.given === b.given && a.given.length > 2 ? 2 : 1;
  return lettersAgree(a, b);
}

/** "garcia marquez" and "garcia", or "marquez". */
function shareEnd(a: string, b: string): boolean {
  if (!a.includes(' ') && !b.includes(' ')) return false;
  const [ofA, ofB] = [a.split(' '), b.split(' ')];
  return ofA[0] === ofB[0] || ofA.at(-1) === ofB.at(-1) || ofA.join('') === ofB.join('');
}

/**
 * The same letters with surname and given name told apart in another way, or cut in pieces where accents were lost on the
 * way ("h ctor garc a molina").
 */
function lettersAgree(a: ComparedName, b: ComparedName): 0 | 1 | 2 {
  const [length, other] = [a.family.length + a.given.length, b.family.length + b.given.length];
  if (Math.abs(length - other) > MOST_MISSING) return 0;
  const one = together(a.given, a.family);
  const two = [together(b.given, b.family), together(b.family, b.given)];
  if (two.includes(one)) return 2;
  return one.length >= 8 && two.some((letters) => isSlip(one, letters)) ? 1 : 0;
}

const together = (first: string, second: string): string => (first + second).replaceAll(' ', '');

function givenAgree(a: string, b: string): boolean {
  if (a === b || a === '' || b === '') return true;
  const [ofA, ofB] = [a.split(' '), b.split(' ')];
  const [first = '', other = ''] = [ofA[0], ofB[0]];
  if (firstNamesAgree(first, other)) return true;
  if (ofA.join('') === ofB.join('')) return true;
  // A middle name in place of the first: one initial of the shorter has to stand somewhere in the longer.
  const [few, many] = ofA.length <= ofB.length ? [ofA, ofB] : [ofB, ofA];
  return many.length > 1 && few.every((name) => many.some((with_) => firstNamesAgree(name, with_)));
}

function firstNamesAgree(a: string, b: string): boolean {
  if (a.length === 1 || b.length === 1) return a.length === 1 ? isInitialOf(a, b) : isInitialOf(b, a);
  return a.startsWith(b) || b.startsWith(a) || isSlip(a, b) || areFormsOfOneName(a, b);
}
