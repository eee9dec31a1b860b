import { recordToBibtex, recordToCsl, recordToRis } from '../../../vocab/citation-formats/index.ts';
import { itemToJsonLd, recordToSchemaOrg, toGraph, type JsonLdObject } from '../../../vocab/json-ld/index.ts';
import { isTombstone, type Holding, type Record as NgrRecord } from '../../../vocab/record.ts';
import type { Format } from '../negotiation/formats.ts';
import { RECORD_FORMATS } from './formats.ts';

interface List {
  /** The page as JSON-LD. */
  document: JsonLdObject;
  holdings: readonly Holding[];
}

const writers: Readonly<Record<string, (list: List) => string | Promise<string>>> = {
  jsonld: ({ document }) => JSON.stringify(document),
  nq: async (list) => await toGraph(partsOf(list), 'application/n-quads'),
  turtle: async (list) => await toGraph(partsOf(list), 'text/turtle'),
  schema: ({ document, holdings }) =>
    JSON.stringify({
      '@context': 'https://schema.org/',
      '@type': 'ItemList',
      '@id': document['id'],
      itemListElement: recordsIn(holdings).map((record) => {
        const { '@context': _, ...item } = recordToSchemaOrg(record);
        return item;
      }),
    }),
  csl: ({ holdings }) => JSON.stringify(recordsIn(holdings).map(recordToCsl)),
  bibtex: async ({ holdings }) => await oneAfterAnother(holdings, recordToBibtex),
  ris: async ({ holdings }) => await oneAfterAnother(holdings, recordToRis),
};

/**
 * What a page of records can be had as: a page, and each format of records that has room for several. Those of XML have none;
 * OAI-PMH gives lists in these.
 */
export const LIST_FORMATS: readonly Format[] = RECORD_FORMATS.filter(
  ({ name }) => name === 'html' || name in writers,
);

/**
 * A page of records as data. Tombstones stand in the formats of RDF; the others have nothing to say of them.
 * @throws TypeError for a format that is none of lists
 */
export async function writeList(list: List, { name }: Format): Promise<string> {
  const write = writers[name];
  if (write === undefined) throw new TypeError(`there are no lists as ${name}`);
  return await write(list);
}

/** The page with the names of its items alone, and then each item. */
function partsOf({ document, holdings }: List): JsonLdObject[] {
  const names = holdings.map(({ id }) => ({ id }));
  return [{ ...document, orderedItems: names }, ...holdings.map((holding) => itemToJsonLd(holding))];
}

function recordsIn(holdings: readonly Holding[]): NgrRecord[] {
  return holdings.filter((holding): holding is NgrRecord => !isTombstone(holding));
}

/** Others get their turn between two records: the library takes its time. */
async function oneAfterAnother(
  holdings: readonly Holding[],
  write: (record: NgrRecord) => Promise<string>,
): Promise<string> {
  const written: string[] = [];
  for (const record of recordsIn(holdings)) {
    written.push((await write(record)).trimEnd());
    await new Promise((resolve) => setImmediate(resolve));
  }
  return written.map((text) => `${text}\n\n`).join('');
}
