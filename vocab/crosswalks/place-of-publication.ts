import { cleanText, type RepairLog } from '../cleaning/index.ts';
import type { Source } from '../record.ts';
import { journalCitation } from './journal-citation.ts';

/** Gathers where a work was published, from citations and from parts. */
export class PlaceOfPublication {
  #source: Source | undefined;

  /** A citation, cleaned; the first that can be taken apart counts. */
  cited(text: string): void {
    const source = journalCitation(text);
    if (source !== undefined && this.#source?.title === undefined) this.#source = source;
  }

  /** Each part fills what is not known yet; a title puts an end to a citation that could not be taken apart. */
  parts(parts: Omit<Source, 'citation'>, log: RepairLog): void {
    const clean: { -readonly [Part in keyof Source]: Source[Part] } = {};
    for (const part of ['title', 'volume', 'issue', 'pages'] as const) {
      const text = cleanText(parts[part] ?? '', log);
      if (text !== '') clean[part] = part === 'pages' ? text.replace(/\s?[-–]\s?/, '-') : text;
    }
    if (Object.keys(clean).length === 0) return;
    const { citation, ...known } = this.#source ?? {};
    const source = { ...clean, ...known };
    this.#source = source.title === undefined && citation !== undefined ? { ...source, citation } : source;
  }

  get value(): Source | undefined {
    return this.#source;
  }
}
