import type { RecordLanguage, RecordTexts } from '../language/index.ts';

/** Who tells the languages of records: this thread, or one beside it. */
export interface RecordLanguages {
  /**
   * In the order of the records; `undefined` where it cannot be told.
   * @throws the signal's reason
   */
  of(records: readonly RecordTexts[], signal: AbortSignal): Promise<readonly (RecordLanguage | undefined)[]>;
}

/** Tells them where it is called: for tests, where a thread would cost more than it saves. */
export const languagesInPlace: RecordLanguages = {
  of: async (records) => {
    const { languageOfRecord } = await import('../language/index.ts');
    return records.map(languageOfRecord);
  },
};
