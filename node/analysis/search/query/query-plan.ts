import { PostingCursor } from '../postings/posting-cursor.ts';
import type { TermPostings } from '../postings/postings.ts';
import { ALL_FIELDS, fields } from '../postings/weights.ts';
import { inverseFrequency } from '../ranking/bm25.ts';
import { inText } from '../text/marked-terms.ts';
import { EXCLUDED, KnownMatches, type MatchSource, type Sources, type TermSource } from './matching.ts';
import { namedDocuments, nameReadings, type NameReading } from './name-reading.ts';
import { PhraseMatches } from './phrases.ts';
import type { ParsedQuery, QueryPart, QueryWord } from './query-language.ts';

type Postings = (term: string) => TermPostings;

/** What has to be read from the index for a query, and what is made of it. */
export class QueryPlan {
  /** The terms whose postings are wanted. */
  readonly terms: readonly string[];
  /** `matched` of what has all groups. */
  readonly all: number;
  readonly #query: ParsedQuery;
  readonly #hasFullText: boolean;

  constructor(query: ParsedQuery, { hasFullText }: { hasFullText: boolean }) {
    this.#query = query;
    this.#hasFullText = hasFullText;
    this.all = 2 ** query.groups.length - 1;
    const parts = [...query.groups.flat(), ...query.excluded];
    this.terms = [...new Set(parts.flatMap((part) => this.#termsOf(part)))];
  }

  /** Words that no record has, in no form and no field. */
  unknownWords(postings: Postings): QueryWord[] {
    const isUnknown = ({ terms }: QueryWord): boolean =>
      [...terms, ...this.#inText(terms)].every((term) => postings(term).count <= 0);
    return this.#query.groups.flatMap((group) => group.flatMap(({ words }) => words.filter(isUnknown)));
  }

  /** How the matches are found, once: the cursors go forward only. */
  sources(postings: Postings, documents: number): Sources {
    const terms: TermSource[] = [];
    const others: MatchSource[] = [];
    const add = (part: QueryPart, bit: number): void => {
      const isPhrase = part.words.length > 1;
      for (const word of isPhrase && bit === EXCLUDED ? [] : part.words) {
        terms.push(...this.#wordSources(word, part, isPhrase ? 0 : bit, postings, documents));
      }
      if (!isPhrase) return;
      const slots = part.words.map(({ place, terms }) => ({
        place,
        terms: terms.map((term) => postings(term).blocks),
      }));
      others.push({ matches: new PhraseMatches(slots, bitsOf(part)), bits: bit });
      const named = namedDocuments(readingsOf(part), postings);
      if (named.length > 0) others.push({ matches: new KnownMatches(named), bits: bit });
    };
    for (const [i, group] of this.#query.groups.entries()) for (const part of group) add(part, 2 ** i);
    for (const part of this.#query.excluded) add(part, EXCLUDED);
    return { terms, others };
  }

  #wordSources(
    { terms }: QueryWord,
    part: QueryPart,
    bits: number,
    postings: Postings,
    documents: number,
  ): TermSource[] {
    const described = terms.map(postings);
    // In how many languages a word is looked for must not make it rarer than it is.
    const count = described.reduce((sum, term) => sum + term.count, 0);
    const weight = bits === EXCLUDED ? 0 : inverseFrequency(documents, count);
    const sources = described.map(({ blocks }) => ({
      cursor: new PostingCursor(blocks),
      weight,
      bits,
      inFields: bitsOf(part),
      isInText: false,
    }));
    if (part.field !== undefined || !this.#hasFullText) return sources;
    const texts = this.#inText(terms).map(postings);
    const inAll = texts.reduce((sum, term) => sum + term.count, count);
    const weightInText = bits === EXCLUDED ? 0 : inverseFrequency(documents, inAll);
    return [
      ...sources,
      ...texts.map(({ blocks }) => ({
        cursor: new PostingCursor(blocks),
        weight: weightInText,
        bits,
        inFields: 0,
        isInText: true,
      })),
    ];
  }

  #termsOf(part: QueryPart): string[] {
    const terms = part.words.flatMap(({ terms }) => terms);
    return [...terms, ...this.#inText(terms), ...readingsOf(part).flat(2)];
  }

  #inText(terms: readonly string[]): string[] {
    return this.#hasFullText ? terms.map(inText) : [];
  }
}

const bitsOf = ({ field }: QueryPart): number => (field === undefined ? ALL_FIELDS : fields[field]);

/** Names are found in whatever order they are written; outside of the field for them only when they are spelt out. */
function readingsOf({ words, field }: QueryPart): NameReading[] {
  if (words.length < 2 || (field !== undefined && field !== 'author')) return [];
  return nameReadings(
    words.map(({ word }) => word),
    field === 'author',
  );
}
