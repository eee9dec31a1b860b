import { OpenUrlError } from './errors.ts';
import { parseTrackerHit, type TrackerHit } from './tracker-hit.ts';

/** A line of a batch: its number, from 1, and the event that it tells, or why it tells none. */
type TrackerLine = { line: number } & ({ hit: TrackerHit } | { error: OpenUrlError });

/**
 * Reads several usage events, an OpenURL a line: its query, or the whole address that would be asked for, as software
 * keeps them that could not deliver them (DSpace: the table OpenUrlTracker). Empty lines are none.
 *
 * An addition of this node: the IRUS Tracker Protocol has one event a request.
 *
 * @throws OpenUrlError `OPENURL_TOO_MANY_LINES` · `OPENURL_NO_ITEM` there is no line
 */
export function parseTrackerLines(text: string, most: number): TrackerLine[] {
  const lines: TrackerLine[] = [];
  let number = 0;
  for (const written of text.split('\n', most + 1)) {
    number += 1;
    if (number > most)
      throw refused('OPENURL_TOO_MANY_LINES', `there are more than ${most} lines`, 'Send them in parts.');
    const line = written.trim();
    if (line !== '') lines.push({ line: number, ...readLine(line) });
  }
  if (lines.length === 0) throw refused('OPENURL_NO_ITEM', 'no line tells of an event', 'Send one a line.');
  return lines;
}

function readLine(line: string): { hit: TrackerHit } | { error: OpenUrlError } {
  try {
    return { hit: parseTrackerHit(new URLSearchParams(line.slice(line.indexOf('?') + 1))) };
  } catch (error) {
    if (error instanceof OpenUrlError) return { error };
    throw error;
  }
}

function refused(code: string, problem: string, remedy: string): OpenUrlError {
  return new OpenUrlError(code, `The usage events are refused: ${problem}.`, { remedy });
}
