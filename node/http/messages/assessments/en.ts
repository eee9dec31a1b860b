import type {
  BehaviourName,
  CheckName,
  Extent,
  Observation,
  Obstacle,
  Outcome,
} from '../../../assessment/index.ts';

interface BehaviourText {
  name: string;
  /** What the report asks of a repository. */
  asks: string;
  does: string;
}

interface CheckText {
  /** What is so where the check passes. */
  title: string;
  /** What to do where it fails. */
  advice: string;
}

type ToldByKind = Exclude<Observation['kind'], 'share' | 'unreadable'>;

/** What the pages of the assessments say, in English. */
export const assessments = {
  title: 'Assessments',
  lede: 'What this node does of what is expected of an open repository. It looks at its own addresses, as a client from outside would.',
  ngrBehaviours: 'Behaviours of a next generation repository',
  ngrBehavioursText:
    'In 2017, the Confederation of Open Access Repositories (COAR) described eleven behaviours that make a repository part of the web. This is how the node answers each, and what it found when it asked itself.',
  startedAt: (time: string) => `Looked at on ${time}.`,
  again:
    'It looks again when somebody asks after ten minutes. What a proxy in front of the node does is not seen.',
  running: 'The node is still looking. Load this page again in a moment.',
  summary: 'Results',
  extent: 'By this node',
  technologies: 'Technologies',
  shownAt: 'See for yourself',
  checked: 'What was checked',
  advice: 'What to do',
  outcomes: {
    passed: 'passed',
    failed: 'failed',
    inapplicable: 'not applicable',
    untested: 'not checked yet',
  } satisfies Record<Outcome, string>,
  extents: {
    whole: 'yes',
    partly: 'partly',
    not: 'not by this node',
  } satisfies Record<Extent, string>,
  obstacles: {
    'no-records': 'There are no records yet.',
    'no-identifiers': 'None of the latest records has a DOI or a handle.',
    'no-licences': 'None of the latest records names a licence.',
    'no-tombstones': 'None of the latest records was withdrawn or deleted.',
    'no-channel': 'The operator of this node has turned the hub off.',
  } satisfies Record<Obstacle, string>,
  /** What follows the address at which it was seen. */
  seen: {
    status: 'answers with the HTTP status',
    link: 'links as',
    'no-link': 'has no link of the type',
    has: 'tells',
    lacks: 'does not tell',
    elsewhere: 'is no address of this node, or not one for a check',
    slow: 'gave no answer in time; seconds waited:',
  } satisfies Record<ToldByKind, string>,
  share: (count: string, of: string) => `${count} of ${of} looked at have it:`,
  unreadable: 'could not be read:',

  behaviours: {
    'exposing-identifiers': {
      name: 'Exposing identifiers',
      asks: 'Programs can tell the persistent identifier of a resource from the addresses of its pages and files.',
      does: 'Every record has an address of its own that stays, and is also found by its OAI identifier. Its page and its data link to the DOI or the handle by which it is to be cited.',
    },
    'declaring-licences': {
      name: 'Declaring licences at the resource level',
      asks: 'Programs can find out for every single resource what they may do with it.',
      does: 'A licence is cleaned to its address, stands in every format of the record, and is linked from its page and its files. The node invents none: where the repository gives no licence, there is none.',
    },
    'discovery-through-navigation': {
      name: 'Discovery through navigation',
      asks: 'Programs find metadata, files and identifiers by following links, whatever software the repository runs on.',
      does: 'Each record has typed links in its headers, in its page and as a link set. A sitemap lists all records, and the pages are plain HTML that a crawler can follow.',
    },
    'interacting-with-resources': {
      name: 'Interacting with resources',
      asks: 'Resources can be annotated, commented on and reviewed, wherever the reader’s or reviewer’s own tool is.',
      does: 'Every record names an inbox. Reviews, endorsements and relationships that are announced there are shown with the record once the manager has accepted them. Annotations of parts of a text are not taken.',
    },
    'resource-transfer': {
      name: 'Resource transfer',
      asks: 'Resources can be handed from one system to another, with their metadata and in good order.',
      does: 'Other systems fetch records one by one or as packages, with checksums, and are told where the files are. Deposits are not taken: they belong to the repository beside which the node runs.',
    },
    'batch-discovery': {
      name: 'Batch discovery',
      asks: 'All that a repository holds, and what has changed since, can be found in bulk.',
      does: 'Everything can be harvested by OAI-PMH, as lists of resources and changes, and as dumps.',
    },
    'collecting-and-exposing-activities': {
      name: 'Collecting and exposing activities',
      asks: 'What happens to a resource, here and elsewhere, is collected and can be followed by others.',
      does: 'The inbox takes notifications and shows them. Changes are listed day by day, told to those who have subscribed, and passed on to the other nodes of the network. The node does not look for mentions elsewhere on the web.',
    },
    'identification-of-users': {
      name: 'Identification of users',
      asks: 'Persons are known by identifiers that hold across systems.',
      does: 'Authors are linked by the ORCID that the repository gives them. Readers have no account here and need none.',
    },
    'authentication-of-users': {
      name: 'Authentication of users',
      asks: 'Persons can prove who they are with an identity that they have already.',
      does: 'There is nothing to sign in to for readers, and no sign-in by ORCID or OpenID Connect. The manager is known by a token, other nodes by their signatures.',
    },
    'exposing-usage-metrics': {
      name: 'Exposing standardised usage metrics',
      asks: 'How much resources are used is counted in one way and can be compared between repositories.',
      does: 'Views and downloads are counted without robots and double clicks, and summed over the network by month and institution. Reports by the COUNTER API are not given here.',
    },
    'preserving-resources': {
      name: 'Preserving resources',
      asks: 'Resources can be kept for the long term, also by others than who published them.',
      does: 'Records have checksums, can be taken away as dumps, and are copied in whole, signed, by the nodes that follow this one; what was withdrawn leaves a tombstone. Files stay at the repository: the node keeps no copy for preservation.',
    },
  } satisfies Record<BehaviourName, BehaviourText>,

  checks: {
    resolvesIdentifiers: {
      title: 'A record answers under its address, and is found by its OAI identifier.',
      advice: 'Look whether the base URL in the configuration is the one under which the node is reached.',
    },
    namesCitation: {
      title: 'The page of a record links to the identifier by which it is cited.',
      advice:
        'Look at the record’s identifiers with “ngr check”; report it as a fault of the software if they are right.',
    },
    namesLicences: {
      title: 'At least half of the latest records name a licence.',
      advice:
        'Have the repository give licences as addresses, such as https://creativecommons.org/licenses/by/4.0/, in dc:rights or license_ref.',
    },
    linksLicence: {
      title: 'The page of a record links to its licence.',
      advice:
        'Look at the record’s licence with “ngr check”; report it as a fault of the software if it is right.',
    },
    followsSignposts: {
      title: 'From the page of a record, links lead to its data and back.',
      advice: 'Look whether a proxy or the base URL changes the addresses in the links.',
    },
    followsSitemap: {
      title: 'From robots.txt, the sitemap leads to a record.',
      advice: 'Look at /robots.txt and at the resource list; “ngr status” tells whether a reader is behind.',
    },
    followsPages: {
      title: 'From the front page, links lead to the list and on to a record.',
      advice: 'Look whether the base URL in the configuration is the one under which the node is reached.',
    },
    invitesReviews: {
      title: 'A record leads to its inbox, and the inbox tells what it takes.',
      advice: 'Look at /inbox/constraints, and with “ngr notifications” whether the inbox is full.',
    },
    transfersResource: {
      title: 'The lists of ResourceSync lead to a resource with the right checksum.',
      advice:
        '“ngr status” tells whether a reader is behind; then the list is of an older state. Otherwise, have the store checked from a backup.',
    },
    listsRecords: {
      title: 'A harvester reads a page of records by OAI-PMH without a flaw.',
      advice: 'Look at /oai?verb=ListRecords&metadataPrefix=oai_dc, and at the record that it breaks off at.',
    },
    givesDump: {
      title: 'A package of the resource dump can be fetched, also in parts.',
      advice: 'Look whether there is room on the disk, and at /resourcesync/resourcedump.xml.',
    },
    showsNotifications: {
      title: 'The node leads to its inbox, and what has come there can be read.',
      advice: 'Look at /inbox, and with “ngr notifications” at what has come.',
    },
    showsChanges: {
      title: 'The list of changes can be read.',
      advice: 'Look at /resourcesync/changelist.xml; “ngr status” tells whether a reader is behind.',
    },
    offersHub: {
      title: 'Who wants to be sent the changes finds the hub to ask.',
      advice: 'Look at /resourcesync/capabilitylist.xml and /websub, and at “websub” in the configuration.',
    },
    namesAuthors: {
      title: 'Records name authors by ORCID, and a page links to them.',
      advice:
        'Have the repository give the ORCIDs of authors in its metadata, best in RIOXX, OpenAIRE or DataCite.',
    },
    demandsToken: {
      title: 'What is the manager’s is refused to who has no token.',
      advice: 'Take the node off the network at once, and look at what stands between it and its readers.',
    },
    showsTotals: {
      title: 'The totals can be read, and are the sums of their months and institutions.',
      advice: 'Look at /usage; report it as a fault of the software.',
    },
    takesUsage: {
      title: 'The tracker for the repository’s own pages is there.',
      advice: 'Look whether something in front of the node refuses /tracker.',
    },
    givesChecksums: {
      title: 'Every resource listed has a checksum.',
      advice: 'Look at the resource list; report it as a fault of the software.',
    },
    keepsTombstones: {
      title: 'What was withdrawn or deleted is told as gone, with a tombstone.',
      advice:
        'Withdraw the record again with “ngr withdraw”; report it as a fault of the software if it stays.',
    },
  } satisfies Record<CheckName, CheckText>,
};
