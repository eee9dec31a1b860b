import type { Tally } from '../metadata/layout.ts';
import type { Standing } from '../metadata/metadata-assessment.ts';
import { shareUp, type ProbedEndpoint } from '../probes/index.ts';
import { isStale, type Declaration } from './declaration.ts';
import { standardsAmong } from './formats.ts';
import type { OaiEndpoint, Offer } from './offers.ts';
import {
  REQUIREMENTS_OF_PLAN_S,
  type Criterion,
  type CriterionId,
  type PlanSRequirement,
} from './requirements.ts';

/** `declared`: the institution says so, and the node sees nothing to the contrary. */
export type PlanSOutcome = 'met' | 'declared' | 'unknown' | 'not-met';

/** What speaks for an outcome, as data: every page tells it in its reader's language. */
export type Evidence =
  /** Of the records; `passed` of those that the rule is about. */
  | ({ kind: 'records'; criterion: string } & Tally)
  | {
      kind: 'formats';
      name: string;
      address: string;
      standards: readonly string[];
      prefixes: readonly string[];
    }
  | { kind: 'statement'; name: string; address: string; text: string; isCc0: boolean }
  | { kind: 'uptime'; name: string; address: string; share: number; known: number; all: number }
  | { kind: 'answers'; name: string; address: string; isUp: boolean }
  | { kind: 'address'; address: string };

export interface CriterionResult {
  criterion: Criterion;
  outcome: PlanSOutcome;
  /** Whether the outcome is what the node saw itself. */
  isMeasured: boolean;
  /** Measured, from 0 to 1; of what `criterion.threshold` is about. */
  share?: number;
  evidence: readonly Evidence[];
  /** What the institution says, whatever the outcome. */
  declaration?: Declaration;
  /** It was said more than a year ago. */
  isStale: boolean;
}

export interface RequirementResult {
  requirement: PlanSRequirement;
  outcome: PlanSOutcome;
  criteria: readonly CriterionResult[];
}

/** What the institution's own page says of it. */
export interface InstitutionFacts {
  /** A mail address or the address of a page. */
  helpdesk?: string | undefined;
  /** Each with the number of its entry in OpenDOAR. */
  repositories: readonly { opendoar?: string | undefined }[];
}

/** What is known when it is judged. */
export interface PlanSFacts {
  now: number;
  standing: Standing;
  /** Of the last year. */
  endpoints: readonly ProbedEndpoint[];
  offers: readonly (OaiEndpoint & { offer: Offer })[];
  institution: InstitutionFacts;
  declarations: Readonly<Partial<Record<CriterionId, Declaration>>>;
}

interface Measured {
  /** Undefined where it cannot be told. */
  isMet: boolean | undefined;
  share?: number;
  evidence: readonly Evidence[];
}

/** By less than a day nothing is told of a year. */
const LEAST_KNOWN_MINUTES = 24 * 60;

/** How the institution's repository stands by each requirement of Plan S. */
export function judgePlanS(facts: PlanSFacts): RequirementResult[] {
  return REQUIREMENTS_OF_PLAN_S.map((requirement) => {
    const criteria = requirement.criteria.map((criterion) => resultOf(criterion, facts));
    return { requirement, outcome: worstOf(criteria.map(({ outcome }) => outcome)), criteria };
  });
}

/** The worst of several comes first. */
const BY_WEIGHT: readonly PlanSOutcome[] = ['not-met', 'unknown', 'declared'];

function worstOf(outcomes: readonly PlanSOutcome[]): PlanSOutcome {
  return BY_WEIGHT.find((outcome) => outcomes.includes(outcome)) ?? 'met';
}

function resultOf(criterion: Criterion, facts: PlanSFacts): CriterionResult {
  const { isMet, share, evidence } = measured(criterion, facts);
  const declaration = criterion.basis === 'measured' ? undefined : facts.declarations[criterion.id];
  const said = declaration === undefined ? 'unknown' : declaration.isMet ? 'declared' : 'not-met';
  return {
    criterion,
    outcome: isMet === undefined ? said : isMet ? 'met' : 'not-met',
    isMeasured: isMet !== undefined,
    ...(share !== undefined && { share }),
    evidence,
    ...(declaration !== undefined && { declaration }),
    isStale: declaration !== undefined && isStale(declaration, facts.now),
  };
}

