/*
 * Lists whose entries begin with a number or a label: "[1]", "(1)", "1.", "1)", "[ABC98]".
 */

/** How an entry begins, at the start of a line and within one. */
interface Marks {
  readonly atStart: RegExp;
  readonly within: RegExp;
}

const forms: readonly Marks[] = [
  { atStart: /^\s*\[\s?(\d{1,4})\s?\]/, within: /(?:^|\s)\[\s?(\d{1,4})\s?\](?=\s?\S)/g },
  { atStart: /^\s*\((\d{1,4})\)\s/, within: /(?:^|\s)\((\d{1,4})\)(?=\s\p{L})/gu },
  {
    atStart: /^\s*(?:[-*]\s)?(\d{1,4})[.)](?=\s*[^\s\d])/,
    within: /(?:^|(?<=[.)\]\d]\s))(\d{1,4})\.(?=\s\p{Lu})/gu,
  },
  { atStart: /^\s*(\d{1,4})\s+(?=\p{Lu}[\p{L}'’.-]*[,.\s])/u, within: /(?!)/g },
];
const label = /^\s*\[[\p{L}+'’.-]{1,20}[\s,]?(?:\d{2,4}[a-z]?)?\]\s?(?=\S)/u;

/** A number may be missing where a page was turned. */
const MOST_MISSING = 2;
const FEWEST = 2;

/** The list in pieces, each the lines of one entry; undefined where its entries are not numbered or labelled. */
export function numberedEntries(lines: readonly string[]): string[][] | undefined {
  let best: string[][] = [];
  for (const marks of forms) {
    const entries = byLine(lines, marks.atStart);
    if (entries.length > best.length) best = entries;
  }
  for (const marks of forms.slice(0, 3)) {
    const entries = withinLines(lines, marks.within);
    if (entries.length > best.length * 1.3 + 1) best = entries;
  }
  if (best.length >= FEWEST) return best;
  const labelled = pieces(lines, (line) => label.exec(line.slice(0, 40))?.[0].length);
  return labelled.length > FEWEST ? labelled : undefined;
}

/** The numbers have to rise one by one: so a year or a page number at the start of a line does not begin an entry. */
function byLine(lines: readonly string[], mark: RegExp): string[][] {
  let last: number | undefined;
  return pieces(lines, (line) => {
    const [found = '', number] = mark.exec(line.slice(0, 40)) ?? [];
    if (number === undefined || !follows(Number(number), last)) return undefined;
    last = Number(number);
    return found.length;
  });
}

/** For texts whose lines have been put together: the numbers are looked for in the text. */
function withinLines(lines: readonly string[], mark: RegExp): string[][] {
  const text = lines.join('\n');
  const entries: string[][] = [];
  let last: number | undefined;
  let start = -1;
  for (const { 0: found, 1: number = '', index } of text.matchAll(mark)) {
    if (!follows(Number(number), last)) continue;
    if (start >= 0) entries.push(text.slice(start, index).split('\n'));
    start = index + found.length;
    last = Number(number);
  }
  if (start >= 0) entries.push(text.slice(start).split('\n'));
  return entries;
}

/** A list begins with 1; one that goes on in another chapter may begin anew. */
function follows(number: number, last: number | undefined): boolean {
  if (last === undefined) return number === 1;
  return number > last && number <= last + 1 + MOST_MISSING;
}

/**
 * Cuts lines where entries begin. What stands before the first belongs to none.
 * @param begins the length of the number or sign that an entry begins with at a line; undefined where none begins
 */
export function pieces(
  lines: readonly string[],
  begins: (line: string, at: number) => number | undefined,
): string[][] {
  const entries: string[][] = [];
  for (const [at, line] of lines.entries()) {
    const mark = begins(line, at);
    if (mark === undefined) entries.at(-1)?.push(line);
    else entries.push([line.slice(mark)]);
  }
  return entries;
}
