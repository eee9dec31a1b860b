import { NgrError } from '../../vocab/errors.ts';
import type { Obstacle, Observation } from './verdict.ts';

/** `ASSESSMENT_CHECK_FAILED`: what a check saw is not as it should be. */
export class CheckFailed extends NgrError {
  /** What was seen, the flaw last. */
  readonly seen: readonly Observation[];

  constructor(...seen: readonly [Observation, ...Observation[]]) {
    super('ASSESSMENT_CHECK_FAILED', `A check failed: ${JSON.stringify(seen.at(-1))}`, { details: { seen } });
    this.seen = seen;
  }
}

/** `ASSESSMENT_INAPPLICABLE`: there is nothing yet that the check could be made on. */
export class NotApplicable extends NgrError {
  readonly why: Obstacle;

  constructor(why: Obstacle) {
    super('ASSESSMENT_INAPPLICABLE', `A check cannot be made: ${why}`);
    this.why = why;
  }
}
