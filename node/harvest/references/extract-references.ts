import type { Reference } from '../../../vocab/record.ts';
import { cut, joinLines } from './joined-lines.ts';
import { namedEntries } from './named-entries.ts';
import { numberedEntries } from './numbered-entries.ts';
import { withoutFurniture } from './page-furniture.ts';
import { LONGEST_REFERENCE, parseReference } from './parse-reference.ts';
import { referenceSections } from './section.ts';

/** Of a longer text only the end is looked at, where the references are. */
const LONGEST_TEXT = 5_000_000;
const MOST_LINES = 100_000;
const LONGEST_LINE = 500_000;
const MOST_REFERENCES = 2_000;
const SHORTEST_CUT = 200;
/** Entries in a row that do not look like references: the list is over, though nothing said so. */
const MOST_STRANGE = 4;

const lineEnd = /\r\n|[\n\r\f\v\u2028\u2029]/;

/**
 * The references that a text lists under "References", "Bibliografía" and the like, in order: at most 2,000.
 *
 * @param text of a PDF or a page, with its line ends
 */
export function extractReferences(text: string): Reference[] {
  const lines = withoutFurniture(linesOf(text));
  const references: Reference[] = [];
  for (const section of referenceSections(lines)) {
    let strange = 0;
    const entries = (numberedEntries(section) ?? namedEntries(section)).slice(0, MOST_REFERENCES);
    for (const written of withoutWhatFollows(entries.map((entry) => joinLines(entry, LONGEST_REFERENCE)))) {
      if (references.length >= MOST_REFERENCES) return references;
      const reference = parseReference(written);
      if (isReference(reference)) {
        references.push(reference);
        strange = 0;
      } else strange += 1;
      if (strange > MOST_STRANGE) break;
    }
  }
  return references;
}

function linesOf(text: string): string[] {
  return text
    .slice(-LONGEST_TEXT)
    .split(lineEnd)
    .filter((line) => line.trim() !== '')
    .slice(-MOST_LINES)
    .map((line) => line.slice(0, LONGEST_LINE));
}

/** What follows the list unannounced would be part of its last entry: that is cut to the length of the longest before it. */
function withoutWhatFollows(entries: readonly string[]): string[] {
  const longest = entries.slice(0, -1).reduce((most, { length }) => Math.max(most, length), 0);
  return entries.map((entry, i) =>
    i > 0 && i === entries.length - 1 ? cut(entry, Math.max(longest, SHORTEST_CUT)) : entry,
  );
}

/** A table of contents, body text and leftovers have no year, no identifier, or no title. */
function isReference({ text, identifier, title, year }: Reference): boolean {
  if (text.length < 15) return false;
  return identifier !== undefined || (title !== undefined && (year !== undefined || text.length >= 40));
}
