/** Finding the files of an item on its page. */
export { findFiles } from './landing-page.ts';
export type { FoundFile } from './found-file.ts';
