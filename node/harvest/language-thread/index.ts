/** The languages of records, told in a thread of its own. What it takes to tell them is in there only. */
export { LanguageThread } from './language-thread.ts';
export type { RecordLanguages } from './record-languages.ts';
