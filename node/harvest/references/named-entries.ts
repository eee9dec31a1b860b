import { authorsEnd } from './author-list.ts';
import { joinLines } from './joined-lines.ts';
import { pieces } from './numbered-entries.ts';
import { yearBehindAuthors } from './reference-year.ts';

/*
 * Lists whose entries begin with the names of their authors. A PDF does not tell where the hanging indent was, so an
 * entry begins where the line before ends one and this line begins with names and, behind them, a year or a title.
 */

const LOOKED_AT = 600;
/** So many lines may hold the names of the authors. */
const LINES_OF_NAMES = 5;

/** Ends with a stop, a number, a bracket or an address: an entry may be over here. */
const mayEnd = /(?:[.?!)\]”"»]|\d[a-z]?|https?:\/\/\S+|\b10\.\d{4,9}\/\S+)$/u;
/** "pp." and "and" go on in the next line. */
const goesOn = /(?:\b(?:pp|pages|vol|no|eds?|al|proc|in|of|and|&|und|y|et)\.?|[,;:&-])$/iu;
const initialAtEnd = /(?:^|[\s.,-])\p{Lu}\.$/u;
const listMark = /^\s*[•▪◦·*–-]\s+/u;

/** The list in pieces, each the lines of one entry. */
export function namedEntries(lines: readonly string[]): string[][] {
  const bulleted = lines.filter((line) => listMark.test(line)).length;
  if (bulleted >= 3 && bulleted * 8 > lines.length)
    return pieces(lines, (line) => listMark.exec(line)?.[0].length);
  const texts = lines.map((line) => line.trim());
  const begins = texts.map((_, at) => isBeginning(texts, at));
  // Where years stand behind the names, lines that merely look like names and a title begin nothing.
  const dated = begins.filter((kind) => kind === 'dated').length;
  const undated = begins.filter((kind) => kind === 'undated').length;
  const isDated = dated >= undated / 2;
  return pieces(texts, (_, at) =>
    begins[at] === 'dated' || (!isDated && begins[at] === 'undated') ? 0 : undefined,
  );
}

/** Whether an entry begins here, and whether it has its year behind the names. */
function isBeginning(texts: readonly string[], at: number): 'dated' | 'undated' | false {
  const text = texts[at]!;
  if (!/^[\p{Lu}\p{Lo}“"'’\d(]|^(?:van|von|de|der|den|di|da|del|d['’]|al-|el-|ter)\s?/u.test(text))
    return false;
  const before = texts[at - 1];
  if (before !== undefined && !mayBeBehind(before)) return false;
  const head = joinLines(texts.slice(at, at + LINES_OF_NAMES), LOOKED_AT);
  const names = authorsEnd(head);
  if (names === 0) return false;
  const year = yearBehindAuthors(head, names);
  if (year !== undefined) return 'dated';
  return before === undefined || endsEntry(before) ? undatedOr(head, names) : false;
}

function mayBeBehind(before: string): boolean {
  const tail = before.slice(-300);
  // "Alexander M." goes on, where it is not the end of an address or of a list of pages.
  if (initialAtEnd.test(tail.slice(-12))) return /\d/.test(tail.slice(-60));
  return mayEnd.test(tail) && !goesOn.test(tail.slice(-12));
}

/** Names and, behind a stop or a colon, a title. */
function undatedOr(head: string, names: number): 'undated' | false {
  const list = head.slice(0, names);
  const isList = /,|\band\b|&|\bet al|\p{Lu}\./u.test(list);
  return isList && /^[\s.,:;“"]{1,3}[\p{Lu}\p{Lo}\d“"]/u.test(head.slice(names - 1, names + 4))
    ? 'undated'
    : false;
}

/** An entry without a year behind its names ends with one, with pages or with an address. */
function endsEntry(text: string): boolean {
  return /(?:(?:1[5-9]|20)\d\d[a-z]?[)\].]{0,2}|\d[.)]|https?:\/\/\S+|\b10\.\d{4,9}\/\S+)$/.test(
    text.slice(-300),
  );
}
