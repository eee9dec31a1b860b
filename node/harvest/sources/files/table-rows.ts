import { once } from 'node:events';
import { type CsvError, type Info, parse, type Parser } from 'csv-parse';
import { LONGEST_ENTRY } from './limits.ts';

/** A row as it was read, or what could not be read of the table. */
export type TableRow = { line: number; cells: string[] } | { line: number; trouble: string };

const SWALLOWED = 'A cell holds quotation marks beside delimiters, behind a line break.';
/** Places in one table at which reading was begun anew. Beyond, it is no table. */
const MOST_TROUBLES = 100;

/**
 * The rows of a table (RFC 4180, with any delimiter). Where a quotation mark is never closed, the line in which it stands
 * is left out and reading goes on behind it.
 *
 * @param isSwallowing whether a row looks as if such a mark had made one row of several
 */
export async function* tableRows(
  open: () => AsyncIterable<string>,
  delimiter: string,
  isSwallowing: (cells: readonly string[]) => boolean,
): AsyncGenerator<TableRow> {
  const progress = { passed: 0 };
  for (let troubles = 0; troubles < MOST_TROUBLES; troubles += 1) {
    const trouble = yield* rowsBehind(open, { delimiter, isSwallowing }, progress);
    if (trouble === undefined) return;
    progress.passed += 1;
    yield { line: progress.passed, trouble };
  }
}

/**
 * @param progress lines that are not to be read; those that have been are added
 * @returns what reading broke off for, in the row behind the last that was given
 */
async function* rowsBehind(
  open: () => AsyncIterable<string>,
  { delimiter, isSwallowing }: { delimiter: string; isSwallowing: (cells: readonly string[]) => boolean },
  progress: { passed: number },
): AsyncGenerator<TableRow, string | undefined> {
  const { passed } = progress;
  const rows: { cells: string[]; endsOn: number }[] = [];
  const parser = parse({
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ENTRY,
    record_delimiter: ['\r\n', '\n', '\r'],
    // Taken here and now, so that an error further on loses none of them.
    on_record: (cells: string[], { lines }: Info) => {
      rows.push({ cells, endsOn: passed + lines });
      return null;
    },
  });
  let trouble: string | undefined;
  parser.once('error', ({ message }: CsvError) => {
    trouble = message;
  });
  parser.resume();
  const given = function* (): Generator<TableRow, boolean> {
    for (const { cells, endsOn } of rows.splice(0)) {
      if (isSwallowing(cells)) return false;
      yield { line: Math.max(progress.passed + 1, endsOn - lineBreaksIn(cells)), cells };
      progress.passed = endsOn;
    }
    return true;
  };
  try {
    for await (const chunk of withoutLines(open(), passed)) {
      await written(parser, chunk);
      if (!(yield* given())) return SWALLOWED;
      if (trouble !== undefined) return trouble;
    }
    parser.end();
    if (trouble === undefined) await once(parser, 'close').catch(() => undefined);
    if (!(yield* given())) return SWALLOWED;
    return trouble;
  } finally {
    parser.destroy();
  }
}

function written(parser: Parser, chunk: string): Promise<void> {
  return new Promise((resolve) => {
    parser.write(chunk, () => resolve());
  });
}

function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => (cell.includes('\n') ? sum + cell.split('\n').length - 1 : sum), 0);
}

async function* withoutLines(text: AsyncIterable<string>, lines: number): AsyncGenerator<string> {
  let left = lines;
  for await (const chunk of text) {
    let start = 0;
    while (left > 0) {
      const end = chunk.indexOf('\n', start);
      if (end < 0) break;
      start = end + 1;
      left -= 1;
    }
    if (left === 0) yield chunk.slice(start);
  }
}
