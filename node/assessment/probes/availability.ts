import { DAY_MS, dayOf, SLOT_MS, SLOTS_A_DAY, slotOf, type DaySheet } from './day-sheet.ts';

/** From a moment up to another, without it; milliseconds since 1970. */
export interface Span {
  from: number;
  to: number;
}

/** Minutes of a time: in how many the endpoint answered, and of how many it is known whether it did. */
interface Minutes {
  up: number;
  known: number;
  /** All of them, without what does not count. */
  all: number;
}

export interface Outage extends Span {
  /** Whether it had not ended when it was last asked. */
  isOngoing: boolean;
}

export interface Availability extends Minutes {
  /** `2026-01`, each month of the time, in order. */
  months: readonly (Minutes & { month: string })[];
  /** The longest first. */
  outages: readonly Outage[];
}

/** As many outages as a reader looks at. */
const MOST_OUTAGES = 10;
const SLOT_MINUTES = SLOT_MS / 60_000;

/**
 * How available an endpoint was: of the slots that are known, those in which it answered. What is not known is left out, and so are
 * slots in which maintenance was announced (Plan S, Part III: “not taking into account scheduled downtime”).
 * @param sheets what is known, by day since 1970
 */
export function availabilityOf(
  sheets: ReadonlyMap<number, DaySheet>,
  { from, to }: Span,
  maintenance: readonly Span[] = [],
): Availability {
  const [first, end] = [slotOf(from), slotOf(to)];
  const months = new Map<string, Minutes>();
  const outages: Outage[] = [];
  let open: { from: number; to: number } | undefined;
  const close = (isOngoing: boolean): void => {
    if (open !== undefined)
      outages.push({ from: open.from * SLOT_MS, to: (open.to + 1) * SLOT_MS, isOngoing });
    open = undefined;
  };
  for (let day = dayOf(from); day * SLOTS_A_DAY < end; day += 1) {
    const sheet = sheets.get(day);
    const month = monthOf(months, day);
    const start = day * SLOTS_A_DAY;
    const isWhole = start >= first && start + SLOTS_A_DAY <= end && !touches(maintenance, day);
    const counted = sheet?.count() ?? { known: 0, up: 0 };
    if (isWhole && counted.known === counted.up) {
      // Nothing went wrong: no need to look at every slot.
      if (sheet !== undefined && counted.known > 0) close(false);
      add(month, { ...counted, all: SLOTS_A_DAY });
      continue;
    }
    for (let slot = Math.max(first, start); slot < Math.min(end, start + SLOTS_A_DAY); slot += 1) {
      if (isWithin(maintenance, slot * SLOT_MS)) continue;
      const state = sheet?.at(slot - start) ?? 'unknown';
      add(month, { up: state === 'up' ? 1 : 0, known: state === 'unknown' ? 0 : 1, all: 1 });
      if (state === 'up') close(false);
      // An outage goes on over what is not known, up to where it is known again to be one.
      else if (state === 'down') open = { from: open?.from ?? slot, to: slot };
    }
  }
  close(true);
  const sum: Minutes = { up: 0, known: 0, all: 0 };
  for (const minutes of months.values()) add(sum, minutes, 1);
  return {
    ...sum,
    months: [...months].map(([month, minutes]) => ({ month, ...minutes })),
    outages: outages
      .toSorted((one, other) => other.to - other.from - (one.to - one.from))
      .slice(0, MOST_OUTAGES),
  };
}

/** The last 365 days. */
export function yearBefore(now: number): Span {
  return { from: now - 365 * DAY_MS, to: now };
}

/** Up of known, from 0 to 1; undefined where nothing is known. */
export function shareUp({ up, known }: Minutes): number | undefined {
  return known === 0 ? undefined : up / known;
}

function monthOf(months: Map<string, Minutes>, day: number): Minutes {
  const name = new Date(day * DAY_MS).toISOString().slice(0, 'YYYY-MM'.length);
  let minutes = months.get(name);
  if (minutes === undefined) {
    minutes = { up: 0, known: 0, all: 0 };
    months.set(name, minutes);
  }
  return minutes;
}

function add(sum: Minutes, more: Minutes, factor = SLOT_MINUTES): void {
  sum.up += more.up * factor;
  sum.known += more.known * factor;
  sum.all += more.all * factor;
}

function touches(spans: readonly Span[], day: number): boolean {
  return spans.some(({ from, to }) => from < (day + 1) * DAY_MS && to > day * DAY_MS);
}

/** Whether any of the slot's time is within a span: an outage rarely begins on the minute. */
function isWithin(spans: readonly Span[], time: number): boolean {
  return spans.some(({ from, to }) => from < time + SLOT_MS && to > time);
}
