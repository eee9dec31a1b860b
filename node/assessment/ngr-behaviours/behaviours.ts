import type { Check } from '../check.ts';
import { offersHub, showsChanges, showsNotifications } from './activities.ts';
import { demandsToken } from './authentication.ts';
import { givesDump, listsRecords } from './batch-discovery.ts';
import { namesAuthors } from './identification.ts';
import { namesCitation, resolvesIdentifiers } from './identifiers.ts';
import { invitesReviews } from './interaction.ts';
import { linksLicence, namesLicences } from './licences.ts';
import { followsPages, followsSignposts, followsSitemap } from './navigation.ts';
import { givesChecksums, keepsTombstones } from './preservation.ts';
import { transfersResource } from './transfer.ts';
import { showsTotals, takesUsage } from './usage.ts';

/** How much of a behaviour is a node's at all, whatever its checks come to. */
export type Extent = 'whole' | 'partly' | 'not';

interface BehaviourEntry {
  extent: Extent;
  /** By their usual names. */
  technologies: readonly string[];
  /** Paths under the base URL where it can be seen. */
  shownAt: readonly [string, ...string[]];
  checks: Readonly<Record<string, Check>>;
}

/**
 * The eleven behaviours of a next generation repository, in the order of COAR's report: “Next Generation Repositories:
 * Behaviours and Technical Recommendations of the COAR Next Generation Repositories Working Group”, 28 November 2017.
 * What each asks and what the node does for it stands in the messages of the pages, by the same names.
 */
const behaviours = {
  'exposing-identifiers': {
    extent: 'whole',
    technologies: ['HTTP', 'DOI', 'Handle', 'Signposting'],
    shownAt: ['/records'],
    checks: { resolvesIdentifiers, namesCitation },
  },
  'declaring-licences': {
    extent: 'whole',
    technologies: ['Creative Commons', 'Dublin Core', 'Signposting'],
    shownAt: ['/records?access=open'],
    checks: { namesLicences, linksLicence },
  },
  'discovery-through-navigation': {
    extent: 'whole',
    technologies: ['Signposting', 'RFC 9264', 'Sitemaps', 'schema.org'],
    shownAt: ['/robots.txt', '/records'],
    checks: { followsSignposts, followsSitemap, followsPages },
  },
  'interacting-with-resources': {
    extent: 'partly',
    technologies: ['Linked Data Notifications', 'COAR Notify', 'Activity Streams 2.0'],
    shownAt: ['/inbox/constraints'],
    checks: { invitesReviews },
  },
  'resource-transfer': {
    extent: 'partly',
    technologies: ['ResourceSync', 'Signposting'],
    shownAt: ['/.well-known/resourcesync', '/resourcesync/capabilitylist.xml'],
    checks: { transfersResource },
  },
  'batch-discovery': {
    extent: 'whole',
    technologies: ['OAI-PMH 2.0', 'ResourceSync', 'Sitemaps'],
    shownAt: ['/oai?verb=Identify', '/resourcesync/resourcedump.xml'],
    checks: { listsRecords, givesDump },
  },
  'collecting-and-exposing-activities': {
    extent: 'partly',
    technologies: ['Linked Data Notifications', 'Activity Streams 2.0', 'ResourceSync', 'WebSub'],
    shownAt: ['/inbox', '/resourcesync/changelist.xml'],
    checks: { showsNotifications, showsChanges, offersHub },
  },
  'identification-of-users': {
    extent: 'partly',
    technologies: ['ORCID', 'Signposting'],
    shownAt: ['/records'],
    checks: { namesAuthors },
  },
  'authentication-of-users': {
    extent: 'not',
    technologies: ['RFC 6750', 'Ed25519'],
    shownAt: ['/.well-known/ngr-node'],
    checks: { demandsToken },
  },
  'exposing-usage-metrics': {
    extent: 'partly',
    technologies: ['COUNTER', 'OpenURL'],
    shownAt: ['/usage'],
    checks: { showsTotals, takesUsage },
  },
  'preserving-resources': {
    extent: 'partly',
    technologies: ['ResourceSync', 'SHA-256'],
    shownAt: ['/resourcesync/resourcelist.xml', '/peers'],
    checks: { givesChecksums, keepsTombstones },
  },
} as const satisfies Readonly<Record<string, BehaviourEntry>>;

type Table = typeof behaviours;
export type BehaviourName = keyof Table;
type CheckOf<Name extends BehaviourName> = Name extends BehaviourName ? keyof Table[Name]['checks'] : never;
export type CheckName = CheckOf<BehaviourName>;

export interface Behaviour {
  name: BehaviourName;
  extent: Extent;
  technologies: readonly string[];
  shownAt: readonly string[];
  checks: readonly CheckName[];
}

/** The same, in order, for those who show it. */
export const BEHAVIOURS: readonly Behaviour[] = Object.entries(behaviours).map(
  ([name, { checks, ...rest }]) => ({
    name: name as BehaviourName,
    ...rest,
    checks: Object.keys(checks) as CheckName[],
  }),
);

/** Every check by its name. */
export const behaviourChecks: ReadonlyMap<CheckName, Check> = new Map(
  Object.values(behaviours).flatMap(({ checks }) => Object.entries(checks) as [CheckName, Check][]),
);
