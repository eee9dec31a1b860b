import { isTombstone, type Holding } from '../../../vocab/record.ts';
import { chosen, type Suggestion } from './choice.ts';
import {
  byCitations,
  byMeaning,
  byUse,
  byWords,
  MOST_BY_MEANING,
  scoreOf,
  together,
  type Cited,
  type Evidence,
  type Feedback,
  type Held,
  type Meaning,
  type Reason,
  type TextAlike,
  type Used,
  type Works,
} from './signals.ts';

export interface RelatedItem {
  key: string;
  /** From 0 to 1. */
  score: number;
  /** Why it is suggested, what says most first; at least one. */
  reasons: Reason[];
}

const MOST_ITEMS = 100;
const MOST_CANDIDATES = 1_000;
/** Of candidates and of works among which the choice is made. */
const FEWEST = 20;
/** Candidates for each item that is wanted, and how many times as many where too many are copies of one another. */
const CANDIDATES = 3;
const CANDIDATES_MORE = 4;
/** Works among which the choice is made, for each one that is wanted. */
const CHOICE = 2;
/** Records of one work that are looked at. */
const MOST_COPIES = 20;
/** Less is chance: a word in common, and not a rare one. */
const LEAST_SCORE = 0.03;
/** A copy that is open is shown in place of one that is so much more alike. */
const NEARLY_AS_GOOD = 0.9;
/** Of other works that have all but the same text, so many say that the text tells no work: "Untitled", "Annual report". */
const SAME_TEXT = 0.97;
const MOST_OF_SAME_TEXT = 3;

/** Evidence of which the same text has as much as there can be. */
const BY_TEXT: ReadonlySet<Reason['kind']> = new Set(['words', 'similar meaning']);

/** What is known of one record. */
interface Candidate {
  key: string;
  evidence: Evidence[];
}

/** The records of one work. */
type Group = Candidate[];

/**
 * What to read next: for a record the works most like it in words, near it in the graph of citations, and used with it.
 *
 * Never another copy of the same work, nor a tombstone, nor what readers said does not belong; of each other work one
 * record, an open one where there is one nearly as good. What the duplicates have not read yet counts as a work of its
 * own.
 */
export class RelatedItems {
  readonly #text: TextAlike;
  readonly #works: Works;
  readonly #held: Held;
  readonly #cited: Cited | undefined;
  readonly #used: Used | undefined;
  readonly #feedback: Feedback | undefined;
  readonly #meaning: Meaning | undefined;

  constructor(options: {
    text: TextAlike;
    works: Works;
    held: Held;
    cited?: Cited;
    used?: Used;
    feedback?: Feedback;
    /** A model, where there is one: it orders what the others find, and finds nothing by itself. */
    meaning?: Meaning | undefined;
  }) {
    this.#text = options.text;
    this.#works = options.works;
    this.#held = options.held;
    this.#cited = options.cited;
    this.#used = options.used;
    this.#feedback = options.feedback;
    this.#meaning = options.meaning;
  }

