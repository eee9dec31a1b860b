import type { Problem } from '../../issues/issue.ts';
import type { SourceItem } from '../source.ts';
import { type FileProblemCode, fileProblem } from './problems.ts';

/** What came of reading a piece of a file. */
export interface Reading {
  items: readonly SourceItem[];
  problems: readonly Problem[];
  /** Records that may be missing, without anything that says which. */
  lost: number;
}

/**
 * What stands for one record in a file: a line, a row, an entry. Finding the next one is cheap; it is read when it is
 * asked for, so that who goes on in the middle of a file passes over what comes before.
 */
export interface Piece {
  read(): Reading;
}

/** What is known of the file around an entry. */
export interface FileContext {
  /** Name of the source. */
  source: string;
  /** Name of the file. */
  file: string;
  /** When the file was changed: the datestamp of entries that have none. UTC, to the second. */
  datestamp: string;
}

/** Finds the pieces of a file. `open` gives its text from the beginning, each time it is called. */
export type FileReader = (open: () => AsyncIterable<string>, context: FileContext) => AsyncIterable<Piece>;

/** Where an entry begins. */
export interface Place {
  context: FileContext;
  /** From 1. */
  line: number;
}

export function readingOf(item: SourceItem, problems: readonly Problem[] = []): Reading {
  return { items: [item], problems, lost: 0 };
}

/** Something that is not read, with the reason. Which record it is nobody knows. */
export function unreadable(code: FileProblemCode, what: string, place: Place, detail?: string): Reading {
  return { items: [], problems: [problemAt(code, what, place, detail)], lost: 1 };
}

/** A problem with its place. */
export function problemAt(
  code: FileProblemCode | (string & {}),
  what: string,
  { context: { file }, line }: Place,
  detail?: string,
): Problem {
  return fileProblem(code, `${file}, line ${line}: ${what}`, {
    place: { file, line },
    about: `${file} ${line}`,
    ...(detail !== undefined && { detail: detail.slice(0, 2000) }),
  });
}
