import type { Reference } from '../../../vocab/record.ts';
import { authorsEnd } from './author-list.ts';
import { cut, joinLines } from './joined-lines.ts';
import { quotedTitleEnd } from './quoted-title.ts';
import { referenceIdentifier } from './reference-identifier.ts';
import { LONGEST_TITLE, titleEnd } from './reference-title.ts';
import { yearBehindAuthors, yearElsewhere } from './reference-year.ts';

/** Of a reference more is not looked at. */
export const LONGEST_REFERENCE = 2_000;
/** What is kept of its text (`Reference.text`). */
const LONGEST_KEPT = 500;

/** "[12]", "[ABC+98]", "12.", "(12)", "12)", "•": what a list sets before its entries. */
const label = /^(?:\[[^\]\s][^\]]{0,30}\]|\(\d{1,4}\)|\d{1,4}[.)](?=\s|\p{Lu})|[•*–-]\s)\s*/u;
const organisation =
  /^(\p{Lu}[^.“"():;\d]{2,120}?)(?:\.?\s\((?:19|20)\d\d[a-z]?\)|\.\s(?:19|20)\d\d[a-z]?\.|[,.]\s[“"])/u;
const separators = /^[\s.,;:)\]]+/;

/**
 * An entry of a list of references, taken apart: its identifier, title and year as far as they can be told, whatever the
 * style. The text stays as it stands, without its number and in one line.
 */
export function parseReference(written: string): Reference {
  const text = joinLines(
    written.slice(0, 2 * LONGEST_REFERENCE).split(/[\r\n\u2028\u2029]+/),
    LONGEST_REFERENCE,
  )
    .replace(label, '')
    .trim();
  const identifier = referenceIdentifier(text);
  const { title, year } = titleAndYear(text);
  return {
    text: cut(text, LONGEST_KEPT),
    ...(identifier !== undefined && { identifier }),
    ...(title !== undefined && { title }),
    ...(year !== undefined && { year }),
  };
}

function titleAndYear(text: string): { title: string | undefined; year: string | undefined } {
  const authors = Math.max(authorsEnd(text), organisationEnd(text));
  const dated = yearBehindAuthors(text, authors);
  const from = dated?.end ?? authors;
  const separator = separators.exec(text.slice(from, from + 20))?.[0] ?? '';
  const start = from + separator.length;
  const end = quotedTitleEnd(text, start) ?? titleEnd(text, start, isAfterComma(text, from, separator));
  return { title: cleanTitle(text.slice(start, end)), year: dated?.year ?? yearElsewhere(text, end) };
}

/** An organisation as author has words that no name has: it is what stands before the year or the quoted title. */
function organisationEnd(text: string): number {
  const name = organisation.exec(text.slice(0, 200))?.[1] ?? '';
  const words = name.match(/[\p{L}\p{M}'’-]+/gu) ?? [];
  const capitals = words.filter((word) => /^\p{Lu}/u.test(word)).length;
  return words.length <= 10 && capitals * 2 >= words.length ? name.length : 0;
}

function isAfterComma(text: string, from: number, separator: string): boolean {
  return separator.trimStart().startsWith(',') || (text[from - 1] === ',' && !separator.includes('.'));
}

/** Undefined where what is left is no title: a page number, an address, nothing. */
function cleanTitle(found: string): string | undefined {
  const title = found
    .replace(/^[\s”»’',.;:*_]+/, '')
    .replace(/[\s“„«*_,.;:(]+$/, '')
    .replace(/^["“„«‘`]+(?=[^"”»]*$)/, '')
    .replace(/^([^"“«]*)["”»]+$/, '$1')
    .trim();
  const letters = title.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 4 || /^(?:https?:|www\.|doi\b|arxiv\b|url\b)/i.test(title)) return undefined;
  return cut(title, LONGEST_TITLE);
}
