/** When two records are of one work: what is compared of a record, and what agreement and difference weigh. */
export {
  compare,
  features,
  levelsIn,
  levelsOf,
  patternOf,
  type Comparison,
  type Feature,
  type IsHeading,
  type Levels,
} from './comparison.ts';
export type { ComparedTitle } from './compared-title.ts';
export { genericWords } from './generic-words.ts';
export { judge, type Judgement } from './judgement.ts';
export { byBlock, matchKeys, type MatchKey } from './match-keys.ts';
export { hash32, letterShingles, minHash } from './minhash.ts';
export { vetoes, type Veto, type VetoOf } from './vetoes.ts';
export { defaultBits, NEEDED_BITS, weighedLevels, type Weighed } from './weights.ts';
export { decodeProfile, encodeProfile, workProfile, type WorkProfile } from './work-profile.ts';
