import { resourceTypes } from '../../../vocab/coar/index.ts';
import { collectionToJsonLd, itemToJsonLd, type JsonLdObject } from '../../../vocab/json-ld/index.ts';
import { facetNames, type FacetName, type Facets } from '../../analysis/search/index.ts';
import { listLinks, type ListPage } from '../documents/list-page.ts';
import type { Institutions } from '../peers/institutions.ts';
import type { HeldItem } from '../records/held-items.ts';
import type { Site } from '../site.ts';
import type { WorkHit, WorkHits } from './find-works.ts';

/** A hit with what is held of it. */
export type FoundRow = WorkHit & { best: HeldItem; others: readonly HeldItem[] };

/**
 * A page of search results, one item a work: its best record, with the work's address (`schema:exampleOfWork`) and its
 * other copies (`schema:workExample` of the same work; of many the first, all are at that address). `facets` tell by what the
 * search can be narrowed: the parameter (years by `from` and `to`), its values with the names of institutions and types, and
 * how many records each is of.
 */
export function searchDocument(
  site: Site,
  list: ListPage,
  {
    total,
    facets,
    corrected,
    isCut,
    rows,
    institutions,
  }: Pick<WorkHits, 'total' | 'facets' | 'corrected' | 'isCut'> & {
    rows: readonly FoundRow[];
    institutions: Pick<Institutions, 'of'>;
  },
): JsonLdObject {
  const { orderedItems, ...document } = collectionToJsonLd({
    ...listLinks(site, list),
    totalItems: total,
    items: rows.map(({ best, others, score, work }) => ({
      ...itemToJsonLd(best.holding),
      score,
      ...(work !== undefined && {
        'schema:exampleOfWork': {
          id: `${site.base}/works/${work}`,
          'schema:workExample': others.map(({ holding }) => ({ id: holding.id, node: holding.node })),
        },
      }),
    })),
  });
  return {
    ...document,
    ...(corrected !== undefined && { correctedQuery: corrected }),
    ...(isCut && { isCutShort: true }),
    ...(facets !== undefined && { facets: facetNodes(facets, institutions) }),
    orderedItems,
  };
}

function facetNodes(facets: Facets, institutions: Pick<Institutions, 'of'>): JsonLdObject[] {
  const nameOf = (facet: FacetName, value: string): string | undefined => {
    if (facet === 'origin') return institutions.of(value).name;
    return facet === 'type' ? resourceTypes.byUri(value)?.labels.en : undefined;
  };
  return facetNames.flatMap((facet) => {
    const values = facets[facet].map(({ value, count }) => {
      const name = nameOf(facet, value);
      return { value, ...(name !== undefined && { name }), count };
    });
    return values.length === 0 ? [] : [{ property: facet, values }];
  });
}
