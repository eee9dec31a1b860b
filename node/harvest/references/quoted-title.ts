import { LONGEST_TITLE } from './reference-title.ts';

/** Opening quotation marks, and what may close them. */
const closings: ReadonlyMap<string, string> = new Map([
  ['“', '”“"'],
  ['"', '"”'],
  ['„', '“”"'],
  ['«', '»'],
  ['‟', '”'],
  ['‘', '’'],
  ["'", "'’"],
  ['`', "'’"],
]);
/** These are apostrophes too, and are set twice where a text has no others. */
const single = /[‘'`]/;
const SHORTEST = 8;

/**
 * The end of the title that is set in quotation marks at `start`, before the closing one; undefined where there are none,
 * or where they hold only a part of it, as in “Why should I trust you?”: Explaining …
 */
export function quotedTitleEnd(text: string, start: number): number | undefined {
  const open = text[start] ?? '';
  const closing = closings.get(open);
  if (closing === undefined) return undefined;
  const doubled = single.test(open) && text[start + 1] === open;
  const from = start + (doubled ? 2 : 1);
  const limit = Math.min(text.length, from + LONGEST_TITLE);
  for (let end = from; end < limit; end += 1) {
    if (!closing.includes(text[end]!) || (doubled && text[end + 1] !== text[end])) continue;
    const behind = text.slice(end + (doubled ? 2 : 1), end + 6);
    // An apostrophe stands within a word.
    if (single.test(open) && !doubled && /^\p{L}/u.test(behind)) continue;
    const stopped = /[,.]/.test(text[end - 1] ?? '');
    // What is quoted within the title is passed by.
    if (!stopped && !/[;:?!]/.test(text[end - 1] ?? '') && !/^\s?(?:[.,;:(]|in\b|\p{Lu}|\d|$)/iu.test(behind))
      continue;
    if (end - from < SHORTEST) return undefined;
    return !stopped && /^(?:\s?:|\s\p{Ll})/u.test(behind) && !/^\sin\b/.test(behind) ? undefined : end;
  }
  return undefined;
}
