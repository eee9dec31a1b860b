import type { DocumentContent } from './document-content.ts';
import { readHtml } from './html-text.ts';
import { readJats } from './jats-text.ts';
import { mediaKind } from './media-kind.ts';
import { readPdf } from './pdf-text.ts';

/** What is in a file, by what it is, not by what it is called; `charset` is that of its content type. */
export async function readDocument(bytes: Uint8Array, charset?: string): Promise<DocumentContent> {
  switch (mediaKind(bytes)) {
    case 'pdf':
      return await readPdf(bytes);
    case 'html':
      return readHtml(bytes, charset);
    case 'jats':
      return readJats(bytes, charset);
    case undefined:
      return { outcome: 'other' };
  }
}
