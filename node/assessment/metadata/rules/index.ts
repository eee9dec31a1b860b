/** What can be asked of a record's metadata. Profiles say which of it they ask, and how strictly. */
export { access } from './access.ts';
export { description } from './description.ts';
export { funding } from './funding.ts';
export { planSRules } from './plan-s.ts';
export { publication } from './publication.ts';
