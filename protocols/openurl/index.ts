export { OpenUrlError } from './errors.ts';
export { parseTrackerHit, type TrackerHit } from './tracker-hit.ts';
export { parseTrackerLines } from './tracker-lines.ts';
