import { initialOfTerms, queryTokens, wordSpans, type WordSpan } from '../text/text-normalisation.ts';
import { parseQuery, type QueryPart } from './query-language.ts';

/** A piece of a text, and whether it is a word of the query. */
export interface TextPiece {
  text: string;
  isHit: boolean;
}

/** Takes a text apart; the pieces joined are the text. */
export type Highlighter = (text: string) => TextPiece[];

/** Where a word of a text is, with all terms that it may be found under. */
interface TextWord extends Pick<WordSpan, 'from' | 'to'> {
  terms: readonly string[];
}

const NO_TERMS: readonly string[] = [];

/**
 * Shows where the words of a query are in a text, in whatever form they stand there; of a phrase the words that stand
 * together. What is excluded is not shown. Time is linear in the text, of which the first 100,000 characters are looked at.
 */
export function highlighter(query: string): Highlighter {
  const parts = parseQuery(query).groups.flat();
  const initials = new Set(
    parts.flatMap(({ words }) => words.flatMap(({ terms }) => terms.map((term) => term.charAt(0)))),
  );
  // Most words need not be stemmed to know that they are others.
  const isOther = (word: string): boolean => {
    const initial = initialOfTerms(word);
    return initial !== undefined && !initials.has(initial);
  };
  return (text) => {
    const words = wordSpans(text).flatMap((span) =>
      isOther(span.word) ? { from: span.from, to: span.to, terms: NO_TERMS } : wordsOfSpan(span),
    );
    const isHit = words.map(() => false);
    for (const part of parts) mark(part, words, isHit);
    const pieces: TextPiece[] = [];
    let end = 0;
    for (const [i, { from, to }] of words.entries()) {
      if (isHit[i] !== true) continue;
      if (from > end) pieces.push({ text: text.slice(end, from), isHit: false });
      const start = Math.max(from, end);
      const last = pieces.at(-1);
      // Pairs of characters overlap, and one word goes on right after another.
      if (last?.isHit === true && start === end) last.text += text.slice(start, to);
      else if (to > start) pieces.push({ text: text.slice(start, to), isHit: true });
      end = Math.max(end, to);
    }
    if (end < text.length) pieces.push({ text: text.slice(end), isHit: false });
    return pieces;
  };
}

function mark({ words: [first, ...others] }: QueryPart, words: readonly TextWord[], isHit: boolean[]): void {
  if (first === undefined) return;
  const has = (at: number, terms: readonly string[]): boolean =>
    words[at]?.terms.some((term) => terms.includes(term)) === true;
  for (let at = 0; at < words.length; at += 1) {
    if (!has(at, first.terms)) continue;
    if (!others.every(({ place, terms }) => has(at + place - first.place, terms))) continue;
    for (const { place } of [first, ...others]) isHit[at + place - first.place] = true;
  }
}

/** One word; of a run of a script without spaces each pair of characters. */
function wordsOfSpan(span: WordSpan): TextWord[] {
  const tokens = queryTokens(span.word);
  if (tokens.length <= 1) return tokens.map(({ terms }) => ({ from: span.from, to: span.to, terms }));
  let from = span.from;
  return tokens.flatMap(({ word, terms }) => {
    const at = span.word.toLowerCase().indexOf(word, from - span.from);
    if (at === -1) return [];
    from = span.from + at;
    return [{ from, to: from + word.length, terms }];
  });
}
