import type { JsonObject } from '../../../../vocab/crosswalks/index.ts';

/** An entry as the library has taken it apart, its values as they were written. */
export interface BibtexEntry {
  type: string;
  label: string;
  properties: Readonly<Record<string, string | number>>;
}

/** A record of RIS: a value by its tag, or several. */
export type RisRecord = Readonly<Record<string, string | readonly string[]>>;

/**
 * citation-js, with the types of its input forced: it never has to guess what a text is, and so never takes one for an
 * address to fetch. All of it throws whatever it likes.
 */
export interface CitationLibrary {
  parseBibtex(text: string): readonly BibtexEntry[];
  cslOfBibtex(entries: readonly BibtexEntry[]): readonly JsonObject[];
  parseRis(text: string): readonly RisRecord[];
  cslOfRis(record: RisRecord): JsonObject;
}

let loaded: Promise<CitationLibrary> | undefined;

/** Loads the library at the first use: it takes longer than the rest of the node. */
export function citationLibrary(): Promise<CitationLibrary> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<CitationLibrary> {
  const { plugins } = await import('@citation-js/core');
  await import('@citation-js/plugin-bibtex');
  await import('@citation-js/plugin-ris');
  withoutMarkup(plugins.config.get('@bibtex'));
  const data = (input: unknown, type: string): unknown => plugins.input.data(input, type);
  return {
    parseBibtex: (text) => data(text, '@bibtex/text') as BibtexEntry[],
    // BibLaTeX's fields hold those of BibTeX, and more.
    cslOfBibtex: (entries) => data(entries, '@biblatex/entries+list') as JsonObject[],
    parseRis: (text) => data(text, '@ris/file') as RisRecord[],
    cslOfRis: (record) => data(record, '@ris/record') as JsonObject,
  };
}

/** Emphasis in LaTeX becomes HTML in citations; a record's title is plain text. */
function withoutMarkup(config: unknown): void {
  const { constants } = config as { constants: { formatting: Record<string, [string, string]> } };
  for (const kind of Object.keys(constants.formatting)) {
    constants.formatting[kind] = kind === 'quotes' ? ['\u201c', '\u201d'] : ['', ''];
  }
}
