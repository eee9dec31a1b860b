export type MediaKind = 'pdf' | 'html' | 'jats';

/** How far into a file its kind is looked for; PDFs may have other things before their header. */
const HEAD_BYTES = 4_096;
const PDF_HEADER_WITHIN = 1_024;

/** What a file is by its first bytes, which are right where names and servers err; undefined for what cannot be read. */
export function mediaKind(bytes: Uint8Array): MediaKind | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1').replaceAll('\0', '');
  if (head.slice(0, PDF_HEADER_WITHIN).includes('%PDF-')) return 'pdf';
  const root = /^[^<]{0,200}(?:<(?:[?!][^>]*|!--.*?--)>[^<]*)*<([\w:.-]{1,60})/s
    .exec(head)?.[1]
    ?.toLowerCase();
  if (root === undefined) return undefined;
  if (/^(?:\w+:)?(?:article|book-part|sub-article)$/.test(root) && isXml(head)) return 'jats';
  return /^(?:html|head|body|title|meta|script|div|p|h1)$/.test(root) ? 'html' : undefined;
}

/** Articles of JATS begin as XML does, those of HTML do not. */
function isXml(head: string): boolean {
  return (
    /^[^<]{0,200}<\?xml\b/i.test(head) ||
    /<!DOCTYPE[^>]{0,500}(?:JATS|NLM)\b/i.test(head) ||
    /\bdtd-version=/.test(head)
  );
}
