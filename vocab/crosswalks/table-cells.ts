import type { JsonObject } from './crosswalk.ts';
import { isObject, textOf } from './json-values.ts';
import { type Column, columnNamed } from './table-columns.ts';

/** One value of a row. */
export interface Cell {
  text: string;
  language?: string;
  /** The value itself, where it is an object of JSON: an author with name and ORCID. */
  object?: JsonObject;
}

/** More than any honest cell holds. */
const mostValues = 10_000;

/** What DSpace puts behind a value that comes from an authority file: `Smith, John::3a2c…::600`. */
const authority = /::[^:|]{0,100}::-?\d{1,3}$/;

/** The values of one row, by what their columns hold, whatever these are called. */
export class TableCells {
  readonly #cells = new Map<Column, Cell[]>();

  constructor(fields: JsonObject) {
    for (const [heading, value] of Object.entries(fields)) {
      const named = columnNamed(heading);
      if (named === undefined) continue;
      const { column, language } = named;
      const cells = this.#cells.get(column) ?? [];
      for (const cell of cellsIn(value)) cells.push(language === undefined ? cell : { ...cell, language });
      this.#cells.set(column, cells);
    }
  }

  /** All values that are not empty. */
  of(column: Column): Cell[] {
    return this.inPlace(column).filter(({ text, object }) => text !== '' || object !== undefined);
  }

  texts(column: Column): string[] {
    return this.of(column).flatMap(({ text }) => (text === '' ? [] : [text]));
  }

  /** The first value; the empty text where there is none. */
  first(column: Column): string {
    return this.texts(column)[0] ?? '';
  }

  /** The same with those that are empty, so that the third given name is that of the third family name. */
  inPlace(column: Column): readonly Cell[] {
    return this.#cells.get(column) ?? [];
  }

  /** Whether there is anything by which the record could be recognised or found. */
  get isEmpty(): boolean {
    const telling: readonly Column[] = ['oai', 'title', 'doi', 'identifier', 'published doi', 'isbn'];
    return telling.every((column) => this.first(column) === '');
  }
}

/** Several values in one cell are parted by `||`, as DSpace does; JSON has lists. */
function cellsIn(value: unknown): Cell[] {
  if (Array.isArray(value)) return value.slice(0, mostValues).flatMap(cellsIn);
  if (isObject(value)) {
    const text = ['name', 'title', 'value', 'label', 'url', 'href', 'id'].map((name) => textOf(value[name]));
    return [{ text: text.find((one) => one !== '') ?? '', object: value }];
  }
  if (typeof value === 'number') return [{ text: String(value) }];
  if (typeof value !== 'string') return [];
  return value.split('||', mostValues).map((part) => ({ text: part.trim().replace(authority, '') }));
}
