import { listOf, Fields, object, oneOf, text, wholeNumber, type Form } from './cbor-form.ts';
import { CborReader, FormError } from './cbor-reader.ts';
import { relationKinds, type Identifier, type NodeId } from './record.ts';

/*
 * The form and the bounds of a holding that comes from another node, as canonical DAG-CBOR.
 *
 * The bounds are generous for real records (some have 5,000 authors) and small enough that a page of them fits in memory.
 */

/** In a block: ten times what a record of 5,000 authors has. A decoded item takes a hundred times the memory of its byte. */
const MAX_ITEMS = 500_000;
const SAFE = { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };

const line = text(4_000);
const longText = text(100_000);
const iri = text(2_000);
const day = text(40);
const time = wholeNumber(SAFE);

const languageString = object({ value: longText }, { language: line });
const agent = object(
  { name: line, kind: oneOf(['person', 'organisation', 'unknown']) },
  { family: line, given: line, orcid: line, affiliation: line, ror: iri },
);
const identifier = object({
  scheme: oneOf(['doi', 'handle', 'urn', 'isbn', 'issn', 'pmid', 'arxiv', 'url']),
  value: iri,
});
const accessRight = oneOf(['open', 'embargoed', 'restricted', 'metadata-only']);
const list = (item: Form, most: number): Form => listOf(item, { most });

const holding = {
  id: iri,
  node: text(100),
  oaiIdentifier: iri,
  sets: list(line, 1_000),
  datestamp: day,
  titles: list(languageString, 100),
  identifiers: list(identifier, 1_000),
};

const recordFields = new Fields(
  {
    ...holding,
    creators: list(agent, 10_000),
    contributors: list(agent, 10_000),
    abstracts: list(languageString, 100),
    subjects: list(languageString, 1_000),
    languages: list(line, 100),
    relations: list(object({ kind: oneOf(relationKinds), target: identifier }), 5_000),
    funding: list(object({}, { funder: line, funderId: iri, award: line }), 1_000),
    files: list(
      object(
        { url: iri, access: accessRight },
        {
          format: line,
          length: wholeNumber({ ...SAFE, min: 0 }),
          sha256: line,
          text: oneOf(['extracted', 'without-text', 'unavailable']),
          withdrawn: object({ reason: line, at: time }),
        },
      ),
      10_000,
    ),
    references: list(object({ text: line }, { identifier, title: line, year: day }), 1_000),
    provenance: object({ source: iri, format: line, harvestedAt: time }),
    raw: list(object({ format: line, text: text(2_000_000) }), 20),
  },
  {
    published: day,
    publisher: line,
    type: iri,
    version: iri,
    access: object({ right: accessRight }, { embargoEnds: day }),
    licence: iri,
    publishedDoi: iri,
    source: object({}, { title: line, volume: line, issue: line, pages: line, citation: line }),
    detected: object({ language: day, confidence: wholeNumber({ min: 0, max: 100 }) }),
  },
);

/** Of a tombstone all properties are required, and it has fewer than any record. */
const TOMBSTONE_PROPERTIES = 8;
const tombstoneFields = new Fields({
  ...holding,
  tombstone: object({ kind: oneOf(['withdrawn', 'deleted']), reason: line, at: time }),
});

/** What a checked holding says of itself, for those who have to know it before they keep it. */
export interface HoldingFacts {
  id: string;
  node: NodeId;
  oaiIdentifier: string;
  identifiers: readonly Identifier[];
  publishedDoi?: string;
  /** Of a tombstone. */
  gone?: 'withdrawn' | 'deleted';
}

/** What the block of a holding says, or the first thing that is wrong with it. */
export function checkHolding(block: Uint8Array): { facts: HoldingFacts } | { problem: string } {
  try {
    return { facts: readFacts(new CborReader(block)) };
  } catch (error) {
    if (error instanceof FormError) return { problem: error.problem };
    throw error;
  }
}

function readFacts(reader: CborReader): HoldingFacts {
  const isTombstone = reader.map() === TOMBSTONE_PROPERTIES;
  reader.at = 0;
  const places: Partial<Record<string, number>> = {};
  const note = (name: string, at: number): void => {
    places[name] = at;
  };
  (isTombstone ? tombstoneFields : recordFields).read(reader, note);
  reader.end();
  if (reader.items > MAX_ITEMS) throw new FormError(`more than ${MAX_ITEMS} items`);
  const valueOf = (name: string): unknown => {
    const at = places[name];
    if (at === undefined) return undefined;
    reader.at = at;
    return reader.value();
  };
  // Of the form that was checked.
  const publishedDoi = valueOf('publishedDoi') as string | undefined;
  const tombstone = valueOf('tombstone') as { kind: 'withdrawn' | 'deleted' } | undefined;
  return {
    id: valueOf('id') as string,
    node: valueOf('node') as string,
    oaiIdentifier: valueOf('oaiIdentifier') as string,
    identifiers: valueOf('identifiers') as Identifier[],
    ...(publishedDoi === undefined ? {} : { publishedDoi }),
    ...(tombstone === undefined ? {} : { gone: tombstone.kind }),
  };
}
