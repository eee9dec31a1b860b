export { RelatedItems, type RelatedItem, type TextAlike, type Works } from './related-items.ts';
