/**
 * The language of a text, and of a record's texts. For threads beside the node's own (`language-thread/`), or to be imported when it
 * is needed (`await import`): the tables of the library take a third of a second and some 50 MB.
 */
export { isLike, knowsLanguage } from './alike.ts';
export { detectLanguage } from './detect-language.ts';
export { languageOfRecord, type RecordLanguage, type RecordTexts } from './language-of-record.ts';
