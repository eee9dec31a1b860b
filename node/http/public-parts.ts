import type { Assets } from './assets.ts';
import { HeldItems } from './held-items.ts';
import { HeldWorks } from './held-works.ts';
import { Institutions } from './institutions.ts';
import { PairsToReview } from './pairs-to-review.ts';
import { Views } from './pages/view.ts';
import type { HttpParts } from './parts.ts';
import { RecordRepresentations } from './record-representations.ts';
import { TrackerRefusals } from './tracker/index.ts';

/** The node's parts, and what the routers of the public pages share. */
export interface PublicParts extends HttpParts {
  views: Views;
  institutions: Institutions;
  items: HeldItems;
  works: HeldWorks;
  representations: RecordRepresentations;
  pairsToReview: PairsToReview;
  /** What was refused at `/tracker`, by code. */
  trackerRefusals: TrackerRefusals;
}

export function publicParts(parts: HttpParts, assets: Assets): PublicParts {
  const { catalogue, notifications, site } = parts;
  const institutions = new Institutions({ feeds: catalogue.feeds, site });
  const items = new HeldItems({ holdings: catalogue.holdings, institutions });
  return {
    ...parts,
    views: new Views({ site, assets }),
    institutions,
    items,
    works: new HeldWorks({ ...parts, items }),
    representations: new RecordRepresentations({
      catalogue,
      site,
      announcements: notifications.announcements,
    }),
    pairsToReview: new PairsToReview({ ...parts, items }),
    trackerRefusals: new TrackerRefusals(parts),
  };
}
