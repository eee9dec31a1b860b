import { isDeepStrictEqual } from 'node:util';
import { isTombstone, type Record as NgrRecord } from '../../../vocab/record.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import type { Problem } from '../issues/issue.ts';
import { appliedTo, withFacts } from './facts.ts';
import { stateKey } from './layout.ts';
import type { LookParts } from './look-at-file.ts';
import { isEmpty, originOfPlan, planOf, type Plan } from './plan.ts';
import { lost, pruned } from './pruned.ts';
import { type Applied, loadStates, newState, putState, type RecordState } from './record-state.ts';
import { RecordVisit } from './record-visit.ts';
import { dropText } from './texts.ts';
import { problemsOf } from './troubles.ts';
import type { VisitQueue, Waiting } from './visit-queue.ts';

/** Where issues about files are taken down. */
export interface FileIssues {
  replace(
    subject: { source: string; oaiIdentifier: string; url: string },
    problems: readonly Problem[],
    now: number,
  ): Promise<void>;
  forget(subject: { source: string; oaiIdentifier: string }): Promise<void>;
}

export interface VisitorParts extends LookParts {
  catalogue: Catalogue;
  section: Section;
  queue: VisitQueue;
  issues: FileIssues;
  /** Name of the source that has a record. */
  sourceOf: (oaiIdentifier: string) => Promise<string | undefined>;
}

export interface VisitCounts {
  fetched: number;
  failed: number;
}

/**
 * Visits records: looks at their files, keeps what comes out of them, takes down what is wrong, and has the catalogue add
 * what is now known. What is known is on disk before the record says so, and the record has its place in the queue until
 * both are done: whatever breaks a visit off, the next one does what is missing.
 */
export class Visitor {
  readonly #parts: VisitorParts;

  constructor(parts: VisitorParts) {
    this.#parts = parts;
  }

  /** @throws the signal's reason; the record is then where it was in the queue */
  async visit({ key, place }: Waiting, signal: AbortSignal): Promise<VisitCounts> {
    const { catalogue, section, queue, clock } = this.#parts;
    const holding = await catalogue.holdings.get(key);
    const [stored] = await loadStates(section, [key]);
    if (holding === undefined || isTombstone(holding) || holding.node !== catalogue.node) {
      await writeBatch(
        section,
        [...(await this.forget(key, stored)), ...queue.remove(key, place)],
        NOT_SYNCED,
      );
      return { fetched: 0, failed: 0 };
    }
    const earlier = stored ?? newState(holding.oaiIdentifier);
    const before = pruned(earlier, holding, clock.now());
    const plan = planOf(holding, before, clock.now());
    const visit = new RecordVisit({ ...this.#parts, key, record: holding, before, plan });
    const { files, page, texts, pausedUntil, fetched, failed } = await visit.run(signal);
    signal.throwIfAborted();

    const { page: _, source: former, ...others } = before;
    const source = (await this.#parts.sourceOf(holding.oaiIdentifier)) ?? former;
    const found: RecordState = {
      ...others,
      mark: plan.mark,
      files,
      ...(source !== undefined && { source }),
      ...(page !== undefined && { page }),
    };
    const problems = await problemsOf(holding, found);
    const known = { ...found, troubled: [...new Set([...found.troubled, ...problems.keys()])] };
    const gone = lost(earlier, known).flatMap((url) => dropText(key, url));
    await writeBatch(section, [...texts, ...gone, putState(key, known)], NOT_SYNCED);
    await this.#tell(known, problems, former);
    const applied = await this.#amend(holding, known);
    const state: RecordState = { ...known, applied, troubled: [...problems.keys()] };
    const next = nextVisit(state, plan, { pausedUntil, now: clock.now() });
    const origin = originOfPlan(plan);
    await writeBatch(
      section,
      [
        isOver(state, plan) ? { type: 'del', key: stateKey(key) } : putState(key, state),
        ...(next === undefined
          ? queue.remove(key, place)
          : queue.postpone(key, { origin, time: next, from: place })),
      ],
      NOT_SYNCED,
    );
    return { fetched, failed };
  }

  /** Drops all that is known of a record's files, and the issues about them. */
  async forget(key: string, state: RecordState | undefined): Promise<Operation[]> {
    if (state === undefined) return [];
    const { source, oaiIdentifier, troubled, files } = state;
    if (source !== undefined && troubled.length > 0)
      await this.#parts.issues.forget({ source, oaiIdentifier });
    return [{ type: 'del', key: stateKey(key) }, ...files.flatMap(({ url }) => dropText(key, url))];
  }

  /** Takes down what is wrong with the files, and closes what no longer is. */
  async #tell(
    { source, oaiIdentifier, troubled }: RecordState,
    problems: ReadonlyMap<string, Problem[]>,
    former: string | undefined,
  ): Promise<void> {
    const { issues, clock } = this.#parts;
    if (former !== undefined && former !== source) await issues.forget({ source: former, oaiIdentifier });
    if (source === undefined) return;
    for (const url of troubled) {
      await issues.replace({ source, oaiIdentifier, url }, problems.get(url) ?? [], clock.now());
    }
  }

  /** Has the record say what is known. @returns what of it is ours */
  async #amend(record: NgrRecord, state: RecordState): Promise<Applied> {
    const { catalogue, clock } = this.#parts;
    let amended = withFacts(record, state, clock.now());
    if (isDeepStrictEqual(amended, record)) return appliedTo(record, state);
    const change = (current: NgrRecord): NgrRecord => {
      amended = withFacts(current, state, clock.now());
      return amended;
    };
    await catalogue.put([{ type: 'amend', oaiIdentifier: record.oaiIdentifier, change }]);
    return appliedTo(amended, state);
  }
}

/** Visits can be done again: what is written is in order, and whatever is written durably later brings it to the disk. */
const NOT_SYNCED = { durable: false };
/** Whatever its times say, a record has others before it again. */
const LEAST_PAUSE_MS = 60_000;

function nextVisit(
  { files, page }: RecordState,
  plan: Plan,
  { pausedUntil, now }: { pausedUntil: number | undefined; now: number },
): number | undefined {
  const times = [...files.map(({ next }) => next), page?.next, plan.opensAt].filter(
    (time) => time !== undefined,
  );
  const soonest = pausedUntil ?? (times.length === 0 ? undefined : Math.min(...times));
  return soonest === undefined ? undefined : Math.max(soonest, now + LEAST_PAUSE_MS);
}

/** Nothing is to be fetched of the record, and nothing to be remembered. */
function isOver({ files }: RecordState, plan: Plan): boolean {
  return files.length === 0 && isEmpty(plan);
}
