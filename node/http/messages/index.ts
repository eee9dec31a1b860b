export type { Messages } from './en.ts';
export { LANGUAGES, Locale, localeOf, type Language } from './locale.ts';
