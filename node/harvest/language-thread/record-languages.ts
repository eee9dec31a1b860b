import type { RecordLanguage, RecordTexts } from '../language/index.ts';

/** Who tells the languages of records. */
export interface RecordLanguages {
  /**
   * In the order of the records; `undefined` where it cannot be told.
   * @throws the signal's reason
   */
  of(records: readonly RecordTexts[], signal: AbortSignal): Promise<readonly (RecordLanguage | undefined)[]>;
}
