/*
 * What pages have at their edges and what is no part of the text: page numbers, running heads and feet.
 */

const onlyNumber =
  /^[-–—\s]*(?:page\s|p\.\s?|página\s|seite\s)?(\d{1,6})(?:\s*(?:of|de|\/|von)\s*\d{1,4})?[-–—\s]*$/i;
/** Page numbers of a text lie at least so many lines apart. */
const FEWEST_LINES = 8;
const MOST_LINES = 400;
const HEAD_REPEATS = 3;
const LONGEST_HEAD = 120;

/** The text's lines without page numbers and running heads. */
export function withoutFurniture(lines: readonly string[]): string[] {
  const numbers = pageNumbers(lines);
  const heads = runningHeads(lines, numbers);
  return lines.filter((line, i) => !numbers.has(i) && !heads.has(headForm(line)));
}

/** Lines that hold nothing but a number, where another such line holds the next or the last one, a page away. */
function pageNumbers(lines: readonly string[]): Set<number> {
  const found: { at: number; number: number }[] = [];
  for (const [at, line] of lines.entries()) {
    if (line.length > 30) continue;
    const number = onlyNumber.exec(line)?.[1];
    if (number !== undefined && !isYear(Number(number))) found.push({ at, number: Number(number) });
  }
  const pages = new Set<number>();
  let last = new Map<number, number>();
  for (const { at, number } of found) {
    const before = last.get(number - 1);
    if (before !== undefined && at - before >= FEWEST_LINES && at - before <= MOST_LINES) {
      pages.add(before);
      pages.add(at);
    }
    last.set(number, at);
    if (last.size > 10_000) last = new Map();
  }
  return pages;
}

/** A year may stand alone in its line, where every word of a justified line has its own. */
function isYear(number: number): boolean {
  return number >= 1_500 && number < 2_100;
}

/**
 * Lines that stand beside several page numbers, whatever number is in them. Without page numbers there are none: a line
 * such as "Association for Computational Linguistics." is in a list of references again and again.
 */
function runningHeads(lines: readonly string[], numbers: ReadonlySet<number>): Set<string> {
  const counts = new Map<string, number>();
  for (const at of numbers) {
    for (const beside of [at - 1, at + 1]) {
      const line = lines[beside]?.trim() ?? '';
      if (line === '' || line.length > LONGEST_HEAD) continue;
      const form = headForm(line);
      counts.set(form, (counts.get(form) ?? 0) + 1);
    }
  }
  return new Set(
    [...counts].filter(([form, count]) => form !== '' && count >= HEAD_REPEATS).map(([form]) => form),
  );
}

function headForm(line: string): string {
  return line.length > LONGEST_HEAD ? '' : line.replace(/[\d\s|]+/g, ' ').trim();
}
