import { deflateRawSync, inflateRawSync } from 'node:zlib';

const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const LONGEST_WORD = 40;
/** Scripts that are written without spaces between words. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]/u;
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;
/** A word that goes on in the next line. */
const BROKEN_WORD = /(\p{L})[-\u00ad\u2010]\n(?=\p{Ll})/gu;

/**
 * The distinct words of a text in lower case, each with how often it occurs; of more than `most` those that occur most
 * often. Words that are broken over two lines are put together. A run of a script without spaces is one word, or several
 * that overlap by a character where it is long.
 */
export function countWords(text: string, most: number): Map<string, number> {
  const counts = new Map<string, number>();
  const plain = text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(BROKEN_WORD, '$1')
    .replaceAll('\u00ad', '');
  for (const [found] of plain.toLowerCase().matchAll(WORDS)) {
    for (const word of found.length > LONGEST_WORD ? shorter(found) : [found]) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  if (counts.size <= most) return counts;
  return new Map([...counts].sort(([, a], [, b]) => b - a).slice(0, most));
}

function shorter(word: string): string[] {
  const characters = Array.from(word);
  if (!UNSPACED.test(word)) return [characters.slice(0, LONGEST_WORD).join('')];
  const step = LONGEST_WORD - 1;
  return Array.from({ length: Math.ceil((characters.length - 1) / step) }, (_, i) =>
    characters.slice(i * step, i * step + LONGEST_WORD).join(''),
  );
}

const MOST_BYTES = 8_000_000;

/** Words as they are kept: a line each, with a tabulator and the count where that is not 1; deflated (RFC 1951). */
export function packWords(words: ReadonlyMap<string, number>): Uint8Array {
  const lines = Array.from(words, ([word, count]) => (count === 1 ? word : `${word}\t${count}`));
  return deflateRawSync(lines.join('\n'));
}

export function unpackWords(bytes: Uint8Array): Map<string, number> {
  const lines = inflateRawSync(bytes, { maxOutputLength: MOST_BYTES }).toString();
  if (lines === '') return new Map();
  return new Map(
    lines.split('\n').map((line) => {
      const [word = '', count = '1'] = line.split('\t');
      return [word, Number(count)];
    }),
  );
}
