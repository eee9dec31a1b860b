import { compare, patternOf, type Comparison, type IsHeading } from './comparison.ts';
import { vetoesOf, type VetoOf } from './vetoes.ts';
import { defaultBits } from './weights.ts';
import type { WorkProfile } from './work-profile.ts';

/** Two records held against one another, with what follows from it by the default weights. */
export interface Judgement {
  comparison: Comparison;
  pattern: string;
  bits: number;
  vetoes: readonly VetoOf[];
}

/** @param isHeading says of a title that is in both whether it stands over many works */
export function judge(a: WorkProfile, b: WorkProfile, isHeading?: IsHeading): Judgement {
  const comparison = compare(a, b, isHeading);
  const pattern = patternOf(comparison.levels);
  return { comparison, pattern, bits: defaultBits(pattern), vetoes: vetoesOf(a, b, comparison) };
}
