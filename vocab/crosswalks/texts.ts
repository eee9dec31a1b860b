import { cleanText, languageTag, type RepairLog } from '../cleaning/index.ts';
import type { LanguageString } from '../record.ts';

/** Gathers texts of one kind, cleaned, each once, with their languages. */
export class Texts {
  readonly #texts = new Map<string, LanguageString>();

  add(text: string, written: string | undefined, log: RepairLog): void {
    const value = cleanText(text, log);
    if (value === '' || this.#texts.has(value)) return;
    const language = written === undefined ? undefined : languageTag(written);
    this.#texts.set(value, { value, ...(language !== undefined && { language }) });
  }

  get first(): string | undefined {
    const [text] = this.#texts.keys();
    return text;
  }

  get all(): LanguageString[] {
    return [...this.#texts.values()];
  }
}
