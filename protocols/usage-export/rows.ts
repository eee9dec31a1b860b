import { type CsvError, parse } from 'csv-parse';
import { JsonObjects } from './json-objects.ts';
import type { ExportRow } from './use.ts';

/** Characters of one row of a table. A visit with a thousand actions has a tenth of it. */
const LONGEST_ROW = 2 * 1024 * 1024;

/** The text of an export: in UTF-16 where its byte order mark says so, as Matomo writes its tables, else in UTF-8. */
export async function* textIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let first = Buffer.alloc(0);
  for await (const piece of bytes) {
    let ready: Uint8Array = piece;
    if (decoder === undefined) {
      first = Buffer.concat([first, piece]);
      if (first.length < 2) continue;
      decoder = new TextDecoder(encodingOf(first));
      ready = first;
    }
    yield decoder.decode(ready, { stream: true });
  }
  if (decoder === undefined) yield first.toString();
  else yield decoder.decode();
}

function encodingOf(start: Uint8Array): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/**
 * The rows of a table (RFC 4180, delimited by comma, semicolon or tab, columns named in the first row) or the objects of a
 * JSON text, as they come; undefined for one that cannot be read. Of a text that ends in the midst of a row, what stands
 * before is given.
 */
export async function* exportRows(text: AsyncIterable<string>): AsyncGenerator<ExportRow | undefined> {
  const pieces = text[Symbol.asyncIterator]();
  let start = '';
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    start += next.value;
    // The heading of a table tells its delimiter.
    if (/^\s*[[{]/.test(start) || start.includes('\n') || start.length > LONGEST_ROW) break;
  }
  const all = withStart(start.replace(/^\uFEFF/, ''), { [Symbol.asyncIterator]: () => pieces });
  yield* /^\s*[[{]/.test(start) ? objectRows(all) : tableRows(all, delimiterOf(start));
}

async function* withStart(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield start;
  yield* rest;
}

function delimiterOf(start: string): string {
  const heading = start.split('\n', 1)[0] ?? '';
  const many = (delimiter: string): number => heading.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, other) => (many(other) > many(best) ? other : best));
}

async function* objectRows(text: AsyncIterable<string>): AsyncGenerator<ExportRow | undefined> {
  const objects = new JsonObjects();
  for await (const piece of text) {
    for (const object of objects.take(piece)) yield object === 'too long' ? undefined : parsed(object.text);
  }
  if (objects.isCut) yield undefined;
}

function parsed(text: string): ExportRow | undefined {
  try {
    return JSON.parse(text) as ExportRow;
  } catch {
    return undefined;
  }
}

async function* tableRows(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<ExportRow | undefined> {
  const rows: (string[] | undefined)[] = [];
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    on_record: (cells: string[]) => {
      rows.push(cells);
      return null;
    },
  });
  let trouble: CsvError | undefined;
  parser.once('error', (error: CsvError) => {
    trouble = error;
  });
  parser.resume();
  let heading: string[] | undefined;
  const given = function* (): Generator<ExportRow | undefined> {
    for (const cells of rows.splice(0)) {
      if (cells === undefined) yield undefined;
      else if (heading === undefined) heading = cells.map((cell) => cell.trim());
      // As many cells as the row has: many short ones under a long heading would take the time of many long ones.
      else yield Object.fromEntries(heading.slice(0, cells.length).map((name, i) => [name, cells[i] ?? '']));
    }
  };
  try {
    for await (const piece of text) {
      await new Promise<void>((resolve) => parser.write(piece, () => resolve()));
      yield* given();
      if (trouble !== undefined) break;
    }
    if (trouble === undefined) {
      await new Promise<void>((resolve) => {
        parser.once('close', resolve);
        parser.end();
      });
    }
    yield* given();
    if (trouble !== undefined) yield undefined;
  } finally {
    parser.destroy();
  }
}
