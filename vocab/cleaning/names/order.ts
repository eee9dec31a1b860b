import type { Agent } from '../../record.ts';
import { spanishGivenNames } from './given-names.ts';
import { organisationIn } from './organisations.ts';
import { inLowerCase, particle, person } from './person.ts';
import {
  allVietnameseSurnames,
  chineseSurnames,
  hungarianGivenNames,
  hungarianSurnames,
  koreanSurnames,
  portugueseSurnames,
  spanishSurnames,
  vietnameseSurnames,
} from './surnames.ts';

/** The agent of a name that is nothing but a name. */
export function agentNamed(name: string): Agent {
  if (organisationIn(name)) return { name, kind: 'organisation' };
  const [family = '', ...parts] = name.split(',').map((part) => part.trim());
  const given = parts.filter((part) => part !== '');
  if (family === '') return inNaturalOrder(given.join(' '));
  if (given.length === 0) return inNaturalOrder(family);
  if (given.length === 1 && suffix.test(given[0]!)) return inNaturalOrder(`${family} ${given[0]!}`);
  return person(family, given.join(', '));
}

const initials = /^\p{Lu}(?:\.?-?\p{Lu}){0,2}\.?$/u;
const suffix = /^(?:jr|sr|junior|senior|ii|iii|iv)\.?$/i;
/** In Brazil and Portugal these are part of the family name. */
const familySuffix = /^(?:filho|neto|sobrinho|júnior)$/i;

function inNaturalOrder(name: string): Agent {
  const words = name.split(' ');
  if (words.length === 1 || words.length > 6 || !/^[\p{L}\p{M}.'’‘\- ]+$/u.test(name)) {
    return { name, kind: 'unknown' };
  }
  const ending = words.length > 2 && suffix.test(words.at(-1)!) ? words.pop()! : '';
  const start = familyStart(words);
  if (start === undefined) return { name, kind: 'person' };
  const split = Math.abs(start);
  const [before, after] = [words.slice(0, split).join(' '), words.slice(split).join(' ')];
  const [family, given] = start < 0 ? [before, after] : [after, before];
  // "LIU Yang": with the whole name at hand, capitals can only mean the family name.
  const inCapitals = start < 0 && /\p{Lu}{3}/u.test(family) && /\p{Ll}/u.test(given);
  return person(inCapitals ? inLowerCase(family) : family, [given, ending].filter(Boolean).join(', '));
}

/**
 * Where in a name in natural order the family name begins; as many words as it has, negative, where it stands first;
 * `undefined` where that cannot be told.
 */
function familyStart(words: readonly string[]): number | undefined {
  const last = words.length - 1;
  // As PubMed and Scopus have it: Smith JA, Smith J.-P.
  const initialsFrom = words.findLastIndex((word) => !initials.test(word)) + 1;
  if (initialsFrom <= last && words.slice(0, initialsFrom).some((word) => /\p{Ll}/u.test(word)))
    return words.slice(0, initialsFrom).some((word) => initials.test(word)) ? undefined : -initialsFrom;
  const capitals = words.findIndex((word) => !/^\p{Lu}{3,}(?:[-'’]\p{Lu}+)*$/u.test(word));
  // As in French: DUPONT Jean. Initials without points may be three, but have no vowel.
  if (capitals > 0 && /[AEIOUYÀ-Ý]/.test(words[0]!) && /^\p{Lu}\p{Ll}/u.test(words[capitals]!))
    return -capitals;
  const first = familyFirst(words);
  if (first !== false) return first;

  let start = last;
  if (familySuffix.test(words[last]!) && last > 1 && !words[last - 1]!.endsWith('.')) start -= 1;
  // Ortega y Gasset
  if (start >= 3 && /^(?:y|e|i)$/.test(words[start - 1]!)) start -= 2;
  while (start > 1 && particle.test(words[start - 1]!)) start -= 1;
  return spanishStart(words, start) ?? start;
}

/** Two family names, as in Spanish: "Gabriel García Márquez", "Carlos de la Fuente García". */
function spanishStart(words: readonly string[], start: number): number | undefined {
  const last = words.at(-1)!;
  if (start < 2 || !spanishGivenNames.has(words[0]!) || portugueseSurnames.has(plain(last))) return undefined;
  if (words.some((word) => /^(?:da|das|do|dos)$/i.test(word))) return undefined;
  const before = words[start - 1]!;
  if (!isSpanishSurname(before)) {
    const isDouble =
      isSpanishSurname(last) && start > 2 && /^(?:de|del|la|las|los)$/i.test(words[start - 2]!);
    if (!isDouble || inGivenName.test(before)) return undefined;
  }
  let double = start - 1;
  while (double > 1 && particle.test(words[double - 1]!)) double -= 1;
  return double;
}

/** María del Carmen, Juan de Dios, María de los Ángeles: no family names. */
const inGivenName =
  /^(?:carmen|mar|pilar|rosario|[aá]ngeles|dolores|luz|jes[uú]s|dios|lourdes|f[aá]tima|socorro|milagros|paz|consuelo|roc[ií]o|sol|mercedes|concepci[oó]n|pino|remedios|nieves|asunci[oó]n|cielo|valle)$/i;

function isSpanishSurname(word: string): boolean {
  const folded = plain(word);
  return spanishSurnames.has(folded) || /^\p{Lu}\p{L}{2,}ez$/u.test(word);
}

/**
 * Names of which the family name stands first: as many words as it has, negative. `undefined` where both orders are as
 * likely ("Yang Liu"), `false` where nothing speaks for it.
 */
function familyFirst(words: readonly string[]): number | undefined | false {
  const [first, last] = [plain(words[0]!), plain(words.at(-1)!)];
  if (vietnameseSurnames.has(first)) return allVietnameseSurnames.has(last) ? undefined : -1;
  if (hungarianSurnames.has(first) && hungarianGivenNames.has(last)) return -1;
  if (words.length !== 2) return false;
  if (koreanSurnames.has(first) && !koreanSurnames.has(last) && /^[a-z]{2,6}-[a-z]{2,6}$/.test(last))
    return -1;
  if (!chineseSurnames.has(first)) return false;
  if (chineseSurnames.has(last)) return undefined;
  return twoSyllables.test(last) ? -1 : false;
}

/** A given name of two syllables in Pinyin: Xiaoming, Jian-guo. */
const twoSyllables =
  /^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|a|o|e|i|u)-?){2}$/;

function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').toLowerCase();
}
