/**
 * Tables as CSV (RFC 4180) that people open in spreadsheets. They begin with a byte order mark, by which spreadsheets know
 * UTF-8; and what a spreadsheet would take for a formula is text to it with an apostrophe before it (OWASP, CSV Injection).
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

/** With what is left out before them (OWASP ASVS 5, 1.2.10), and as they are written in East Asian texts. */
// oxlint-disable-next-line no-control-regex -- these are what it is about
const FORMULA = /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/;

function cell(value: CsvCell): string {
  if (typeof value !== 'string') return String(value ?? '');
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
