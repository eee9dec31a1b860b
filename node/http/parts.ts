import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Duplicates } from '../analysis/duplicates/index.ts';
import type { RelatedItems } from '../analysis/related/index.ts';
import type { TextIndex } from '../analysis/search/index.ts';
import type { Usage } from '../analysis/usage/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Federation } from '../federation/index.ts';
import type { Harvester } from '../harvest/index.ts';
import type { Inbox } from '../inbox/index.ts';
import type { Site } from './site.ts';

/** The node's parts, as far as HTTP needs them. */
export interface HttpParts {
  catalogue: Catalogue;
  text: Pick<TextIndex, 'search'>;
  related: Pick<RelatedItems, 'related'>;
  duplicates: Pick<Duplicates, 'workOf' | 'work' | 'copiesOf' | 'counts' | 'explain'>;
  usage: Pick<Usage, 'record' | 'own' | 'counts' | 'totals'>;
  federation: Pick<Federation, 'peers' | 'multiaddrs'>;
  harvester: Pick<Harvester, 'run' | 'refetch' | 'state' | 'issues' | 'issueCounts'>;
  inbox: Inbox;
  site: Site;
  health: { ready(): Promise<Readiness> };
  metrics: Registry;
  /** What a client of the manager's API has to know. */
  apiToken: string;
  /** The readers of the log, and how far each has read. */
  readers: () => readonly { name: string; cursor: number; lag: number }[];
  clock: Clock;
  log: Logger;
}

/** Whether the node can do its work, and what each check found. */
export interface Readiness {
  ok: boolean;
  checks: readonly { name: string; ok: boolean; detail: string }[];
}
