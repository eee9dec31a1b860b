import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { ProvidedRepository } from '../../protocols/oai-pmh/index.ts';
import type { Accounts, ExternalLogins } from '../accounts/index.ts';
import type { Citations } from '../analysis/citations/index.ts';
import type { Duplicates } from '../analysis/duplicates/index.ts';
import type { RelatedItems } from '../analysis/related/index.ts';
import type { TextIndex } from '../analysis/search/index.ts';
import type { Usage } from '../analysis/usage/index.ts';
import type { CheckName, MetadataAssessment, PlanS, SelfAssessment } from '../assessment/index.ts';
import type { Backups } from '../backup/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { ContentList } from '../content/index.ts';
import type { Elsewhere, Federation, Lookups } from '../federation/index.ts';
import type { Harvester } from '../harvest/index.ts';
import type { HealthReport } from '../health/index.ts';
import type { Imports } from '../imports/index.ts';
import type { Institution } from '../institution/index.ts';
import type { Letters } from '../mail/index.ts';
import type { Notifications } from '../notifications/index.ts';
import type { Policies } from '../policy/index.ts';
import type { DatestampIndex, PublishedResources } from '../publishing/index.ts';
import type { RelatedFeedback } from '../related-feedback/index.ts';
import type { Statements } from '../statements/index.ts';
import type { ItemIndex, UsageLogs } from '../usage-logs/index.ts';
import type { Hub } from '../websub/index.ts';
import type { CounterSettings } from './routers/counter/index.ts';
import type { Channel } from './routers/resourcesync/index.ts';
import type { Site } from './site.ts';
import type { TrackerSite } from './tracker/index.ts';
import type { OwnUse, RegionalUse, ToldUsage } from './usage/index.ts';

/** The node's parts, as far as HTTP needs them. */
export interface HttpParts {
  catalogue: Catalogue;
  text: Pick<TextIndex, 'search'>;
  related: Pick<RelatedItems, 'related'>;
  /** What readers and the manager say does not belong among related items. */
  feedback: Pick<RelatedFeedback, 'vote' | 'leaveOut' | 'takeBack' | 'list' | 'counts'>;
  duplicates: Pick<
    Duplicates,
    'workOf' | 'worksOf' | 'work' | 'copiesOf' | 'linksOf' | 'counts' | 'why' | 'settled'
  >;
  /** What the manager says of records that are of one work, or are not. */
  statements: Pick<Statements, 'say' | 'takeBack' | 'about' | 'list' | 'count'>;
  /** What the node says of the institution, and by whom it may be changed. */
  institution: Pick<
    Institution,
    'document' | 'version' | 'updated' | 'defaults' | 'logo' | 'change' | 'setLogo' | 'removeLogo'
  >;
  policies: Pick<Policies, 'own' | 'others' | 'state'>;
  citations: Pick<Citations, 'cites' | 'citedBy' | 'counts'>;
  /** The node's own counts. */
  usage: OwnUse & Pick<Usage, 'record'>;
  /** What the nodes of the region have told of theirs. */
  regionalUsage: RegionalUse & ToldUsage;
  /** Who may read the COUNTER reports, and what of the counting stands in them. */
  counter: CounterSettings;
  /** Repositories that may send usage events; without any, only programs on this machine may. */
  usageSites: readonly TrackerSite[];
  /** The own records by what repositories' trackers and logs call them. */
  usageItems: Pick<ItemIndex, 'find'>;
  /** Logs from which use is counted, and imports of such. */
  usageLogs: Pick<UsageLogs, 'state' | 'imports'>;
  /** Copies at nodes whose feeds are not followed, and by what they find this node's own. */
  lookups: Pick<Lookups, 'copiesOf' | 'filter'>;
  /** What other institutions' nodes show of a record. */
  elsewhere: Pick<Elsewhere, 'look'>;
  federation: Pick<Federation, 'peers' | 'multiaddrs' | 'forgive'>;
  harvester: Pick<
    Harvester,
    | 'run'
    | 'refuseUnknownSet'
    | 'refetch'
    | 'reharvest'
    | 'state'
    | 'pastRuns'
    | 'issues'
    | 'issueCounts'
    | 'issueKinds'
  >;
  imports: Imports;
  notifications: Notifications;
  /** How the node answers the behaviours of COAR's report. */
  ngrBehaviours: Pick<SelfAssessment<CheckName>, 'report' | 'renew' | 'latest'>;
  /** How the node's own records stand by profiles of metadata. */
  metadataAssessment: Pick<MetadataAssessment, 'standing' | 'outcomesOf' | 'failing' | 'judged'>;
  /** How the institution's repository stands by Plan S, and what it says of that itself. */
  planS: Pick<PlanS, 'report' | 'declared'>;
  /** What `/oai` gives out. */
  oai: ProvidedRepository;
  /** The institution's own records as a manager goes through them. */
  content: Pick<ContentList, 'page' | 'all'>;
  /** What is held, by when it came and what it is. */
  index: Pick<DatestampIndex, 'common' | 'count'>;
  /** The node's own records, as ResourceSync tells of them. */
  resources: PublishedResources;
  /** Who is told of changes over their callbacks, and of which; not there where the operator wants none. */
  websub?: { hub: Hub; channels: readonly Channel[] } | undefined;
  backups: Pick<Backups, 'start' | 'state'>;
  site: Site;
  /** By what the other processes over the same store are known, where it is one that several can have open. */
  cluster?: { secret: string } | undefined;
  health: { ready(): Promise<Readiness>; report(): Promise<HealthReport> };
  metrics: Registry;
  /** What a client of the manager's API has to know. */
  apiToken: string;
  /** The people who work with the node. */
  accounts: Accounts;
  /** Other systems where they log in. */
  externalLogins: ExternalLogins;
  /** What is written to them; not there where no mail server is set. */
  letters: Letters | undefined;
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
