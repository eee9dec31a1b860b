const MOST_LETTERS = 40;
const digit = /\d/;

/**
 * Whether one word may be the other with slips of the pen in it: a letter left out, added, swapped with the next or
 * another one; one of them in words of four letters, two in words of nine. The first letter stands, because prefixes
 * (`un`, `a`, `in`) change the meaning, and numbers never slip.
 */
export function isSlip(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 4 || a.charCodeAt(0) !== b.charCodeAt(0)) return false;
  if (a.length > MOST_LETTERS || b.length > MOST_LETTERS) return false;
  const most = shorter < 9 ? 1 : 2;
  if (Math.abs(a.length - b.length) > most) return false;
  return !digit.test(a) && !digit.test(b) && slipsBetween(a, b, most) <= most;
}

/** Whether one may be the other with two slips of the pen in it, where other things say so too. */
export function isNearly(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  return (
    shorter >= 6 &&
    Math.max(a.length, b.length) <= MOST_LETTERS &&
    a.charCodeAt(0) === b.charCodeAt(0) &&
    slipsBetween(a, b, 2) <= 2
  );
}

/** Whether two titles, written in one, are alike but for a few slips of the pen: three in thirty letters, four in sixty. */
export function isAlikeInLetters(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  if (shorter < 12 || shorter > 400) return false;
  const most = shorter < 20 ? 2 : shorter < 50 ? 3 : 4;
  return Math.abs(a.length - b.length) <= most && slipsBetween(a, b, most) <= most;
}

/** Optimal string alignment distance (Damerau 1964, Levenshtein 1966); more than `most` comes back as `most + 1`. */
function slipsBetween(a: string, b: string, most: number): number {
  let start = 0;
  let endOfA = a.length;
  let endOfB = b.length;
  while (start < endOfA && start < endOfB && a.charCodeAt(start) === b.charCodeAt(start)) start += 1;
  while (endOfA > start && endOfB > start && a.charCodeAt(endOfA - 1) === b.charCodeAt(endOfB - 1)) {
    endOfA -= 1;
    endOfB -= 1;
  }
  if (start === endOfA && start === endOfB) return 0;
  const [rows, columns] = [endOfA - start, endOfB - start];
  const beyond = most + 1;
  let before: number[] = [];
  let last = Array.from({ length: columns + 1 }, (_, j) => j);
  for (let i = 1; i <= rows; i++) {
    const row = last.map(() => beyond);
    if (i <= most) row[0] = i;
    let least = row[0] ?? beyond;
    // Further from the diagonal than `most` nothing can come back.
    for (let j = Math.max(1, i - most); j <= Math.min(columns, i + most); j++) {
      const [one, other] = [a.charCodeAt(start + i - 1), b.charCodeAt(start + j - 1)];
      let cost = Math.min(
        (last[j - 1] ?? beyond) + (one === other ? 0 : 1),
        (last[j] ?? beyond) + 1,
        (row[j - 1] ?? beyond) + 1,
      );
      const isSwapped =
        i > 1 && j > 1 && one === b.charCodeAt(start + j - 2) && a.charCodeAt(start + i - 2) === other;
      if (isSwapped) cost = Math.min(cost, (before[j - 2] ?? beyond) + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most) return beyond;
    before = last;
    last = row;
  }
  return last[columns] ?? beyond;
}
