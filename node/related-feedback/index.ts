/** What readers and the node's manager say does not belong among the related items of a record. */
export { FeedbackError } from './errors.ts';
export type { Opinion } from './opinion.ts';
export { RelatedFeedback } from './related-feedback.ts';
