import { benchRecords } from '../records.ts';
import { seededRandom } from '../../random.ts';

export const queryKinds = ['words', 'phrase', 'fields', 'filter', 'typo'] as const;
export type QueryKind = (typeof queryKinds)[number];

/** A query as each side is asked it. */
export interface BenchQuery {
  kind: QueryKind;
  /** In the node's query language. */
  text: string;
  /** For FTS5. */
  match: string;
  /** Years of publication, for a filter. */
  from?: number;
  to?: number;
}

/** Where a node is asked it. */
export function searchPath({ text, from, to }: BenchQuery): string {
  const query = new URLSearchParams({ q: text });
  if (from !== undefined) query.set('from', String(from));
  if (to !== undefined) query.set('to', String(to));
  return `/search?${query.toString()}`;
}

const OF_EACH = 200;
const SEED = 20_261_121;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Queries made of the titles of real works: as many of each kind, and always the same. */
export async function queries(): Promise<BenchQuery[]> {
  const random = seededRandom(SEED).uniform;
  const below = (n: number): number => Math.floor(random() * n);
  const works: { words: string[]; author: string; year: number }[] = [];
  for await (const { title, authors, year } of benchRecords()) {
    const words = title.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
    const author = /\p{L}{3,}$/u.exec(authors[0] ?? '')?.[0].toLowerCase();
    if (words.length >= 4 && author !== undefined && year !== '')
      works.push({ words, author, year: Number(year) });
  }
  const any = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const someOf = (words: readonly string[], most: number): string[] => {
    const from = below(words.length);
    return words.slice(from, from + 1 + below(most));
  };
  const make: Record<QueryKind, () => Omit<BenchQuery, 'kind'>> = {
    words: () => plain(someOf(any(works).words, 4)),
    phrase: () => {
      const { words } = any(works);
      const from = below(words.length - 2);
      const phrase = `"${words.slice(from, from + 2 + below(2)).join(' ')}"`;
      return { text: phrase, match: phrase };
    },
    fields: () => {
      const { words, author } = any(works);
      const word = any(words);
      return { text: `title:${word} author:${author}`, match: `title : "${word}" AND authors : "${author}"` };
    },
    filter: () => {
      const { words, year } = any(works);
      return { ...plain(someOf(words, 2)), from: year - below(5), to: year + below(5) };
    },
    typo: () => {
      const words = someOf(any(works).words, 3);
      const longest = words.reduce((a, b) => (b.length > a.length ? b : a));
      const at = 1 + below(longest.length - 1);
      const mistaken =
        longest.slice(0, at) + LETTERS.charAt(below(LETTERS.length)) + longest.slice(at + below(2));
      return plain(words.map((word) => (word === longest ? mistaken : word)));
    },
  };
  return queryKinds.flatMap((kind) => Array.from({ length: OF_EACH }, () => ({ kind, ...make[kind]() })));
}

function plain(words: readonly string[]): { text: string; match: string } {
  return { text: words.join(' '), match: words.map((word) => `"${word}"`).join(' AND ') };
}
