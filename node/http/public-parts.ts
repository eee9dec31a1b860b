import type { Assets } from './assets.ts';
import { HeldItems } from './held-items.ts';
import { Institutions } from './institutions.ts';
import { Views } from './pages/view.ts';
import type { HttpParts } from './parts.ts';

/** The node's parts, and what the routers of the public pages share. */
export interface PublicParts extends HttpParts {
  views: Views;
  institutions: Institutions;
  items: HeldItems;
}

export function publicParts(parts: HttpParts, assets: Assets): PublicParts {
  const { catalogue, site } = parts;
  const institutions = new Institutions({ feeds: catalogue.feeds, site });
  return {
    ...parts,
    views: new Views({ site, assets }),
    institutions,
    items: new HeldItems({ holdings: catalogue.holdings, institutions }),
  };
}
