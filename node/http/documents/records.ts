import { contextUrl } from '../../../vocab/context.ts';
import { collectionToJsonLd, itemToJsonLd, type JsonLdObject } from '../../../vocab/json-ld/index.ts';
import type { Stage } from '../../analysis/works/index.ts';
import type { HeldItem } from '../records/held-items.ts';
import type { Site } from '../site.ts';
import { listLinks, type ListPage } from './list-page.ts';

/** A page of records, in order. */
export function recordsDocument(
  site: Site,
  list: ListPage,
  { items, total }: { items: readonly HeldItem[]; total?: number },
): JsonLdObject {
  return collectionToJsonLd({
    ...listLinks(site, list),
    ...(total !== undefined && { totalItems: total }),
    items: items.map(({ holding }) => itemToJsonLd(holding)),
  });
}

/**
 * Records with why they are there: what is related to a record, its copies, the records of a work.
 * @param id the document's address
 */
export function reasonedDocument(
  site: Site,
  id: string,
  summary: string,
  items: readonly (Pick<HeldItem, 'holding'> & {
    score?: number;
    /** Of the record's version. */
    stage?: Stage;
    /** What shows that it is of the same work. */
    evidence?: JsonLdObject;
    reasons: readonly string[];
    /** Not held here, but found at a node that is not followed. */
    lookedUp?: true;
  })[],
): JsonLdObject {
  return collectionToJsonLd({
    context: contextUrl(site.base),
    id,
    summary,
    totalItems: items.length,
    items: items.map(({ holding, score, stage, evidence, reasons, lookedUp }) => ({
      ...itemToJsonLd(holding),
      ...(score !== undefined && { score }),
      ...(stage !== undefined && { stage }),
      reasons,
      ...evidence,
      ...(lookedUp && { lookedUp }),
    })),
  });
}
