/*
 * The list of authors at the head of a reference, in whatever order and punctuation: "Koehn, P., Och, F.J.:",
 * "P. Koehn and F. J. Och, “", "Philipp Koehn and Franz Och. 2003.", "Koehn P, Och FJ.", "Koehn, Philipp, et al."
 */

/** Longer lists are those of experiments in physics; what comes behind is not looked for. */
const LONGEST = 1_200;

const token = /[\p{L}\p{M}'’`´¨ˆ˜¸ˇ˘-]+|\d+|[^\s]/gu;
const connector = /^(?:and|und|y|e|et|en|og|och|i)$|^&$/;
const others = /^(?:al|alii|others|otros|outros|autres|colab)$/i;
const role = /^(?:eds?|editors?|hrsg|coords?|orgs?|dir|comps?)$/i;
const particle =
  /^(?:van|von|vom|de|der|den|del|della|dell|di|da|das|do|dos|du|d|la|las|le|les|los|lo|bin|ibn|ben|el|al|ter|ten|te|zu|zur|af|av|t|y|e|in|st|jr|sr|ii|iii|iv)$/;
/** "J", "J-B", "WJ", and names that are cut to their first letters. */
const initials = /^-?(?:\p{Lu}(?:['’`-]?\p{Lu}){0,2}|Th|Ch|Chr|Ph|Ju|Yu|Jr|Sr|St|Wm|Ed)$/u;
/** An accent that the PDF set beside its letter, the second letter of "W.-t. Yih", and signs of affiliation. */
const within = /^(?:['’`´¨ˆ˜¸ˇ˘-]+|-\p{Ll}|[)*†‡§\]])$/u;
/** "The same as in the entry before": "——, “A title,”" */
const sameAuthors = /^[—–_―-]{2,}[.,]?/;
const lettersApart = /^[\u0100-\u024f]$/;
/** "deSouza" and "d'Alembert" too. */
const capital = /^['’`´¨ˆ˜¸ˇ˘-]*(?:\p{Ll}{1,4}['’]?)?\p{Lu}/u;
/** Names of scripts without capitals. */
const uncased = /^\p{Lo}/u;
/** Parts of names that only look like initials. */
const title = /^(?:St|Jr|Sr|Th|Ph)$/;
const initialsBehind = /^(?:,\s\p{Lu}\.|\s\p{Lu}{1,3},)/u;
/** "Koehn, P.", "de la Cruz, J.-P.", "Koehn P," */
const surnameAndInitials =
  /^[\p{L}\p{M}'’´¨ˆ˜ˇ -]{2,60}(?:,\s?(?:\p{Lu}|Th|Ch|Yu)\p{Lu}?[.-]|\s\p{Lu}{1,3},)/u;
const editors = /^.?\s?(?:eds?\.?|editors?|hrsg\.?|coords?\.?|orgs?\.?)\)/i;
const year = /^(?:1[5-9]|20)\d\d$/;
const openingQuote = /^[“"„«‟]$/;

/** The way through a list, so far. */
interface Walk {
  /** Behind the last comma, "and", or dot of initials. */
  boundary: number;
  /** The one before, where the last is an "and". */
  beforeAnd: number | undefined;
  /** Words since then. */
  words: number;
  /** Words in all. */
  names: number;
  /** Surnames come first, and the initials behind them end a name: "Koehn, P." or "Koehn P,". */
  isSurnameFirst: boolean;
}

/**
 * Where the list of authors ends, behind its last character: at the full stop behind a name, at the colon, at the year,
 * at the quotation mark, or before the first words that cannot be a name. 0 where the text does not begin with names.
 */
export function authorsEnd(text: string): number {
  const list = text.slice(0, LONGEST);
  const same = sameAuthors.exec(list)?.[0].length;
  if (same !== undefined) return same;
  const isSurnameFirst = surnameAndInitials.test(list.slice(0, 80));
  const walk: Walk = { boundary: 0, beforeAnd: undefined, words: 0, names: 0, isSurnameFirst };
  let before = '';
  for (const { 0: part, index } of list.matchAll(token)) {
    const end = step(walk, part, before, list, index);
    if (end !== undefined) return walk.names === 0 && end < index ? 0 : end;
    before = part;
  }
  return walk.boundary;
}

/** @returns where the list ends, if this part of the text tells */
function step(walk: Walk, part: string, before: string, text: string, index: number): number | undefined {
  const behind = index + part.length;
  if (part === ',' || part === ';') return goOn(walk, behind);
  if (part === '.') return fullStop(walk, before, text, index);
  if (part === ':') return before === '.' || isNamesOnly(walk) ? index : undefined;
  if (part === '(' || part === '[') return editors.test(text.slice(index, index + 12)) ? undefined : index;
  if (openingQuote.test(part) || year.test(part)) return index;
  if (connector.test(part)) return walk.words > 0 ? goOn(walk, behind, true) : undefined;
  if (others.test(part) && connector.test(before)) return text[behind] === '.' ? behind + 1 : behind;
  if (role.test(part) || particle.test(part) || within.test(part)) return undefined;
  if (!isName(part) && !isPieceOfName(walk, part, before, text, behind)) return endBefore(walk, part);
  walk.words += 1;
  walk.names += 1;
  return undefined;
}

function isName(part: string): boolean {
  return capital.test(part) || uncased.test(part);
}

/** "Ł ukasz" and "Grif ths, T.": what a font sets apart, or a PDF loses. */
function isPieceOfName(walk: Walk, part: string, before: string, text: string, behind: number): boolean {
  if (!/^\p{Ll}{1,9}$/u.test(part)) return false;
  return lettersApart.test(before) || (walk.words > 0 && initialsBehind.test(text.slice(behind, behind + 8)));
}

/** Before the words that cannot be a name; an "and" directly before them was one of the title. */
function endBefore(walk: Walk, part: string): number | undefined {
  if (/^\d/.test(part) && walk.words > 0) return undefined;
  return walk.words === 0 ? (walk.beforeAnd ?? walk.boundary) : walk.boundary;
}

function goOn(walk: Walk, boundary: number, isAnd = false): undefined {
  walk.beforeAnd = isAnd ? walk.boundary : undefined;
  walk.boundary = boundary;
  walk.words = 0;
  return undefined;
}

function fullStop(walk: Walk, before: string, text: string, index: number): number | undefined {
  if (initials.test(before) || role.test(before) || within.test(before)) {
    // "Zhu WJ. Title" and "Kim, Y. Title" end here; in "D. Manning" the name goes on.
    if (
      walk.isSurnameFirst &&
      /^\s\p{Lu}[\p{L}'’-]{2}/u.test(text.slice(index + 1, index + 6)) &&
      !title.test(before)
    ) {
      return index + 1;
    }
    if (walk.words > 0) goOn(walk, index + 1);
    return undefined;
  }
  // A dot within a word is none, but "Klein.Constituency" lacks a space.
  return /^\.(?:\s|$|["“”„«(]|\p{Lu}\p{Ll}{2})/u.test(text.slice(index, index + 4)) ? index + 1 : undefined;
}

/** "Philipp Koehn: Title", but not "BLEU: a title". */
function isNamesOnly({ words, names }: Walk): boolean {
  return words >= 2 && words <= 4 && names <= 12;
}
