import { completeness } from './completeness.ts';
import { crosswalk } from './crosswalk.ts';
import { fit } from './fit.ts';
import type { Stage } from './stage.ts';

/** Every stage, in the order in which a record goes through them. */
export const stages: readonly Stage[] = [crosswalk, completeness, fit];

export { Draft, type Stage } from './stage.ts';