const NOTHING_SEEN: Measured = { isMet: undefined, evidence: [] };

function measured(criterion: Criterion, facts: PlanSFacts): Measured {
  if (criterion.records !== undefined) return ofRecords(criterion, criterion.records, facts);
  switch (criterion.id) {
    case 'opendoar':
      return registered(facts);
    case 'helpdesk-address': {
      const { helpdesk } = facts.institution;
      return helpdesk === undefined
        ? NOTHING_SEEN
        : { isMet: true, evidence: [{ kind: 'address', address: helpdesk }] };
    }
    case 'metadata-formats':
      return formatsOffered(facts);
    case 'metadata-cc0':
      return rightsStated(facts);
    case 'uptime':
      return uptime(criterion, facts);
    case 'open-api':
      return openApi(facts);
    default:
      return NOTHING_SEEN;
  }
}

/** Every repository of the institution has to be there. One whose entry is not told may be on its way. */
function registered({ institution: { repositories } }: PlanSFacts): Measured {
  const evidence = repositories.flatMap(({ opendoar }) =>
    opendoar === undefined
      ? []
      : [{ kind: 'address' as const, address: `https://opendoar.ac.uk/repository/${opendoar}` }],
  );
  const isWhole = evidence.length > 0 && evidence.length === repositories.length;
  return { isMet: isWhole ? true : undefined, evidence };
}

/** Nothing is told of a rule that is for none of the records. */
function ofRecords({ threshold = 1 }: Criterion, rule: string, { standing }: PlanSFacts): Measured {
  const tally = standing.tally(rule);
  const about = tally.passed + tally.failed;
  if (about === 0) return NOTHING_SEEN;
  const share = tally.passed / about;
  return { isMet: share >= threshold, share, evidence: [{ kind: 'records', criterion: rule, ...tally }] };
}

function formatsOffered({ offers }: PlanSFacts): Measured {
  if (offers.length === 0) return NOTHING_SEEN;
  const evidence = offers.map(({ name, address, offer: { formats } }) => ({
    kind: 'formats' as const,
    name,
    address,
    standards: standardsAmong(formats),
    prefixes: formats.map(({ prefix }) => prefix),
  }));
  return { isMet: evidence.every(({ standards }) => standards.length > 0), evidence };
}

/** A repository that says something else of its metadata than CC0 does not meet it; one that says nothing may. */
function rightsStated({ offers }: PlanSFacts): Measured {
  const evidence = offers.flatMap(({ name, address, offer: { statement } }) =>
    statement === undefined ? [] : [{ kind: 'statement' as const, name, address, ...statement }],
  );
  if (evidence.some(({ isCc0 }) => !isCc0)) return { isMet: false, evidence };
  const isSaidByAll = offers.length > 0 && evidence.length === offers.length;
  return { isMet: isSaidByAll ? true : undefined, evidence };
}

/** The worst of several endpoints counts. */
function uptime({ threshold = 1 }: Criterion, { endpoints }: PlanSFacts): Measured {
  const evidence = endpoints.flatMap(({ name, address, availability }) => {
    const share = shareUp(availability);
    const { known, all } = availability;
    return share === undefined ? [] : [{ kind: 'uptime' as const, name, address, share, known, all }];
  });
  const told = evidence.filter(({ known }) => known >= LEAST_KNOWN_MINUTES);
  if (told.length === 0) return { ...NOTHING_SEEN, evidence };
  const share = Math.min(...told.map((one) => one.share));
  return { isMet: share >= threshold, share, evidence };
}

/** The interfaces are asked without logging in. One that is down today was open yesterday: that is for the availability. */
function openApi({ endpoints }: PlanSFacts): Measured {
  const evidence = endpoints
    .filter(({ kind, availability: { known } }) => kind !== 'page' && known > 0)
    .map(({ name, address, availability: { up } }) => ({
      kind: 'answers' as const,
      name,
      address,
      isUp: up > 0,
    }));
  if (evidence.length === 0) return NOTHING_SEEN;
  return { isMet: evidence.some(({ isUp }) => isUp), evidence };
}
