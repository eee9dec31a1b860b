import { z } from 'zod';
import { licenceUri } from '../../../vocab/cleaning/index.ts';
import { resourceTypes } from '../../../vocab/coar/index.ts';
import type { AccessRight } from '../../../vocab/record.ts';
import {
  licenceFamily,
  mainLanguage,
  type FacetName,
  type Filters,
  type SearchQuery,
} from '../../analysis/search/index.ts';
import { LANGUAGE_TAG } from '../../publishing/index.ts';
import { format, lang, nodeId, several, whole, words } from '../requests/query.ts';

const SEARCH_PAGE = 20;
const LONGEST_QUERY = 300;
/** Of one filter; the tick boxes of no library have more. */
const MOST_VALUES = 20;

/** A name that means nothing would find nothing, and look like an answer. */
const typeName = words(200).pipe(
  z
    .string()
    .refine(
      (text) => URL.canParse(text) || resourceTypes.named(text) !== undefined,
      'is neither a URI nor the name of a COAR resource type',
    ),
);
const licenceName = words(500).pipe(
  z
    .string()
    .refine(
      (text) => URL.canParse(text) || licenceUri(text) !== undefined,
      'is neither a URI nor the name of a known licence',
    ),
);
const rights = ['open', 'embargoed', 'restricted', 'metadata-only'] as const satisfies AccessRight[];
const orders = ['relevance', 'newest', 'oldest'] as const;
type SearchOrder = (typeof orders)[number];
/** A year of publication; a form sends an empty one where none is given. */
const year = z
  .string()
  .regex(/^(?:\d{4})?$/, 'is not a year')
  .transform((text) => (text === '' ? undefined : Number(text)))
  .optional();

/** What `/search` can be asked. A filter may be there several times: one of its values is enough. */
export const searchSchema = z.strictObject({
  format,
  lang,
  q: z.string().trim().max(LONGEST_QUERY, `is longer than ${LONGEST_QUERY} characters`).optional(),
  type: several(typeName, MOST_VALUES),
  from: year,
  to: year,
  access: several(z.enum(rights, `is none of ${rights.join(', ')}`), MOST_VALUES),
  language: several(z.string().regex(LANGUAGE_TAG, 'is no language tag'), MOST_VALUES),
  origin: several(nodeId, MOST_VALUES),
  licence: several(licenceName, MOST_VALUES),
  order: z.enum(orders, `is none of ${orders.join(', ')}`).optional(),
  spelling: z.enum(['as-written'], 'is not as-written').optional(),
  // Browsers send an empty one for the `startPage` of the OpenSearch description.
  page: z.preprocess((given) => (given === '' ? undefined : given), whole(1, 50).optional()),
  limit: whole(1, 100).optional(),
});

/** A search as it was asked for. */
export interface SearchRequest {
  /** Undefined where there is nothing to look for yet. */
  query: string | undefined;
  filters: Filters;
  order: SearchOrder;
  /** Words that are in no record are not taken for others. */
  isAsWritten: boolean;
  page: number;
  limit: number;
}

/** The parameters, with the names of types, languages and licences as records have them. */
export function searchRequest(asked: z.output<typeof searchSchema>): SearchRequest {
  const { q, from, to, page = 1, limit = SEARCH_PAGE, order = 'relevance', spelling } = asked;
  const several = {
    origin: asked.origin,
    type: asked.type.map((type) => resourceTypes.named(type)?.uri ?? type),
    access: asked.access,
    language: asked.language.map((tag) => mainLanguage(tag) ?? tag),
    licence: asked.licence.map((licence) => licenceFamily(licenceUri(licence) ?? licence)),
  };
  return {
    query: q === '' ? undefined : q,
    filters: {
      ...Object.fromEntries(
        Object.entries(several).flatMap(([name, values]) =>
          values.length === 0 ? [] : [[name, [...new Set(values)]]],
        ),
      ),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    },
    order,
    isAsWritten: spelling !== undefined,
    page,
    limit,
  };
}

/** The request as the parameters of an address, without its page. */
export function searchParameters({
  query,
  filters,
  order,
  isAsWritten,
  limit,
}: SearchRequest): Record<string, string | number | readonly string[] | undefined> {
  return {
    q: query,
    ...filters,
    ...(order !== 'relevance' && { order }),
    ...(isAsWritten && { spelling: 'as-written' }),
    ...(limit !== SEARCH_PAGE && { limit }),
  };
}

/** What the index is asked. */
export function indexQuery({
  filters,
  order,
  isAsWritten,
}: SearchRequest): Omit<SearchQuery, 'query' | 'limit' | 'offset'> {
  return {
    filters,
    ...(order !== 'relevance' && { order }),
    ...(isAsWritten && { asWritten: true }),
  };
}

/** The parameters that narrow a search by a value of a facet: years have two, which give a span. */
export function narrowedBy(facet: FacetName, value: string, { filters }: SearchRequest): Filters {
  if (facet === 'year') return { ...filters, from: Number(value), to: Number(value) };
  const known = filters[facet] ?? [];
  return { ...filters, [facet]: [...known, value] };
}

/** The filters without one of their values; of years, without both. */
export function withoutFilter(facet: FacetName, value: string, { filters }: SearchRequest): Filters {
  if (facet === 'year') {
    const { from: _, to: __, ...others } = filters;
    return others;
  }
  const { [facet]: known = [], ...rest } = filters;
  const left = known.filter((one) => one !== value);
  return left.length === 0 ? rest : { ...rest, [facet]: left };
}
