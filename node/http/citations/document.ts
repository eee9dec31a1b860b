import {
  collectionToJsonLd,
  identifierIri,
  itemToJsonLd,
  type JsonLdObject,
} from '../../../vocab/json-ld/index.ts';
import { isTombstone, type Reference } from '../../../vocab/record.ts';
import { listLinks } from '../documents/list-page.ts';
import type { Site } from '../site.ts';
import type { CitationSums, CitedEntry, ListedWork } from './lists.ts';

/** What tells a work from others; who wants all of its record follows its address. */
const BRIEF = [
  'id',
  'type',
  'node',
  'oaiIdentifier',
  'titles',
  'creators',
  'published',
  'resourceType',
  'identifiers',
] as const;

interface CitationsPart {
  /** The list's. */
  path: string;
  /** The IRI of the record or the work. */
  subject: string;
  /** With the first page. */
  counts: CitationSums | undefined;
  /** What the list was asked for. */
  parameters: Readonly<Record<string, string | number | undefined>>;
  /** Where this page and the next begin. */
  after: string | undefined;
  next: string | undefined;
  cites: readonly CitedEntry[];
  citedBy: readonly ListedWork[];
}

/**
 * What a record or a work cites, and then what cites it, as a page of one list (CiTO, the Citation Typing Ontology).
 *
 * A cited work has `citedBy`, the record or work (`cito:isCitedBy`), and `citation`, the reference as it stands. Its `id` is
 * that of the record that is held of it, else that of its identifier; of what has neither there is only what the reference
 * says. A citing work has `cites`, the record or work (`cito:cites`). The first page tells how many there are in all.
 */
export function citationsDocument(site: Site, part: CitationsPart): JsonLdObject {
  const { path, subject, counts, parameters, after, next, cites, citedBy } = part;
  const list = {
    path,
    parameters,
    page: after === undefined ? undefined : { after },
    ...(next !== undefined && { next: { after: next } }),
  };
  const { orderedItems, ...document } = collectionToJsonLd({
    ...listLinks(site, list),
    summary: 'Works that are cited, and works that cite',
    items: [
      ...cites.flatMap((entry) => citedItems(site, subject, entry)),
      ...citedBy.map((work) => ({ ...heldItem(site, work), cites: [subject] })),
    ],
  });
  return { ...document, ...(counts !== undefined && { citationCounts: counts }), orderedItems };
}

function citedItems(site: Site, subject: string, { reference, works }: CitedEntry): JsonLdObject[] {
  const said = { ...(reference?.text ? { citation: reference.text } : {}), citedBy: [subject] };
  if (works.length > 0) return works.map((work) => ({ ...heldItem(site, work), ...said }));
  return reference === undefined ? [] : [{ ...unheldItem(reference), ...said }];
}

/** One of the records of a work, with the others (`schema:workExample` of the same work) as in the results of a search. */
function heldItem(site: Site, { id, best: { holding }, copies }: ListedWork): JsonLdObject {
  const whole = itemToJsonLd(
    isTombstone(holding) ? holding : { ...holding, references: [], abstracts: [], files: [], relations: [] },
  );
  return {
    ...Object.fromEntries(BRIEF.flatMap((term) => (whole[term] === undefined ? [] : [[term, whole[term]]]))),
    ...(id !== undefined && {
      'schema:exampleOfWork': {
        id: `${site.base}/works/${id}`,
        'schema:workExample': copies.map(({ holding }) => ({ id: holding.id, node: holding.node })),
      },
    }),
  };
}

function unheldItem({ identifier, title, year }: Reference): JsonLdObject {
  const iri = identifier === undefined ? undefined : identifierIri(identifier);
  return {
    ...(iri !== undefined && { id: iri }),
    type: 'CreativeWork',
    titles: title === undefined ? [] : [{ value: title }],
    ...(year !== undefined && { published: { value: year, type: 'xsd:gYear' } }),
    identifiers: identifier === undefined ? [] : [identifier],
  };
}
