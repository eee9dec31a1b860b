import { utcSeconds } from '../../protocols/oai-pmh/index.ts';
import { standingOf, type OpenHarvest, type StoredState } from './stored-state.ts';

/** How often everything is read again: to find what vanished without a word, and what was dated back. */
const FULL_EVERY_MS = 7 * 86_400_000;

/** What is wanted of a harvest. */
export interface Wanted {
  /** Everything, whatever has changed. */
  full: boolean;
  /** One set alone. */
  set?: string | undefined;
}

/** The harvest that is due: one that was broken off, or a new one. It is part of the state. */
export function dueHarvest(
  stored: StoredState | undefined,
  { full, set }: Wanted,
  { scope, now }: { scope: string; now: number },
): { state: StoredState; harvest: OpenHarvest; isNew: boolean } {
  const { lastRun } = stored ?? {};
  const known: StoredState =
    stored?.scope === scope
      ? stored
      : { scope, number: stored?.number ?? 0, ...standingOf(stored ?? {}), ...(lastRun && { lastRun }) };
  const { open, ofSet, complete } = known;
  const begun = set === undefined ? open : ofSet;
  if (begun !== undefined && (set === undefined ? begun.kind === 'full' || !full : begun.set === set))
    return { state: known, harvest: begun, isNew: false };

  const number = known.number + 1;
  const start = { number, startedAt: now, read: false, pages: 0, records: 0, lost: 0, stalled: 0 };
  if (set !== undefined) {
    const harvest: OpenHarvest = { kind: 'set', set, ...start };
    return { state: { ...known, number, ofSet: harvest }, harvest, isNew: true };
  }
  const all = full || complete === undefined || now - complete.fullAt >= FULL_EVERY_MS;
  const harvest: OpenHarvest = all
    ? { kind: 'full', ...start }
    : { kind: 'incremental', since: complete.time, ...start };
  return { state: { ...known, number, open: harvest }, harvest, isNew: true };
}

/** The state when the harvest has come to its end. */
export function afterHarvest(state: StoredState, harvest: OpenHarvest): StoredState {
  const { open, ofSet, ...rest } = state;
  if (harvest.kind === 'set') return { ...rest, ...(open && { open }) };
  const { kind, startedAt, time = utcSeconds(startedAt) } = harvest;
  const fullAt = kind === 'full' ? startedAt : (state.complete?.fullAt ?? startedAt);
  return { ...rest, ...(ofSet && { ofSet }), complete: { time, fullAt } };
}
