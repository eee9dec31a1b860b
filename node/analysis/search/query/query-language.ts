import { fields, type Field } from '../postings/weights.ts';
import { queryTokens, fold, wordSpans } from '../text/text-normalisation.ts';

/** A word of a query, and where it stands there. */
export interface QueryWord {
  /** Lower case, without accents. */
  word: string;
  /** All terms that texts may have it under; the first is the word itself. */
  terms: readonly string[];
  isStopWord: boolean;
  /** Its place in the phrase that it is of. */
  place: number;
  from: number;
  to: number;
}

/** A word, or several one after another, and the field where they must be. */
export interface QueryPart {
  words: readonly QueryWord[];
  field?: Field;
}

export interface ParsedQuery {
  /** The query as the places of its words refer to it. */
  text: string;
  /** What is asked for: of each group one part. */
  groups: readonly (readonly QueryPart[])[];
  /** What must not be there. */
  excluded: readonly QueryPart[];
}

const LONGEST_QUERY = 10_000;
const MOST_WORDS = 32;
/** Each group has a bit of a 32-bit number, and one is for what is excluded. */
const MOST_GROUPS = 31;
const MOST_EXCLUDED = 16;

/** The fields as they are named in the four languages of the interface, without accents. */
const namesOfFields: Readonly<Record<Field, string>> = {
  title: 'title titulo titre',
  author: 'author autor auteur creator',
  subject: 'subject materia assunto sujet tema',
  abstract: 'abstract resumen resumo resume',
};
const fieldsByName = new Map<string, Field>(
  (Object.keys(fields) as Field[]).flatMap((field) =>
    namesOfFields[field].split(' ').map((name): [string, Field] => [name, field]),
  ),
);

const QUOTES = /[“”„‟«»]/g;
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
/** Minus, field, and a phrase in quotes or what stands up to the next space; or a quote that has no other. */
const PIECE = /(-)?(?:(\p{L}{1,20}):)?(?:"([^"]*)"|([^\s"]+))/dgu;

/**
 * Reads a query: words, all of which are asked for; `"a phrase"`; `title:`, `author:`, `subject:` and `abstract:` before a word or
 * a phrase; `-` before what must not be there; `OR` between two of which one is enough.
 *
 * Nothing is an error: what is not of that form is read as words, and so is a query that only excludes. Stop words count
 * only where the query has no others. Of the query the first 32 words count. Time is linear in the text, of which the
 * first 10,000 characters are read.
 */
export function parseQuery(query: string): ParsedQuery {
  const text = query.slice(0, LONGEST_QUERY).replace(INVISIBLE, '').replace(QUOTES, '"');
  const parsed = readPieces(text);
  const groups = parsed.groups.flatMap((group) => {
    const telling = group.flatMap(withoutStopWords);
    return telling.length > 0 ? [telling] : [];
  });
  const excluded = parsed.excluded.flatMap(withoutStopWords).slice(0, MOST_EXCLUDED);
  if (groups.length > 0) return { text, groups: bounded(groups), excluded };
  // Nothing but stop words, or nothing but what is excluded.
  const words = wordsIn(text, 0).map((word): QueryPart[] => [{ words: [{ ...word, place: 0 }] }]);
  const telling = words.filter(([part]) => part?.words[0]?.isStopWord === false);
  return { text, groups: bounded(telling.length > 0 ? telling : words), excluded: [] };
}

function readPieces(text: string): { groups: QueryPart[][]; excluded: QueryPart[] } {
  const groups: QueryPart[][] = [];
  const excluded: QueryPart[] = [];
  let isAlternative = false;
  for (const match of text.matchAll(PIECE)) {
    const [, minus, name, phrase, plain] = match;
    const [from] = (phrase === undefined ? match.indices?.[4] : match.indices?.[3]) ?? [0];
    const field = name === undefined ? undefined : fieldsByName.get(fold(name.toLowerCase()));
    if (plain === 'OR' && minus === undefined && name === undefined) {
      isAlternative = groups.length > 0;
      continue;
    }
    const isNamed = name === undefined || field !== undefined;
    const start = isNamed ? from : (match.indices?.[2]?.[0] ?? from);
    const words = wordsIn(text.slice(start, from + (phrase ?? plain ?? '').length), start);
    if (words.length === 0) continue;
    const isWhole = phrase !== undefined || field === 'author' || minus !== undefined || isAlternative;
    const parts = (isWhole ? [words] : words.map((word) => [word])).map((of): QueryPart => ({
      words: of.map((word, place) => ({ ...word, place })),
      ...(field !== undefined && { field }),
    }));
    if (minus !== undefined) excluded.push(...parts);
    else if (isAlternative) groups.at(-1)?.push(...parts);
    else groups.push(...parts.map((part) => [part]));
    isAlternative = false;
  }
  return { groups, excluded };
}

function wordsIn(text: string, start: number): Omit<QueryWord, 'place'>[] {
  return wordSpans(text).flatMap(({ word, from, to }) =>
    queryTokens(word).map((token) => ({ ...token, from: start + from, to: start + to })),
  );
}

/** Nothing for a part of stop words only, unless it is a phrase. Names have no stop words. */
function withoutStopWords(part: QueryPart): QueryPart[] {
  if (part.field === 'author') return [part];
  const words = part.words.filter(({ isStopWord }) => !isStopWord);
  if (words.length > 0) return [{ ...part, words }];
  return part.words.length > 1 ? [part] : [];
}

function bounded(groups: readonly (readonly QueryPart[])[]): QueryPart[][] {
  const known = new Set<string>();
  const kept: QueryPart[][] = [];
  let left = MOST_WORDS;
  for (const group of groups) {
    const parts: QueryPart[] = [];
    for (const part of group) {
      if (left <= 0) break;
      const words = part.words.slice(0, left);
      left -= words.length;
      parts.push({ ...part, words });
    }
    const name = JSON.stringify(
      parts.map(({ words, field }) => [field, words.map(({ word, place }) => [word, place])]),
    );
    if (parts.length > 0 && kept.length < MOST_GROUPS && !known.has(name)) kept.push(parts);
    else left += parts.reduce((sum, { words }) => sum + words.length, 0);
    known.add(name);
    if (left <= 0) break;
  }
  return kept;
}
