export { Duplicates, type Work } from './duplicates.ts';
