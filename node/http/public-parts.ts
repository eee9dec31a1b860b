import type { Assets } from './assets.ts';
import { WorkedOut, type Beside } from './beside.ts';
import type { Views } from './pages/view.ts';
import type { HttpParts } from './parts.ts';
import type { Institutions } from './peers/institutions.ts';
import { sharedOf } from './read-parts.ts';
import type { HeldItems } from './records/held-items.ts';
import type { RecordRepresentations } from './records/representations.ts';
import { TrackerRefusals } from './tracker/index.ts';
import type { HeldWorks } from './works/held-works.ts';
import { PairsToReview } from './works/pairs-to-review.ts';

/** The node's parts, and what the routers of the public pages share. */
export interface PublicParts extends HttpParts {
  views: Views;
  institutions: Institutions;
  items: HeldItems;
  works: HeldWorks;
  representations: RecordRepresentations;
  beside: Beside;
  pairsToReview: PairsToReview;
  /** What was refused at `/tracker`, by code. */
  trackerRefusals: TrackerRefusals;
}

export function publicParts(parts: HttpParts, assets: Assets): PublicParts {
  const shared = sharedOf(parts, assets);
  return {
    ...parts,
    ...shared,
    beside: new WorkedOut({ ...parts, works: shared.works }),
    pairsToReview: new PairsToReview({ ...parts, items: shared.items }),
    trackerRefusals: new TrackerRefusals(parts),
  };
}
