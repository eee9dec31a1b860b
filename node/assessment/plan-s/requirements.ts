/**
 * What Plan S asks of repositories: Part III, “Technical Guidance and Requirements”, section 2.1 (registration) and 2.2. The mandatory
 * ones are the six that OpenDOAR lists (“Repository Requirements and Assessment”), whose questions are the criteria here.
 */

export type Weight = 'mandatory' | 'recommended';

/** How a criterion is judged: by what the node sees, by what the institution says, or by the latter where nothing is seen. */
type Basis = 'measured' | 'declared' | 'either';

interface CriterionEntry {
  readonly basis: Basis;
  /** Of the records: those that a rule or rule set is passed by. */
  readonly records?: string;
  /** From what share on it is met, from 0 to 1. Only the availability’s is Plan S’s own. */
  readonly threshold?: number;
}

interface RequirementEntry {
  readonly weight: Weight;
  readonly criteria: Readonly<Record<string, CriterionEntry>>;
}

/** “Uptime at least 99.7%” (section 2.2). */
const UPTIME = 0.997;
/** Nearly all: Plan S names no share, and single faults in old records are not the repository’s. */
const NEARLY_ALL = 0.9;
/** “Support for” something is shown by some. */
const SOME = 0.1;

const table = {
  registration: { weight: 'mandatory', criteria: { opendoar: { basis: 'either' } } },
  identifiers: {
    weight: 'mandatory',
    criteria: {
      'persistent-identifiers': { basis: 'measured', records: 'deposit-identifier', threshold: NEARLY_ALL },
      versioning: { basis: 'declared' },
    },
  },
  metadata: {
    weight: 'mandatory',
    criteria: {
      description: { basis: 'measured', records: 'described', threshold: NEARLY_ALL },
      'metadata-formats': { basis: 'either' },
      'metadata-cc0': { basis: 'either' },
      'publication-identifiers': {
        basis: 'either',
        records: 'publication-identifier',
        threshold: NEARLY_ALL,
      },
      versions: { basis: 'either', records: 'deposited-version', threshold: NEARLY_ALL },
      'licence-and-access': { basis: 'either', records: 'licence-and-access', threshold: NEARLY_ALL },
      funding: { basis: 'either', records: 'funding-complete', threshold: NEARLY_ALL },
    },
  },
  embedding: { weight: 'mandatory', criteria: { 'embedded-licence': { basis: 'declared' } } },
  availability: { weight: 'mandatory', criteria: { uptime: { basis: 'either', threshold: UPTIME } } },
  helpdesk: {
    weight: 'mandatory',
    criteria: {
      'helpdesk-address': { basis: 'either' },
      'helpdesk-response': { basis: 'declared' },
    },
  },
  submission: { weight: 'recommended', criteria: { 'submission-system': { basis: 'declared' } } },
  'full-text': {
    weight: 'recommended',
    criteria: {
      'full-text-format': { basis: 'either', records: 'full-text-format', threshold: NEARLY_ALL },
    },
  },
  entities: {
    weight: 'recommended',
    criteria: {
      'author-identifiers': { basis: 'either', records: 'creator-identifier', threshold: SOME },
      'funder-identifiers': { basis: 'either', records: 'funder-identifier', threshold: SOME },
      'institution-identifiers': { basis: 'either', records: 'institution-identifier', threshold: SOME },
    },
  },
  citations: {
    weight: 'recommended',
    criteria: { 'open-citations': { basis: 'either', records: 'open-references', threshold: NEARLY_ALL } },
  },
  api: { weight: 'recommended', criteria: { 'open-api': { basis: 'either' } } },
  openaire: {
    weight: 'recommended',
    criteria: { 'openaire-metadata': { basis: 'measured', records: 'openaire-4.0', threshold: NEARLY_ALL } },
  },
  quality: {
    weight: 'recommended',
    criteria: {
      'authoritative-links': { basis: 'either', records: 'authoritative-link', threshold: NEARLY_ALL },
      'quality-assurance': { basis: 'declared' },
    },
  },
} as const satisfies Readonly<Record<string, RequirementEntry>>;

type Table = typeof table;
export type RequirementId = keyof Table;
export type CriterionId = { [Id in RequirementId]: keyof Table[Id]['criteria'] & string }[RequirementId];

/** One question that can be answered by itself. */
export interface Criterion extends CriterionEntry {
  readonly id: CriterionId;
}

export interface PlanSRequirement {
  readonly id: RequirementId;
  readonly weight: Weight;
  readonly criteria: readonly Criterion[];
}

/** In the order of Plan S. */
export const REQUIREMENTS_OF_PLAN_S: readonly PlanSRequirement[] = Object.entries(table).map(
  ([id, { weight, criteria }]: [string, RequirementEntry]) => ({
    id: id as RequirementId,
    weight,
    criteria: Object.entries(criteria).map(([name, entry]) => ({ id: name as CriterionId, ...entry })),
  }),
);

/** Every criterion, in order. */
export const CRITERIA: readonly Criterion[] = REQUIREMENTS_OF_PLAN_S.flatMap(({ criteria }) => criteria);

/** Those that the institution can say something of. */
export const DECLARABLE: readonly CriterionId[] = CRITERIA.filter(({ basis }) => basis !== 'measured').map(
  ({ id }) => id,
);
