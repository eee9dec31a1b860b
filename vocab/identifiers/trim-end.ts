/** Leaves out punctuation of the sentence around, and brackets that were not opened within. */
export function trimEnd(text: string, more = ''): string {
  let end = text.length;
  const unopened = new Map<string, number>();
  for (const [close, open] of brackets) unopened.set(close, count(text, close) - count(text, open));
  for (; end > 0; end -= 1) {
    const last = text[end - 1]!;
    if (/[\s.,;:!?'"’”»*…]/.test(last) || last === more) continue;
    const surplus = unopened.get(last) ?? 0;
    if (surplus <= 0) break;
    unopened.set(last, surplus - 1);
  }
  return text.slice(0, end);
}

const brackets = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
  ['>', '<'],
]);

function count(text: string, character: string): number {
  let total = 0;
  for (let i = text.indexOf(character); i >= 0; i = text.indexOf(character, i + 1)) total += 1;
  return total;
}

/** The text as it is where its percent encoding is broken. */
export function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
