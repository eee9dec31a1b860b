const readableTypes: ReadonlySet<string> = new Set([
  'application/pdf',
  'application/x-pdf',
  'text/html',
  'application/xhtml+xml',
  'application/xml',
  'text/xml',
  'application/jats+xml',
]);

const typesByExtension: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  htm: 'text/html',
  html: 'text/html',
  xhtml: 'application/xhtml+xml',
  xml: 'application/xml',
};

/** Of names with these nothing can be read; a name without a known ending may be anything. */
const UNREADABLE =
  /^(?:jpe?g|png|gif|tiff?|svg|webp|zip|gz|tar|rar|7z|txt|csv|tsv|xlsx?|docx?|odt|rtf|pptx?|ods|odp|epub|tex|bib|ris|mp[34]|wav|avi|mov|m4[av]|json|rdf|ttl|nt|exe|r|py|dta|sav|ps)$/;

/** The media type that an address's last part shows by its ending. */
export function typeByName(url: string): string | undefined {
  return typesByExtension[extensionOf(url)];
}

/** Whether text may be in a file, by its media type or, where that is not told, by its name. */
export function mayBeReadable({ url, format }: { url: string; format?: string }): boolean {
  if (format !== undefined && format !== 'application/octet-stream') return readableTypes.has(format);
  return !UNREADABLE.test(extensionOf(url));
}

/** Whether a file is said to be a PDF. */
export function promisesPdf({ url, format }: { url: string; format?: string }): boolean {
  return format === undefined
    ? typeByName(url) === 'application/pdf'
    : /^application\/(?:x-)?pdf$/.test(format);
}

function extensionOf(url: string): string {
  const path = url.replace(/[?#].*$/s, '');
  return /\.([a-z0-9]{1,6})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}
