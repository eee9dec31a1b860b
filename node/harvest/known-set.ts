import { HarvestError } from './errors.ts';
import type { Source } from './sources/index.ts';

/** Lists of sets can be as long as those of records. */
const MOST_LISTED = 100_000;
const MOST_TOLD = 20;
/** Whoever asks for a set is waiting. */
const LONGEST_MS = 20_000;

/**
 * Refuses a set that a source does not list. Where its list cannot be read to the end in a short time, nothing is said
 * against the set: the harvest shows.
 *
 * @throws HarvestError `HARVEST_UNKNOWN_SET`
 */
export async function refuseUnknownSet(
  { name, source }: { name: string; source: Pick<Source, 'setSpecs'> },
  set: string,
  signal: AbortSignal,
): Promise<void> {
  const known: string[] = [];
  try {
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]);
    for await (const specs of source.setSpecs?.(inTime) ?? []) {
      if (specs.includes(set)) return;
      known.push(...specs);
      if (known.length > MOST_LISTED) return;
    }
  } catch {
    signal.throwIfAborted();
    return;
  }
  const told = known.slice(0, MOST_TOLD).join(', ');
  const more = known.length > MOST_TOLD ? ` and ${known.length - MOST_TOLD} more` : '';
  throw new HarvestError('HARVEST_UNKNOWN_SET', `The source "${name}" has no set "${set}".`, {
    remedy: known.length === 0 ? 'It has no sets: harvest it without one.' : `Choose one of: ${told}${more}.`,
  });
}
