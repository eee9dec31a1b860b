/**
 * The language of a text. To be imported when it is needed (`await import`): the tables of the library take a third of a
 * second and some 50 MB.
 */
export { isLike, knowsLanguage } from './alike.ts';
export { detectLanguage } from './detect-language.ts';
