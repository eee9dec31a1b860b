export { RelatedItems, type RelatedItem } from './related-items.ts';
export type { Cited, Feedback, Held, Meaning, Reason, TextAlike, Used, Works } from './signals.ts';
export { UsedTogether } from './used-together.ts';
