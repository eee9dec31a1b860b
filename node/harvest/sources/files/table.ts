import { type JsonObject, TableCells } from '../../../../vocab/crosswalks/index.ts';
import { itemOf } from './identity.ts';
import {
  type FileContext,
  type FileReader,
  type Piece,
  type Place,
  problemAt,
  type Reading,
  readingOf,
  unreadable,
} from './piece.ts';
import { delimiterOf, isHeading } from './table-heading.ts';
import { tableRows } from './table-rows.ts';
import { tableFacts } from './table-facts.ts';

/** Rows in a row that describe one item, as EPrints writes an item with several authors. */
const MOST_MERGED = 10_000;
/** Columns that are read. */
const MOST_COLUMNS = 2_000;

/** A table: CSV, TSV and their like, with the names of the columns in the first row, or in one of the first. */
export function table(head: string): FileReader | undefined {
  const delimiter = delimiterOf(head);
  if (delimiter === undefined) return undefined;
  return async function* (open, context) {
    let heading: Heading | undefined;
    let group: { rows: string[][]; line: number } | undefined;
    const swallowed = new RegExp(`\\n[^]*(?:[${delimiter}]"|"[${delimiter}])`);
    const isSwallowing = (cells: readonly string[]): boolean =>
      heading !== undefined && cells.some((cell) => cell.includes('\n') && swallowed.test(cell));
    for await (const row of tableRows(open, delimiter, isSwallowing)) {
      if ('trouble' in row) {
        if (group !== undefined) yield pieceOf(group, heading!, context);
        group = undefined;
        yield broken(row.line, row.trouble, context);
        continue;
      }
      const { cells, line } = row;
      if (heading === undefined) {
        if (isHeading(cells)) heading = new Heading(cells);
        continue;
      }
      if (group !== undefined && heading.isSameItem(group.rows, cells)) {
        if (group.rows.length < MOST_MERGED) group.rows.push(cells);
        continue;
      }
      if (group !== undefined) yield pieceOf(group, heading, context);
      group = { rows: [cells], line };
    }
    if (group !== undefined) yield pieceOf(group, heading!, context);
  };
}

/** The names of the columns. */
class Heading {
  readonly names: readonly string[];
  /** How many columns there are. */
  readonly width: number;
  /** Of EPrints' own number of an item: rows that share it describe one item. */
  readonly #itemColumn: number;

  constructor(cells: readonly string[]) {
    this.width = lastFilled(cells) + 1;
    this.names = cells.slice(0, Math.min(this.width, MOST_COLUMNS)).map((cell) => cell.trim());
    this.#itemColumn = this.names.indexOf('eprintid');
  }

  isSameItem([first]: readonly string[][], cells: readonly string[]): boolean {
    const id = cells[this.#itemColumn];
    return this.#itemColumn >= 0 && id !== '' && id === first?.[this.#itemColumn];
  }

  /** The values of an item by the names of their columns; several rows, or columns of one name, give a list. */
  fields(rows: readonly (readonly string[])[]): JsonObject {
    const values = new Map<string, string[]>();
    for (const [i, name] of this.names.entries()) {
      if (name === '') continue;
      const column = rows.map((cells) => cells[i] ?? '');
      const texts = values.get(name) ?? [];
      for (const text of column.slice(0, lastFilled(column) + 1)) texts.push(text);
      values.set(name, texts);
    }
    return Object.fromEntries(
      [...values].map(([name, texts]) => [name, texts.length > 1 ? texts : (texts[0] ?? '')]),
    );
  }
}

function lastFilled(texts: readonly string[]): number {
  return texts.findLastIndex((text) => text.trim() !== '');
}

function pieceOf(
  { rows, line }: { rows: string[][]; line: number },
  heading: Heading,
  context: FileContext,
): Piece {
  return { read: () => readRow(rows, heading, { context, line }) };
}

function readRow(rows: readonly string[][], heading: Heading, place: Place): Reading {
  const columns = heading.width;
  const filled = Math.max(...rows.map((cells) => lastFilled(cells) + 1));
  if (filled > columns) {
    const what = `this row has ${filled} cells, and the table ${columns} columns`;
    const reading = unreadable('FILE_ROW_UNEVEN', what, place);
    return { ...reading, problems: reading.problems.map((problem) => ({ ...problem, severity: 'error' })) };
  }
  const fields = heading.fields(rows);
  const cells = new TableCells(fields);
  if (cells.isEmpty) {
    const isBlank = filled === 0;
    return isBlank
      ? { items: [], problems: [], lost: 0 }
      : unreadable('FILE_ENTRY_EMPTY', 'this row has neither title nor identifier', place);
  }
  const metadata = { format: 'table', text: JSON.stringify(fields), fields };
  const item = itemOf(tableFacts(cells, metadata), place);
  const shortest = Math.min(...rows.map(({ length }) => length));
  if (shortest >= columns) return readingOf(item);
  const what = `this row has ${shortest} cells, and the table ${columns} columns`;
  return readingOf(item, [
    { ...problemAt('FILE_ROW_UNEVEN', what, place), oaiIdentifier: item.oaiIdentifier },
  ]);
}

function broken(line: number, detail: string, context: FileContext): Piece {
  const what = 'a quotation mark in this row is never closed';
  return { read: () => unreadable('FILE_ENTRY_UNREADABLE', what, { context, line }, detail) };
}
