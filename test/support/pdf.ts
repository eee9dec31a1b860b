import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';

/** A PDF with a page for each text, its lines as they are; `''` is a page with a picture only. */
export async function aPdf(
  pages: readonly string[],
  options: { userPassword?: string } = {},
): Promise<Buffer> {
  const pdf = new PDFDocument({ autoFirstPage: false, info: { CreationDate: new Date(0) }, ...options });
  const bytes = buffer(pdf);
  for (const text of pages) {
    pdf.addPage();
    if (text === '') pdf.rect(50, 50, 400, 600).fill('grey');
    else pdf.fillColor('black').fontSize(9).text(text);
  }
  pdf.end();
  return await bytes;
}

/** Some hundred words of an article, with a title and a word that occurs nowhere else. */
export function anArticle(word: string): string {
  const sentence = `The measurements of ${word} were repeated in each season and compared with those of earlier years. `;
  return `On ${word}\n\nAbstract\n${sentence.repeat(12)}\n`;
}
