import type { Assets } from './assets.ts';
import { WorkedOut, type Beside } from './beside.ts';
import type { HeldItems } from './held-items.ts';
import type { HeldWorks } from './held-works.ts';
import type { Institutions } from './institutions.ts';
import { PairsToReview } from './pairs-to-review.ts';
import type { Views } from './pages/view.ts';
import type { HttpParts } from './parts.ts';
import { sharedOf } from './read-parts.ts';
import type { RecordRepresentations } from './record-representations.ts';
import { TrackerRefusals } from './tracker/index.ts';

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
