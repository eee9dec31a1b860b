import type { Section } from '../../store/index.ts';
import type { DocumentTable } from './documents/document-table.ts';
import type { IndexedDocument } from './documents/document.ts';
import type { TermPostings } from './postings/postings.ts';
import type { ScoredDocument } from './ranking/best-hits.ts';

/** What of the index every question needs. */
export interface IndexReading {
  section: Section;
  /** The document that a record has now. */
  documentOf(key: string): Promise<IndexedDocument | undefined>;
  /** Each term's postings, and the table of the same moment; of terms in more than `most` documents only the count. */
  postings(
    terms: readonly string[],
    most?: number,
  ): Promise<{ table: DocumentTable; postings: TermPostings[] }>;
  /** Hits with their keys, in their final order. */
  withKeys(hits: readonly ScoredDocument[]): Promise<(ScoredDocument & { key: string })[]>;
}
