import {
  features,
  NEEDED_BITS,
  type Feature,
  type Judgement,
  type Levels,
  type Veto,
  type WorkProfile,
} from '../../../vocab/same-work/index.ts';
import type { Says } from './statements.ts';

/** One feature in which two records agree or differ. */
export interface Evidence {
  feature: Feature;
  level: NonNullable<Levels[Feature]>;
  /** What it adds, or takes away. */
  bits: number;
  /** What was compared, folded, of the one and of the other, where it can be shown. */
  of?: [string, string];
}

/** Why two records are of one work, or are not. */
export interface Why {
  verdict: 'same' | 'different';
  /** The sum of the evidence, and how much it takes. */
  bits: number;
  needed: number;
  evidence: Evidence[];
  /** What keeps them apart, whatever the evidence. */
  vetoes: { veto: Veto; of?: [string, string] }[];
  /** What the manager said of the two. */
  statement?: Says;
  /** From the one to the other, where they are of one work only through others. */
  path?: string[];
}

/** The evidence, level by level; what each adds are the node's own weights, and sum up to `bits`. */
export function evidenceOf(
  judgement: Judgement,
  [a, b]: readonly [WorkProfile, WorkProfile],
  { bits, bitsOf }: { bits: number; bitsOf: readonly number[] },
): Pick<Why, 'bits' | 'needed' | 'evidence' | 'vetoes'> {
  const evidence: Evidence[] = [];
  for (const [i, feature] of features.entries()) {
    const level = judgement.comparison.levels[feature];
    if (level === undefined) continue;
    const of = shown(feature, judgement, a, b);
    evidence.push({ feature, level, bits: bitsOf[i] ?? 0, ...(of !== undefined && { of }) });
  }
  return { bits, needed: NEEDED_BITS, evidence, vetoes: [...judgement.vetoes] };
}

const MOST_NAMES = 5;
const MOST_LETTERS = 200;

function shown(
  feature: Feature,
  { comparison }: Judgement,
  a: WorkProfile,
  b: WorkProfile,
): [string, string] | undefined {
  const both = (of: (profile: WorkProfile) => string): [string, string] => [of(a), of(b)];
  switch (feature) {
    case 'title':
      return comparison.titles === undefined
        ? undefined
        : [
            comparison.titles.titles[0].words.slice(0, MOST_LETTERS),
            comparison.titles.titles[1].words.slice(0, MOST_LETTERS),
          ];
    case 'identifiers':
      return comparison.identifiers?.of;
    case 'authors':
      return both(({ authors }) =>
        authors.names
          .slice(0, MOST_NAMES)
          .map(({ family, given }) => `${family}, ${given}`.replace(/, $/, ''))
          .join('; '),
      );
    case 'year':
      return both(({ year }) => String(year));
    case 'pages':
      return both(({ publication: { first, last } }) => (last === '' ? first : `${first}-${last}`));
    case 'source':
      return both(({ publication: { title, volume, issue } }) =>
        [title, volume, issue].filter((part) => part !== '').join(' '),
      );
    case 'type':
      return both(({ nature = '' }) => nature);
    case 'language':
      return both(({ languages }) => languages.join(', '));
    case 'abstract':
    case 'origin':
      return undefined;
    default:
      return feature satisfies never;
  }
}