  /** At most `limit` items (and 100), best first. None for a tombstone or an unknown key. */
  async related(key: string, limit: number): Promise<RelatedItem[]> {
    const wanted = Math.min(limit, MOST_ITEMS);
    const [seed] = await this.#held.getMany([key]);
    if (wanted < 1 || seed === undefined || isTombstone(seed)) return [];
    const records = [key, ...(await this.#works.copiesOf(key)).filter((copy) => copy !== key)];
    const [cited, used, irrelevant] = await Promise.all([
      this.#cited === undefined ? [] : byCitations(this.#cited, records.slice(0, MOST_COPIES)),
      this.#used === undefined ? [] : byUse(this.#used, key),
      this.#feedback?.irrelevant(key) ?? new Set<string>(),
    ]);
    const others: Candidate[] = [...cited, ...used].map(([key, evidence]) => ({ key, evidence }));
    const excluded = new Set([...records, ...(await this.#worksOf([key, ...irrelevant]))]);
    const groups = await this.#found(key, { others, excluded, wanted });
    const suggestions = await this.#suggestions(groups.slice(0, Math.max(FEWEST, wanted * CHOICE)));
    return chosen(suggestions, wanted).map(({ key, score, reasons }) => ({ key, score, reasons }));
  }

  /** The works in question, the best first: as many as are wanted and some more to choose among, if there are. */
  async #found(
    key: string,
    options: { others: readonly Candidate[]; excluded: ReadonlySet<string>; wanted: number },
  ): Promise<Group[]> {
    const { others, excluded, wanted } = options;
    const fewest = this.#meaning === undefined ? FEWEST : MOST_BY_MEANING;
    for (
      let asked = Math.max(fewest, wanted * CANDIDATES);
      ;
      asked = Math.min(MOST_CANDIDATES, asked * CANDIDATES_MORE)
    ) {
      const alike = await this.#text.similarTo(key, asked);
      const candidates = [...alike.map((item) => ({ key: item.key, evidence: [byWords(item)] })), ...others];
      const groups = await this.#groups([...candidates, ...(await this.#meant(key, candidates))], excluded);
      const isAll = alike.length < asked || asked === MOST_CANDIDATES;
      // Those that would come after these are too little alike.
      const isEnd = (alike.at(-1)?.score ?? 0) < LEAST_SCORE;
      if (groups.length >= wanted || isAll || isEnd) return groups;
    }
  }

  async #meant(key: string, candidates: readonly Candidate[]): Promise<Candidate[]> {
    if (this.#meaning === undefined) return [];
    const meant = await byMeaning(this.#meaning, key, candidates);
    return [...meant].map(([key, evidence]) => ({ key, evidence }));
  }

  /** The candidates by work, the best works first; without excluded works and without what is too little. */
  async #groups(candidates: readonly Candidate[], excluded: ReadonlySet<string>): Promise<Group[]> {
    const works = await this.#worksOf(candidates.map(({ key }) => key));
    const groups = new Map<string, Map<string, Candidate>>();
    for (const [i, { key, evidence }] of candidates.entries()) {
      const work = works[i] ?? key;
      if (excluded.has(work) || excluded.has(key)) continue;
      const group = groups.get(work) ?? new Map<string, Candidate>();
      groups.set(work, group.set(key, { key, evidence: [...(group.get(key)?.evidence ?? []), ...evidence] }));
    }
    return withoutSameText([...groups.values()].map((group) => [...group.values()]))
      .map((group) => ({ group, score: scoreOfGroup(group) }))
      .filter(({ score }) => score >= LEAST_SCORE)
      .sort((a, b) => b.score - a.score || (firstKey(a.group) < firstKey(b.group) ? -1 : 1))
      .map(({ group }) => group);
  }

  /** Of each work the record that is shown; without works of which only tombstones are held. */
  async #suggestions(groups: readonly Group[]): Promise<Suggestion[]> {
    const shown = groups.map((group) =>
      group
        .toSorted((a, b) => scoreOf(b.evidence) - scoreOf(a.evidence) || (a.key < b.key ? -1 : 1))
        .slice(0, MOST_COPIES),
    );
    const holdings = await this.#held.getMany(shown.flat().map(({ key }) => key));
    let at = 0;
    return shown.flatMap((group) => {
      const records = group.flatMap((candidate) => {
        const holding = holdings[at++];
        return holding === undefined || isTombstone(holding)
          ? []
          : [{ ...candidate, holding, score: scoreOf(candidate.evidence) }];
      });
      const [best] = records;
      if (best === undefined) return [];
      const one =
        records.find(({ score, holding }) => isOpen(holding) && score >= NEARLY_AS_GOOD * best.score) ?? best;
      const evidence = together(group.map(({ evidence }) => evidence));
      return [
        {
          key: one.key,
          score: scoreOf(evidence),
          reasons: evidence.map(({ reason }) => reason),
          isOpen: isOpen(one.holding),
          origin: one.holding.node,
        },
      ];
    });
  }

  async #worksOf(keys: readonly string[]): Promise<string[]> {
    return await Promise.all(keys.map(async (key) => (await this.#works.workOf(key)) ?? key));
  }
}

/** Where too many works have the text of the seed, it is not the text that makes them alike. */
function withoutSameText(groups: readonly Group[]): Group[] {
  const hasSameText = (group: Group): boolean =>
    group.some(({ evidence }) =>
      evidence.some(({ reason, strength }) => reason.kind === 'words' && strength >= SAME_TEXT),
    );
  if (groups.filter(hasSameText).length <= MOST_OF_SAME_TEXT) return [...groups];
  return groups.flatMap((group) => {
    if (!hasSameText(group)) return [group];
    const left = group
      .map(({ key, evidence }) => ({
        key,
        evidence: evidence.filter(({ reason }) => !BY_TEXT.has(reason.kind)),
      }))
      .filter(({ evidence }) => evidence.length > 0);
    return left.length === 0 ? [] : [left];
  });
}

const scoreOfGroup = (group: Group): number => scoreOf(together(group.map(({ evidence }) => evidence)));
const firstKey = (group: Group): string => group.map(({ key }) => key).sort()[0] ?? '';

function isOpen(holding: Holding): boolean {
  return !isTombstone(holding) && holding.access?.right === 'open';
}
