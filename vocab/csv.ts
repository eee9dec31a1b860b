/**
 * Tables as CSV (RFC 4180), or as tab-separated values, that people open in spreadsheets. They begin with a byte order mark, by
 * which spreadsheets know UTF-8; and what a spreadsheet would take for a formula is text to it with an apostrophe before it
 * (OWASP, CSV Injection).
 */

export type CsvCell = string | number | undefined;

/** The first line, with the byte order mark. */
export function csvHead(names: readonly string[]): string {
  return `\ufeff${csvLine(names)}`;
}

/** A line. Values that are several stand in one cell, a line each. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/** The first line of tab-separated values, with the byte order mark. */
export function tsvHead(names: readonly string[]): string {
  return `\ufeff${tsvLine(names)}`;
}

/** A line of tab-separated values (IANA, text/tab-separated-values): no cell can have a tab or a line break in it. */
export function tsvLine(cells: readonly CsvCell[]): string {
  return `${cells.map((value) => safe(value).replace(/[\t\r\n]+/g, ' ')).join('\t')}\r\n`;
}

/** With what is left out before them (OWASP ASVS 5, 1.2.10), and as they are written in East Asian texts. */
// oxlint-disable-next-line no-control-regex -- these are what it is about
const FORMULA = /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/;

function safe(value: CsvCell): string {
  return typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value ?? '');
}

function cell(value: CsvCell): string {
  const text = safe(value);
  return typeof value === 'string' && /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
