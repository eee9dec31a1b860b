import type { Highlighter, TextPiece } from './highlighter.ts';

const ELLIPSIS = '…';

/**
 * The part of a text, of about `length` characters, with the most words of the query, as pieces; it begins and ends
 * between words, and with an ellipsis where the text goes on. A text that is short enough is given whole.
 */
export function snippet(text: string, highlight: Highlighter, length: number): TextPiece[] {
  if (text.length <= length) return highlight(text);
  const pieces = highlight(text);
  let at = 0;
  const hits: { from: number; to: number }[] = [];
  for (const piece of pieces) {
    if (piece.isHit) hits.push({ from: at, to: at + piece.text.length });
    at += piece.text.length;
  }
  const { from, to } = bestWindow(hits, length);
  const room = Math.max(0, length - (to - from));
  const start =
    from === to ? 0 : wordStart(text, Math.max(0, Math.min(from - (room >> 1), text.length - length)));
  const end = wordEnd(text, Math.min(text.length, start + length));
  const cut: TextPiece[] = start > 0 ? [{ text: ELLIPSIS, isHit: false }] : [];
  at = 0;
  for (const piece of pieces) {
    const [a, b] = [Math.max(start, at), Math.min(end, at + piece.text.length)];
    if (a < b) cut.push({ text: text.slice(a, b), isHit: piece.isHit });
    at += piece.text.length;
  }
  return end < text.length ? [...cut, { text: ELLIPSIS, isHit: false }] : cut;
}

/** From the first to the last of the most hits that fit into one window, the first such. */
function bestWindow(
  hits: readonly { from: number; to: number }[],
  length: number,
): { from: number; to: number } {
  let best = { from: 0, to: 0, count: 0 };
  for (let first = 0, last = 0; first < hits.length; first += 1) {
    const { from } = hits[first] ?? { from: 0 };
    while (last < hits.length && (hits[last]?.to ?? 0) - from <= length) last += 1;
    if (last - first > best.count) best = { from, to: hits[last - 1]?.to ?? from, count: last - first };
  }
  return best;
}

/** The first beginning of a word at or after a place; the place itself where none is near. */
function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.indexOf(' ', at - 1);
  return space === -1 || space - at > LONGEST_WORD ? wholeCharacter(text, at) : space + 1;
}

/** The last end of a word at or before a place; the place itself where none is near. */
function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return space === -1 || at - space > LONGEST_WORD ? wholeCharacter(text, at) : space;
}

const LONGEST_WORD = 30;

/** Never in the middle of a surrogate pair. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit < 0xe000 ? at - 1 : at;
}
