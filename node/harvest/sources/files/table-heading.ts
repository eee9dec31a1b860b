import { columnNamed } from '../../../../vocab/crosswalks/index.ts';

/** How the cells of a table are parted, in the order in which they are tried. */
const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** Some programs put lines above the heading: what was asked for, and when. */
const MOST_LINES_ABOVE = 10;

/**
 * How the cells of a table are parted: as it is said in a first line `sep=;`, as Excel has it; else so that most columns
 * of its heading are known. `undefined` where the text has no heading with a column that is known.
 */
export function delimiterOf(head: string): Delimiter | undefined {
  const said = /^\uFEFF?"?sep=(.)"?\r?\n/i.exec(head)?.[1];
  const lines = head.split(/\r?\n|\r/).slice(0, MOST_LINES_ABOVE);
  const counts = delimiters.map((delimiter) => ({
    delimiter,
    known: Math.max(0, ...lines.map((line) => knownColumns(line.split(delimiter)))),
  }));
  const best = counts.reduce((most, count) => (count.known > most.known ? count : most));
  if (best.known === 0) return undefined;
  return delimiters.find((delimiter) => delimiter === said) ?? best.delimiter;
}

/** Whether a row of cells is the heading. */
export function isHeading(cells: readonly string[]): boolean {
  return knownColumns(cells) > 0;
}

function knownColumns(cells: readonly string[]): number {
  return cells.filter((cell) => columnNamed(unquoted(cell)) !== undefined).length;
}

function unquoted(cell: string): string {
  return cell
    .trim()
    .replace(/^\uFEFF/, '')
    .replace(/^"([\s\S]*)"$/, '$1');
}
