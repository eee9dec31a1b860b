import type { Feature, Levels, Veto } from '../../../../../vocab/same-work/index.ts';

/** What shows that two records are of one work, or are not, in one language. */
export interface EvidenceWords {
  /** What the two have in common, or how they differ. */
  levels: { readonly [F in Feature]: { readonly [L in NonNullable<Levels[F]>]: string } };
  /** What keeps the two apart whatever else they have in common. */
  vetoes: Readonly<Record<Veto, string>>;
  /** What the manager said of the two. */
  statement: Readonly<Record<'same' | 'different', string>>;
  /** What shows it where the two are of one work only because each is of one with a third. */
  through: string;
}
