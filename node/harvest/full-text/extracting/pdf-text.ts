import { getDocumentProxy } from 'unpdf';
import type { DocumentContent } from './document-content.ts';
import { MOST_TEXT } from './limits.ts';

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Pdf['getPage']>>;

/** Letters that make a page one with text: more than a page number and a stamp. */
const LETTERS_A_PAGE = 30;
/** Of a scanned document a page in five may have text: a cover sheet, a title page that was set anew. */
const SCANNED_SHARE = 0.2;

/**
 * The text of a PDF by pdf.js, in the order in which the pages set it, with their line ends: nearly always the order of
 * reading, columns one after another. Pages that cannot be read are left out; a document of which none can is damaged.
 */
export async function readPdf(bytes: Uint8Array): Promise<DocumentContent> {
  const format = 'application/pdf';
  let pdf: Pdf;
  try {
    // Only what is fatal is logged; and no code is made from what is in the file.
    pdf = await getDocumentProxy(bytes, { verbosity: 0, isEvalSupported: false, useSystemFonts: false });
  } catch (error) {
    const encrypted = error instanceof Error && error.name === 'PasswordException';
    return { outcome: encrypted ? 'encrypted' : 'damaged', format, detail: String(error) };
  }
  const pages = await pageTexts(pdf);
  await pdf.loadingTask.destroy();
  if (pages.texts.length === 0) return { outcome: 'damaged', format, detail: String(pages.failure) };
  const withText = pages.texts.filter(hasText).length;
  if (withText === 0 || withText < pages.texts.length * SCANNED_SHARE) return { outcome: 'no-text', format };
  return { outcome: 'text', format, text: pages.texts.join('\n').slice(0, MOST_TEXT) };
}

async function pageTexts(pdf: Pdf): Promise<{ texts: string[]; failure: unknown }> {
  const texts: string[] = [];
  let failure: unknown;
  let length = 0;
  for (let number = 1; number <= pdf.numPages && length < MOST_TEXT; number += 1) {
    try {
      const page = await pdf.getPage(number);
      const text = await pageText(page);
      page.cleanup();
      texts.push(text);
      length += text.length;
    } catch (error) {
      failure = error;
    }
  }
  return { texts, failure };
}

async function pageText(page: Page): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
}

function hasText(page: string): boolean {
  return (page.match(/\p{L}/gu)?.length ?? 0) >= LETTERS_A_PAGE;
}
