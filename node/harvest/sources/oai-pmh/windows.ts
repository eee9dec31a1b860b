/**
 * A list cut into windows of time, each read by itself, for repositories that cannot bear the list as a whole.
 *
 * Windows follow one another from the beginning of time to its end: the first has no `from`, the last no `until`. Their
 * size shrinks where the repository fails and grows where it does not. A failure is closed in on until it is clear what
 * the matter is: the size, or one unit of time with a record that the repository cannot give out.
 *
 * Each window begins with the last unit of the one before: repositories that keep fractions of a second, or take `until`
 * as the first moment that is out, would else lose what lies between.
 */
import type { Reach } from './reach.ts';

/** Units of datestamps, in milliseconds. */
export const SECOND = 1_000;
export const DAY = 86_400_000;

/** The time line of a repository. Times are milliseconds since 1970. */
export interface TimeLine {
  /** A second or a day. */
  unit: number;
  /** When the list was begun: what is dated later has changed since. */
  end: number;
}

/** Both ends belong to it, as in the protocol (OAI-PMH 2.0, section 2.7.1). */
export interface Window {
  from?: number;
  until?: number;
}

/** Where the windows stand: plain values, so that it can be written down. */
export interface Windows {
  /** What lies before it is one window without a `from`, or is not wanted. */
  start: number;
  /** Where the next window begins; absent before the first. */
  from?: number;
  /** Of the next windows, in units; 0 is one unit alone. */
  size: number;
  /** Where the next window ends, whatever the size: up to there nothing much is expected. */
  until?: number;
  /** So many times the size, where nothing is to be found for some time. */
  leap: number;
  /** Windows read since the last failure or growth, and how many of them it takes to try a larger one. */
  calm: number;
  patience: number;
  /** The end of the window that is being closed in on, and what was so before. */
  suspect?: { until: number; size: number; patience: number };
  /** The repository ignores `until`: one window goes to the end. */
  endless?: true;
}

/** Hardly a repository has records that are dated before. */
export const FIRST_DATE = Date.UTC(1990, 0, 1);
const FIRST_SIZE = 30 * DAY;
/** After the first failure so many windows are read before a larger one is tried; after each further one twice as many. */
const FIRST_PATIENCE = 4;
const MOST_PATIENCE = 256;
/** Of what was read of a list before it broke off so much is asked for again at once, where its length is known. */
const SAFE_SHARE = 0.8;
const CAREFUL_SHARE = 0.25;

/**
 * @param options.from where to begin, if not at the beginning of time
 * @param options.reach how far the list came that could not be read as a whole
 */
export function firstWindows(
  { unit, end }: TimeLine,
  options: { start: number; from?: number | undefined; reach?: Reach | undefined },
): Windows {
  const { from, reach } = options;
  const start = floor(Math.min(from ?? options.start, end), unit);
  const size = reach === undefined ? FIRST_SIZE / unit : bearableSize(reach, unit);
  return {
    start,
    ...(from !== undefined && { from: start }),
    ...quietBefore(reach, start, unit),
    size,
    leap: 1,
    calm: 0,
    patience: reach === undefined ? 0 : FIRST_PATIENCE,
  };
}

export function nextWindow(windows: Windows, { unit, end }: TimeLine): Window {
  const { start, from, size, leap, until, suspect, endless } = windows;
  if (from === undefined) return { until: start };
  if (endless || from >= floor(end, unit)) return { from };
  const units = leap === 1 ? size : Math.max(size, 1) * leap;
  const bounds = [until ?? from + units * unit, suspect?.until ?? Infinity, floor(end, unit)];
  return { from, until: Math.max(from, Math.min(...bounds)) };
}

/**
 * The window was read.
 *
 * @param found how many records it had
 * @returns undefined where it was the last
 */
