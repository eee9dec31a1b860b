import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { isTombstone, type Holding } from '../../../vocab/record.ts';
import type { Change } from '../../catalogue/index.ts';
import { numberKey, numberOfKey, type Operation, type Section } from '../../store/index.ts';
import { documentOf, type IndexedDocument } from './document.ts';
import type { DocumentTable } from './document-table.ts';
import { noFacets } from './facet-values.ts';
import type { DocumentChanges, IndexMemory } from './index-memory.ts';
import { deathKey, documentKey, recordKey } from './layout.ts';
import { contentOf } from './postings.ts';
import { decodeDocument, encodeDocument } from './stored-document.ts';

/** Where the words of full texts come from. */
export interface FullTextWords {
  /** Distinct words of a record's files, in lower case, with how often they occur; undefined where none are known. */
  wordsOf(key: string): Promise<ReadonlyMap<string, number> | undefined>;
}

export interface DocumentBatch {
  operations: Operation[];
  changes: DocumentChanges;
  table: DocumentTable;
  nextDocument: number;
  /** Terms of all documents that came or went. */
  size: number;
}

/** Terms after which others get a turn. */
const TERMS_AT_A_STRETCH = 4_000;

const NOTHING = new Uint8Array();

/**
 * What a batch of changes does to the documents: a new or changed record becomes a new document, the document it had is
 * dead. A change that leaves the words and facets as they are does nothing. Each record occurs at most once in `changes`.
 */
export async function batchDocuments(
  section: Section,
  memory: IndexMemory,
  changes: readonly Change[],
  fullText?: FullTextWords,
): Promise<DocumentBatch> {
  const before = await storedDocuments(section, changes);
  const operations: Operation[] = [];
  const edit = memory.table.edit();
  const born: { number: number; document: IndexedDocument }[] = [];
  const died: IndexedDocument[] = [];
  let { nextDocument } = memory.state;
  let size = 0;
  let pause = TERMS_AT_A_STRETCH;

  for (const [i, { key, holding }] of changes.entries()) {
    const old = before[i];
    const textWords = hasFullText(holding) ? await fullText?.wordsOf(key) : undefined;
    const facets = holding === undefined ? noFacets : memory.values.assign(holding, operations);
    const document =
      holding === undefined
        ? undefined
        : documentOf(key, holding, { facets, ...(textWords !== undefined && { textWords }) });
    const bytes = document === undefined ? undefined : encodeDocument(document);
    if (old !== undefined && bytes !== undefined && Buffer.compare(old.bytes, bytes) === 0) continue;
    if (old !== undefined) {
      const dead = decodeDocument(old.bytes);
      died.push(dead);
      size += dead.terms.length;
      edit.remove(old.number);
      const { generation } = memory.recent;
      operations.push({ type: 'put', key: deathKey(generation, old.number), value: NOTHING });
      if (document === undefined) operations.push({ type: 'del', key: recordKey(key) });
    }
    if (document !== undefined && bytes !== undefined) {
      const number = nextDocument;
      nextDocument += 1;
      born.push({ number, document });
      size += document.terms.length;
      edit.add(number, { key, tombstone: document.tombstone, length: lengthOf(document), facets });
      operations.push(
        { type: 'put', key: documentKey(number), value: bytes },
        { type: 'put', key: recordKey(key), value: Buffer.from(numberKey(number)) },
      );
    }
    if (size >= pause) {
      pause = size + TERMS_AT_A_STRETCH;
      await yieldToOthers();
    }
  }
  operations.push(...edit.operations());
  return { operations, changes: { born, died }, table: edit.table(), nextDocument, size };
}

/** Whether words of a full text may be had for it. */
export function hasFullText(holding: Holding | undefined): boolean {
  if (holding === undefined || isTombstone(holding)) return false;
  return holding.files.some(({ text, withdrawn }) => text === 'extracted' && withdrawn === undefined);
}

/** The document that a record has now. */
export async function storedDocument(section: Section, key: string): Promise<IndexedDocument | undefined> {
  const number = await section.get(recordKey(key));
  if (number === undefined) return undefined;
  const bytes = await section.get(documentKey(documentNumber(number)));
  return bytes === undefined ? undefined : decodeDocument(bytes);
}

async function storedDocuments(
  section: Section,
  changes: readonly Change[],
): Promise<({ number: number; bytes: Uint8Array } | undefined)[]> {
  const values = await section.getMany(changes.map(({ key }) => recordKey(key)));
  const numbers = values.map((value) => (value === undefined ? undefined : documentNumber(value)));
  const known = numbers.filter((number) => number !== undefined);
  const blocks = await section.getMany(known.map(documentKey));
  const bytesOf = new Map(known.map((number, i) => [number, blocks[i]]));
  return numbers.map((number) => {
    const bytes = number === undefined ? undefined : bytesOf.get(number);
    return number === undefined || bytes === undefined ? undefined : { number, bytes };
  });
}

function documentNumber(value: Uint8Array): number {
  return numberOfKey(Buffer.from(value).toString());
}

function lengthOf({ weights }: IndexedDocument): number {
  return weights.reduce((sum, weight) => sum + contentOf(weight), 0);
}
