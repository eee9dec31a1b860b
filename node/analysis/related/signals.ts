import type { Holding } from '../../../vocab/record.ts';

/** Where holdings of similar text come from: best first, never the one that is asked for, never a tombstone. */
export interface TextAlike {
  /** `score`: from 0 to 1, the share of the text's own score; `terms`: words that both have. */
  similarTo(key: string, limit: number): Promise<{ key: string; score: number; terms: string[] }[]>;
}

/** Which work a record is a copy or version of, and its other records. */
export interface Works {
  workOf(key: string): Promise<string | undefined>;
  copiesOf(key: string): Promise<readonly string[]>;
}

/** What is near a work in the graph of citations. */
export interface Cited {
  neighbours(records: readonly string[]): Promise<
    readonly {
      record: string;
      /** The work cites it. */
      isCited: boolean;
      /** It cites the work. */
      isCiting: boolean;
      sharedReferences: number;
      citedTogether: number;
      /** Both, each reference and each citing record weighed by how rare it is. */
      coupling: number;
      cocitation: number;
    }[]
  >;
}

/** What is used in the same sessions. */
export interface Used {
  usedWith(key: string, limit: number): Promise<readonly { key: string; sessions: number }[]>;
}

/** How alike in meaning records are to one, from 0 to 1, by a model that reads them; undefined for those that it has not read. */
export interface Meaning {
  likeness(key: string, others: readonly string[]): Promise<readonly (number | undefined)[]>;
}

/** What readers have said does not belong to a record. */
export interface Feedback {
  irrelevant(key: string): Promise<ReadonlySet<string>>;
}

export interface Held {
  getMany(keys: readonly string[]): Promise<(Holding | undefined)[]>;
}

/** Why a work is suggested. */
export type Reason =
  /** Words in title, abstract or subjects that both have, those that tell most first. */
  | { kind: 'words'; words: string[] }
  /** The suggested work cites the one that is asked about. */
  | { kind: 'cites' }
  /** The suggested work is cited by it. */
  | { kind: 'cited by' }
  | { kind: 'same references'; count: number }
  /** So many records cite both. */
  | { kind: 'cited together'; count: number }
  | { kind: 'used together' }
  /** Title and abstract say something like it, in whatever words. */
  | { kind: 'similar meaning' };

/** How far a signal speaks for a record, from 0 to 1, and in words. */
export interface Evidence {
  strength: number;
  reason: Reason;
}

/**
 * What a signal of full strength makes of a score. That of the words is measured, alone, on CISI and Cranfield (`npm run
 * bench -- related`). No collection at hand has citations or uses beside judgements of its own: their weights are set so
 * that two of them at half strength weigh as much as a text that is as alike as the first hits usually are (a third),
 * and a citation, which the reader sees in the lists of the same page, as much as half of that.
 */
const WEIGHTS: Readonly<Record<Reason['kind'], number>> = {
  words: 0.9,
  'same references': 0.4,
  'cited together': 0.4,
  'used together': 0.4,
  'similar meaning': 0.5,
  cites: 0.15,
  'cited by': 0.15,
};

/** Of citations and uses the strongest few hundred. */
const MOST_NEIGHBOURS = 300;
/** Of candidates so many, the best by all else, are compared by meaning: a row each is read. */
export const MOST_BY_MEANING = 200;
/** So many sessions, above the threshold of privacy, are half of full strength. */
const HALF_OF_SESSIONS = 10;

/** Evidence that adds up: each takes away its share of the doubt that the others leave (a noisy or). Never above 1. */
export function scoreOf(evidence: readonly Evidence[]): number {
  return (
    1 - evidence.reduce((doubt, { strength, reason }) => doubt * (1 - WEIGHTS[reason.kind] * strength), 1)
  );
}

export const byWords = ({ score, terms }: { score: number; terms: string[] }): Evidence => ({
  strength: score,
  reason: { kind: 'words', words: terms },
});

/** What the citations say, by record. */
export async function byCitations(
  cited: Cited,
  records: readonly string[],
): Promise<Map<string, Evidence[]>> {
  const found = new Map<string, Evidence[]>();
  for (const neighbour of await cited.neighbours(records)) {
    const { record, isCited, isCiting, sharedReferences, citedTogether, coupling, cocitation } = neighbour;
    const evidence: Evidence[] = [];
    if (isCiting) evidence.push({ strength: 1, reason: { kind: 'cites' } });
    if (isCited) evidence.push({ strength: 1, reason: { kind: 'cited by' } });
    if (sharedReferences > 0) {
      const reason: Reason = { kind: 'same references', count: sharedReferences };
      evidence.push({ strength: coupling / (1 + coupling), reason });
    }
    if (citedTogether > 0) {
      const reason: Reason = { kind: 'cited together', count: citedTogether };
      evidence.push({ strength: cocitation / (1 + cocitation), reason });
    }
    found.set(record, evidence);
  }
  const strongest = [...found].sort(([a, x], [b, y]) => scoreOf(y) - scoreOf(x) || (a < b ? -1 : 1));
  return new Map(strongest.slice(0, MOST_NEIGHBOURS));
}

/** What the use says, by record. */
export async function byUse(used: Used, key: string): Promise<Map<string, Evidence[]>> {
  const found = await used.usedWith(key, MOST_NEIGHBOURS);
  return new Map(
    found.map(({ key, sessions }) => [
      key,
      [{ strength: sessions / (sessions + HALF_OF_SESSIONS), reason: { kind: 'used together' } }],
    ]),
  );
}

/** What a model says, by record: of those only that something else speaks for, and of these the best. */
export async function byMeaning(
  meaning: Meaning,
  key: string,
  candidates: readonly { key: string; evidence: readonly Evidence[] }[],
): Promise<Map<string, Evidence[]>> {
  const known = new Map<string, Evidence[]>();
  for (const { key, evidence } of candidates) known.set(key, [...(known.get(key) ?? []), ...evidence]);
  const best = [...known]
    .sort(([a, x], [b, y]) => scoreOf(y) - scoreOf(x) || (a < b ? -1 : 1))
    .slice(0, MOST_BY_MEANING)
    .map(([key]) => key);
  const found = await meaning.likeness(key, best);
  return new Map(
    best.flatMap((key, i) => {
      const strength = found[i] ?? 0;
      return strength === 0 ? [] : [[key, [{ strength, reason: { kind: 'similar meaning' } }]]];
    }),
  );
}

/** One list of evidence for several records of one work: of each kind the strongest, what says most first. */
export function together(lists: readonly (readonly Evidence[])[]): Evidence[] {
  const strongest = new Map<Reason['kind'], Evidence>();
  for (const evidence of lists.flat()) {
    const known = strongest.get(evidence.reason.kind);
    if (known === undefined || evidence.strength > known.strength)
      strongest.set(evidence.reason.kind, evidence);
  }
  const says = (one: Evidence): number => WEIGHTS[one.reason.kind] * one.strength;
  return [...strongest.values()].sort((a, b) => says(b) - says(a));
}
