import { contextUrl } from '../../../vocab/context.ts';
import type { JsonLdObject } from '../../../vocab/json-ld/index.ts';
import { shareUp, type CriterionResult, type PlanSReport } from '../../assessment/index.ts';
import { localeOf } from '../messages/index.ts';
import type { Site } from '../site.ts';
import { toldEvidence } from './evidence.ts';
import { toldAddress } from './told-address.ts';

/** Under the base URL. */
export const PLAN_S = '/assessments/plan-s';
export const PLAN_S_DESCRIBED = 'https://www.coalition-s.org/technical-guidance_and_requirements/';

const english = localeOf('en');

/**
 * How the repository stands by Plan S: each requirement with its criteria as test cases of EARL. What the node saw is an assertion
 * made automatically, what the institution says another made by people (EARL 1.0, section 2.5).
 */
export function planSDocument({ base }: Site, report: PlanSReport): JsonLdObject {
  const here = base + PLAN_S;
  const words = english.messages.planS;
  return {
    '@context': contextUrl(base),
    id: here,
    type: 'Assessment',
    name: words.name,
    summary: words.lede,
    profile: PLAN_S_DESCRIBED,
    completedAt: new Date(report.at).toISOString(),
    requirements: report.requirements.map(({ requirement: { id, weight }, outcome, criteria }) => ({
      id: `${here}#${id}`,
      type: 'TestRequirement',
      ...words.requirements[id],
      weight,
      standing: outcome,
      criteria: criteria.map((result) => criterionObject(base, result)),
    })),
    availability: report.endpoints.map(({ name, address, availability }) => ({
      name,
      ...addressOf(address),
      ...minutesOf(availability),
      months: availability.months.map(({ month, ...minutes }) => ({ month, ...minutesOf(minutes) })),
      outages: availability.outages.map(({ from, to }) => ({
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
      })),
    })),
    maintenance: report.maintenance.map(({ from, to }) => ({ from, to })),
  };
}

function criterionObject(base: string, result: CriterionResult): JsonLdObject {
  const { criterion, outcome, share, evidence, declaration, isStale } = result;
  const { id, threshold } = criterion;
  const { title, advice } = english.messages.planS.criteria[id];
  const assertion = { type: 'Assertion', assertedBy: `${base}/`, subject: `${base}/` };
  const seen = evidence.map((one) => {
    const { text, quoted, address } = toldEvidence(english, one);
    return [text, quoted, address].filter((part) => part !== undefined).join(' ');
  });
  return {
    id: `${base}${PLAN_S}#${id}`,
    type: 'TestCase',
    name: title,
    standing: outcome,
    ...(share !== undefined && { share }),
    ...(threshold !== undefined && { threshold }),
    assertion: [
      {
        ...assertion,
        mode: 'automatic',
        result: {
          type: 'TestResult',
          outcome: earlOutcome(result),
          ...(seen.length > 0 && { seen }),
          ...(outcome !== 'met' && outcome !== 'declared' && { advice }),
        },
      },
      ...(declaration === undefined
        ? []
        : [
            {
              ...assertion,
              mode: 'manual',
              by: declaration.by,
              date: declaration.date,
              isStale,
              result: {
                type: 'TestResult',
                outcome: declaration.isMet ? 'passed' : 'failed',
                statement: declaration.statement,
                ...(declaration.evidence !== undefined && { evidence: declaration.evidence }),
              },
            },
          ]),
    ],
  };
}

/** What the node itself found, whatever the institution says. */
function earlOutcome({ outcome, isMeasured }: CriterionResult): string {
  if (!isMeasured) return 'untested';
  return outcome === 'met' ? 'passed' : 'failed';
}

function addressOf(endpoint: string): JsonLdObject {
  const address = toldAddress(endpoint);
  return address === undefined ? {} : { address };
}

function minutesOf({ up, known, all }: { up: number; known: number; all: number }): JsonLdObject {
  const share = shareUp({ up, known, all });
  return { minutesUp: up, minutesKnown: known, minutes: all, ...(share !== undefined && { share }) };
}
