import { setImmediate as yieldToOthers } from 'node:timers/promises';
import { isTombstone, type Holding } from '../../../vocab/record.ts';
import type { Change } from '../../catalogue/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import type { DocumentTable } from './documents/document-table.ts';
import type { DocumentWriting } from './documents/document-writing.ts';
import type { IndexedDocument } from './documents/document.ts';
import { noFacets } from './documents/facet-values.ts';
import { decodeDocument, keyOfDocument, storedTerms, type StoredTerms } from './documents/stored-document.ts';
import type { DocumentChanges, IndexMemory } from './index-memory.ts';
import { deathKey, documentKey } from './layout.ts';

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

/** What tells where the documents are. */
export type DocumentsInMemory = Pick<IndexMemory, 'documentsByKey' | 'table'>;

interface StoredDocument {
  number: number;
  bytes: Uint8Array;
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
  { writing, fullText }: { writing: DocumentWriting; fullText?: FullTextWords | undefined },
): Promise<DocumentBatch> {
  const before = await storedDocuments(
    section,
    memory,
    changes.map(({ key }) => key),
  );
  const operations: Operation[] = [];
  const edit = memory.table.edit();
  const born: { number: number; document: StoredTerms }[] = [];
  const died: StoredTerms[] = [];
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
        : writing.write(key, holding, { facets, ...(textWords !== undefined && { textWords }) });
    if (old !== undefined && document !== undefined && Buffer.compare(old.bytes, document.bytes) === 0)
      continue;
    if (old !== undefined) {
      const dead = storedTerms(old.bytes);
      died.push(dead);
      size += dead.terms.length;
      edit.remove(old.number);
      const { generation } = memory.recent;
      operations.push({ type: 'put', key: deathKey(generation, old.number), value: NOTHING });
    }
    if (document !== undefined) {
      const number = nextDocument;
      nextDocument += 1;
      born.push({ number, document });
      size += document.terms.length;
      edit.add(number, { key, tombstone: document.tombstone, length: document.length, facets });
      operations.push({ type: 'put', key: documentKey(number), value: document.bytes });
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
export async function storedDocument(
  section: Section,
  memory: DocumentsInMemory,
  key: string,
): Promise<IndexedDocument | undefined> {
  const [found] = await storedDocuments(section, memory, [key]);
  return found === undefined ? undefined : decodeDocument(found.bytes);
}

async function storedDocuments(
  section: Section,
  { documentsByKey, table }: DocumentsInMemory,
  keys: readonly string[],
): Promise<(StoredDocument | undefined)[]> {
  const found: (StoredDocument | undefined)[] = keys.map(() => undefined);
  const places = keys.flatMap((key, i) =>
    documentsByKey.candidates(key, table).map((number) => ({ key, i, number })),
  );
  if (places.length === 0) return found;
  const blocks = await section.getMany(places.map(({ number }) => documentKey(number)));
  for (const [at, { key, i, number }] of places.entries()) {
    const bytes = blocks[at];
    if (bytes !== undefined && keyOfDocument(bytes) === key) found[i] = { number, bytes };
  }
  return found;
}
