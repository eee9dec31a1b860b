import type { Problem } from '../../issues/issue.ts';
import type { Step } from './steps.ts';

/** What comes out of the lists of a source, in order. `isLost`: records may be missing because of it. */
export type Event = { step: Step } | { problem: Problem; isLost: boolean };
