import type { JsonLdObject } from './record.ts';

/** One page of a list, or a list that fits on one. */
export interface CollectionPage {
  /** Where the context is served. */
  context: string;
  /** The IRI of this document. */
  id: string;
  /** The IRI of the list that this is a page of; without it the document is the whole list. */
  partOf?: string;
  /** What the list is, in words. */
  summary?: string;
  /** Items in the whole list. */
  totalItems?: number;
  /** Place of the first item here within the whole list, counted from 0. */
  startIndex?: number;
  first?: string;
  prev?: string;
  next?: string;
  last?: string;
  /** Node objects in terms of our context, or IRIs in `{ id }`, in order. */
  items: readonly JsonLdObject[];
}

/**
 * A list of any kind as an `OrderedCollection`, or a page of one as an `OrderedCollectionPage`
 * (Activity Streams 2.0, sections 5.1 and 5.2).
 */
export function collectionToJsonLd(page: CollectionPage): JsonLdObject {
  const { context, items, ...rest } = page;
  const type = page.partOf === undefined ? 'OrderedCollection' : 'OrderedCollectionPage';
  return { '@context': context, type, ...rest, orderedItems: items };
}
