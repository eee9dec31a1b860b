import type { IndexedDocument } from '../../../../node/analysis/search/documents/document.ts';
import { licenceFamily, mainLanguage } from '../../../../node/analysis/search/documents/facet-values.ts';
import {
  facetNames,
  type FacetName,
  type Facets,
  type Filters,
  type SearchQuery,
  type SearchResult,
} from '../../../../node/analysis/search/index.ts';
import {
  ALL_FIELDS,
  contentOf,
  fields,
  fieldsOf,
  isOfCreators,
} from '../../../../node/analysis/search/postings/weights.ts';
import {
  parseQuery,
  type QueryPart,
  type QueryWord,
} from '../../../../node/analysis/search/query/query-language.ts';
import { inverseFrequency, saturated } from '../../../../node/analysis/search/ranking/bm25.ts';
import { AS_WRITTEN, ENGLISH, type Stemming } from '../../../../node/analysis/search/text/stemming.ts';
import { tokensOf } from '../../../../node/analysis/search/text/tokens.ts';
import { isTombstone, type Holding } from '../../../../vocab/record.ts';
import { alike } from './alike.ts';
import { documentOf } from './document-of.ts';

interface Held {
  holding: Holding;
  document: IndexedDocument;
}

/**
 * What the index must answer, from nothing but the holdings of the moment, one document after another. It knows texts
 * in English only, and persons of one name.
 */
export class BruteForce {
  readonly #held: Held[];

  constructor(holdings: ReadonlyMap<string, Holding>) {
    this.#held = [...holdings].map(([key, holding]) => ({ holding, document: documentOf(key, holding) }));
  }

  search({ query, limit, offset, filters = {}, order = 'relevance', facets }: SearchQuery): SearchResult {
    const { groups, excluded } = parseQuery(query);
    const matching = (held: Held): number =>
      excluded.some((part) => has(held, part))
        ? 0
        : groups.filter((group) => group.some((part) => has(held, part))).length;
    const all = this.#held.filter((held) => groups.length > 0 && matching(held) === groups.length);
    const found = all.length > 0 ? all : this.#held.filter((held) => matching(held) > 0);
    const hits = found
      .filter(({ holding }) => facetNames.every((facet) => passes(holding, facet, filters)))
      .map((held) => ({ held, score: this.#score(held, groups.flat()) }))
      .sort((a, b) => compare(a, b, order));
    return {
      total: hits.length,
      hits: hits.slice(offset, offset + limit).map(({ held, score }) => ({ key: held.document.key, score })),
      ...(facets === true && {
        facets: facetsOf(
          found.map(({ holding }) => holding),
          filters,
        ),
      }),
    };
  }

  similarTo(key: string, limit: number): { key: string; score: number }[] {
    return alike(
      this.#held.map(({ document }) => document),
      key,
      limit,
    );
  }

  #score({ document }: Held, parts: readonly QueryPart[]): number {
    const total = this.#held.reduce((sum, { document }) => sum + lengthOf(document), 0);
    const averageLength = Math.max(1, total) / this.#held.length;
    let score = 0;
    for (const { words, field } of parts) {
      for (const { terms } of words) {
        const count = terms.reduce((sum, term) => sum + this.#count(term), 0);
        for (const term of terms) {
          const weight = document.weights[document.terms.indexOf(term)] ?? 0;
          if ((fieldsOf(weight) & bitsOf(field)) === 0) continue;
          const frequency = contentOf(weight) + (isOfCreators(weight) ? 2 : 0);
          const share = saturated(frequency, lengthOf(document), averageLength);
          score += inverseFrequency(this.#held.length, count) * share;
        }
      }
    }
    return score;
  }

  #count(term: string): number {
    return this.#held.filter(({ document }) => document.terms.includes(term)).length;
  }
}

const bitsOf = (field: QueryPart['field']): number => (field === undefined ? ALL_FIELDS : fields[field]);

const lengthOf = ({ weights }: IndexedDocument): number =>
  weights.reduce((sum, weight) => sum + contentOf(weight), 0);

/** Whether the words stand one after another in some text of the field. */
function has({ holding }: Held, { words, field }: QueryPart): boolean {
  return textsOf(holding).some(({ of, text, stemming }) => {
    if (field !== undefined && field !== of) return false;
    const tokens = tokensOf(text, stemming);
    const isIndexed =
      of !== 'author' && tokens.some(({ isStopWord }) => !isStopWord) ? (stop: boolean) => !stop : () => true;
    const first = words[0]?.place ?? 0;
    const stands = ({ terms, place }: QueryWord, at: number): boolean => {
      const token = tokens[at + place - first];
      return token !== undefined && isIndexed(token.isStopWord) && terms.includes(token.term);
    };
    return tokens.some((_, at) => words.every((word) => stands(word, at)));
  });
}

function textsOf(holding: Holding): { of: QueryPart['field']; text: string; stemming: Stemming }[] {
  const titles = holding.titles.map(({ value }) => ({
    of: 'title' as const,
    text: value,
    stemming: ENGLISH,
  }));
  if (isTombstone(holding)) return titles;
  return [
    ...titles,
    ...holding.subjects.map(({ value }) => ({ of: 'subject' as const, text: value, stemming: ENGLISH })),
    ...holding.abstracts.map(({ value }) => ({ of: 'abstract' as const, text: value, stemming: ENGLISH })),
    ...holding.creators.map(({ name }) => ({ of: 'author' as const, text: name, stemming: AS_WRITTEN })),
  ];
}

function valueOf(holding: Holding, facet: FacetName): string | undefined {
  if (facet === 'origin') return holding.node;
  if (isTombstone(holding)) return undefined;
  const { type, published, access, languages, licence } = holding;
  return {
    type,
    year: published?.slice(0, 4),
    access: access?.right,
    language: mainLanguage(languages[0]),
    licence: licence === undefined ? undefined : licenceFamily(licence),
  }[facet];
}

function passes(holding: Holding, facet: FacetName, filters: Filters): boolean {
  const value = valueOf(holding, facet);
  if (facet !== 'year') return filters[facet] === undefined || filters[facet].includes(value ?? '');
  const { from, to } = filters;
  if (from === undefined && to === undefined) return true;
  return value !== undefined && Number(value) >= (from ?? 0) && Number(value) <= (to ?? 9999);
}

function facetsOf(found: readonly Holding[], filters: Filters): Facets {
  const of = (facet: FacetName): Facets[FacetName] => {
    const counts = new Map<string, number>();
    for (const holding of found) {
      const value = valueOf(holding, facet);
      const isIn = facetNames.every((other) => other === facet || passes(holding, other, filters));
      if (isIn && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  return {
    origin: of('origin'),
    type: of('type'),
    year: of('year'),
    access: of('access'),
    language: of('language'),
    licence: of('licence'),
  };
}

type Scored = { held: Held; score: number };

function compare(a: Scored, b: Scored, order: NonNullable<SearchQuery['order']>): number {
  const tombstones = Number(a.held.document.tombstone) - Number(b.held.document.tombstone);
  const keys = a.held.document.key < b.held.document.key ? -1 : 1;
  if (order === 'relevance') return tombstones || b.score - a.score || keys;
  const [x, y] = [dateOf(a.held.holding), dateOf(b.held.holding)];
  if (x === y) return tombstones || keys;
  if (x === '' || y === '') return tombstones || (x === '' ? 1 : -1);
  return tombstones || (x < y === (order === 'oldest') ? -1 : 1);
}

const dateOf = (holding: Holding): string => (isTombstone(holding) ? '' : (holding.published ?? ''));
