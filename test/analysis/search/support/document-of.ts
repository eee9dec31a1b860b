import { DocumentWriting } from '../../../../node/analysis/search/documents/document-writing.ts';
import type { IndexedDocument } from '../../../../node/analysis/search/documents/document.ts';
import { decodeDocument } from '../../../../node/analysis/search/documents/stored-document.ts';

const writing = new DocumentWriting();

/** What is indexed of a holding, as it is read from the store. */
export const documentOf = (...holding: Parameters<DocumentWriting['write']>): IndexedDocument =>
  decodeDocument(writing.write(...holding).bytes);
