/** When two records are of one work: what is compared of a record, and the rule that compares it. */
export { blockOf, matchKeys, type MatchKey } from './match-keys.ts';
export { byBlock, evidenceInWords, joins, profileOf, type Profile } from './profile.ts';