export function afterReading(
  windows: Windows,
  window: Window,
  { unit, end }: TimeLine,
  found: number,
): Windows | undefined {
  const next = behind(windows, window, unit);
  if (next === undefined) return undefined;
  const { suspect, ...rest } = next;
  const most = Math.ceil(Math.max(end - rest.start, unit) / unit);
  // The first window, and one up to where something is expected, say nothing about those that follow.
  const tells = window.from !== undefined && windows.until === undefined;
  const leap = tells && found === 0 ? Math.min(rest.leap * 2, most) : 1;
  if (suspect !== undefined && (window.until ?? Infinity) < suspect.until) return { ...next, leap };
  // Nor does a leap say anything about the size that is borne.
  if (!tells || found === 0 || windows.leap > 1) return { ...rest, leap };
  const calm = rest.calm + 1;
  if (calm < rest.patience) return { ...rest, calm };
  return { ...rest, calm: 0, size: Math.min(Math.max(rest.size * 2, 1), most) };
}

/**
 * The window could not be read.
 *
 * @param reach how far its list came
 * @returns undefined where it cannot be made smaller
 */
export function afterFailure(
  windows: Windows,
  { from, until }: Window,
  unit: number,
  reach?: Reach,
): Windows | undefined {
  if (from === undefined && windows.start > FIRST_DATE) {
    // There are records before the earliest that the repository speaks of.
    return { ...windows, start: FIRST_DATE, ...quietBefore(reach, FIRST_DATE, unit) };
  }
  if (from === undefined || until === undefined || from === until) return undefined;
  const half = Math.floor((until - from) / unit / 2);
  const smaller = windows.leap > 1 ? Math.min(half, windows.size) : Math.floor(half / 2);
  const { until: _, ...rest } = windows;
  return {
    ...rest,
    ...quietBefore(reach, from, unit, until),
    calm: 0,
    patience:
      windows.suspect === undefined
        ? Math.min(Math.max(windows.patience * 2, FIRST_PATIENCE), MOST_PATIENCE)
        : windows.patience,
    size: reach === undefined ? smaller : Math.min(half, bearableSize(reach, unit)),
    leap: 1,
    suspect: { size: windows.size, patience: windows.patience, ...windows.suspect, until },
  };
}

/**
 * The window cannot be read, and is given up.
 *
 * @param options.regain whether what is in it is to blame, and not its size
 * @returns undefined where it was the last
 */
export function afterGivingUp(
  windows: Windows,
  window: Window,
  unit: number,
  options: { regain: boolean },
): Windows | undefined {
  const next = behind(windows, window, unit);
  if (next === undefined) return undefined;
  const { suspect, ...rest } = next;
  if (!options.regain || suspect === undefined) return rest;
  const { size, patience } = suspect;
  return { ...rest, size, patience };
}

/** All up to a datestamp was read, although the window was not. */
export function goingOnAt(windows: Windows, datestamp: number, unit: number): Windows {
  const { until: _, ...rest } = windows;
  return { ...rest, from: floor(datestamp, unit) };
}

/** The part of the time line that has been read, from 0 to 1. */
export function shareRead({ start, from }: Windows, end: number): number {
  if (from === undefined || end <= start) return 0;
  return Math.min(1, Math.max(0, (from - start) / (end - start)));
}

export function floor(time: number, unit: number): number {
  return Math.floor(time / unit) * unit;
}

function behind(windows: Windows, { from, until }: Window, unit: number): Windows | undefined {
  if (until === undefined) return undefined;
  const { until: _, ...rest } = windows;
  if (from === undefined) return { ...windows, from: windows.start };
  return { ...rest, from: Math.max(until, from + unit) };
}

/** Up to the first record that a list gave nothing much is expected, unless it lies behind the window that gave it. */
function quietBefore(
  reach: Reach | undefined,
  from: number,
  unit: number,
  end = Infinity,
): { until?: number } {
  const until = reach === undefined ? from : floor(reach.low, unit) - unit;
  return until > from && until < end ? { until } : {};
}

/** So many units as hold what a list gave before it broke off, if its records lie evenly. */
function bearableSize({ records, low, high, size }: Reach, unit: number): number {
  const share = size === undefined || size < records ? CAREFUL_SHARE : (SAFE_SHARE * records) / size;
  return Math.floor(((high - low) / unit) * share);
}
