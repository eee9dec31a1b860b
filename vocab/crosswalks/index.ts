/** The ways between metadata formats and our records. A format is added by one file and one line in `crosswalks`. */
import type { Crosswalk } from './crosswalk.ts';
import { oaiDc } from './oai-dc.ts';

export type { Crosswalk, CrosswalkResult } from './crosswalk.ts';
export { oaiDc, oaiDcRows } from './oai-dc.ts';

/** Best first: a source that offers several of these formats is best read in the first of them. */
export const crosswalks: readonly Crosswalk[] = [oaiDc];

/** The crosswalk for a metadata prefix. */
export function crosswalkFor(prefix: string): Crosswalk | undefined {
  return crosswalks.find((crosswalk) => crosswalk.prefix === prefix);
}
