import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { ProvidedRepository } from '../../protocols/oai-pmh/index.ts';
import type { Citations } from '../analysis/citations/index.ts';
import type { Duplicates } from '../analysis/duplicates/index.ts';
import type { UsageEvent } from '../analysis/usage/index.ts';
import type { ReadCatalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Institution } from '../institution/index.ts';
import type { Announcements } from '../notifications/index.ts';
import type { DatestampIndex, PublishedResources } from '../publishing/index.ts';
import type { Statements } from '../statements/index.ts';
import type { Assets } from './assets.ts';
import type { Beside } from './beside.ts';
import { Views } from './pages/view.ts';
import type { HttpParts } from './parts.ts';
import { Institutions } from './peers/institutions.ts';
import { HeldItems } from './records/held-items.ts';
import { RecordRepresentations } from './records/representations.ts';
import type { Channel } from './routers/resourcesync/index.ts';
import type { Site } from './site.ts';
import { HeldWorks } from './works/held-works.ts';

/**
 * What it takes to answer from the rows of the store: records, lists of them, works, citations, OAI-PMH and ResourceSync. The node
 * has all of it, and so has a process that only reads along (`node/assembly/http-role.ts`).
 */
export interface ReadParts {
  catalogue: ReadCatalogue;
  duplicates: Pick<Duplicates, 'workOf' | 'work' | 'copiesOf' | 'counts'>;
  statements: Pick<Statements, 'list'>;
  institution: Pick<Institution, 'document' | 'logo'>;
  citations: Pick<Citations, 'cites' | 'citedBy' | 'counts'>;
  notifications: { announcements: Pick<Announcements, 'of' | 'onChange' | 'has' | 'count' | 'changedAt'> };
  index: Pick<DatestampIndex, 'common' | 'count'>;
  oai: ProvidedRepository;
  resources: PublishedResources;
  websub?: { channels: readonly Channel[] } | undefined;
  /** What of a record is worked out from more than rows. */
  beside: Beside;
  /** Takes views of own items. */
  usage: { record(event: UsageEvent): Promise<unknown> };
  site: Site;
  health: HttpParts['health'];
  metrics: Registry;
  clock: Clock;
  log: Logger;
}

/** These, and what the routers over them share. */
export interface SharedReadParts extends ReadParts {
  views: Views;
  institutions: Institutions;
  items: HeldItems;
  works: HeldWorks;
  representations: RecordRepresentations;
}

type Made = Pick<SharedReadParts, 'views' | 'institutions' | 'items' | 'works' | 'representations'>;

/** What is made of them for the routers. */
export function sharedOf(
  parts: Pick<ReadParts, 'catalogue' | 'duplicates' | 'statements' | 'notifications' | 'site' | 'clock'>,
  assets: Assets,
): Made {
  const { catalogue, notifications, site } = parts;
  const institutions = new Institutions({ feeds: catalogue.feeds, site });
  const items = new HeldItems({ holdings: catalogue.holdings, institutions });
  return {
    views: new Views({ site, assets }),
    institutions,
    items,
    works: new HeldWorks({ ...parts, items }),
    representations: new RecordRepresentations({
      catalogue,
      site,
      announcements: notifications.announcements,
    }),
  };
}
