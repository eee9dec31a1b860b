import { contextUrl } from '../../../vocab/context.ts';
import { collectionToJsonLd, type JsonLdObject } from '../../../vocab/json-ld/index.ts';
import {
  BEHAVIOURS,
  type Behaviour,
  type CheckName,
  type Observation,
  type Report,
  type Verdict,
} from '../../assessment/index.ts';
import { localeOf, type Messages } from '../messages/index.ts';
import { PLAN_S } from '../plan-s/document.ts';
import type { Site } from '../site.ts';
import { METADATA_PROFILES } from './metadata-profiles.ts';

/** Under the base URL. */
export const ASSESSMENTS = '/assessments';
export const NGR_BEHAVIOURS = `${ASSESSMENTS}/ngr-behaviours`;

/** An observation in a reader's language, in the parts that a page shows each in its own way. */
interface ToldObservation {
  /** Where it was seen. */
  address: string;
  text: string;
  /** A term of a standard, a value, or a message in English. */
  term?: string;
  /** Where a link that was seen leads. */
  href?: string;
}

export function told({ assessments: words }: Messages, observation: Observation): ToldObservation {
  const { kind, address } = observation;
  switch (kind) {
    case 'share': {
      const { what, count, of } = observation;
      return { address, text: words.share(String(count), String(of)), term: what };
    }
    case 'unreadable':
      return { address, text: words.unreadable, term: observation.reason };
    case 'status':
      return { address, text: words.seen.status, term: String(observation.status) };
    case 'slow':
      return { address, text: words.seen.slow, term: String(observation.seconds) };
    case 'link':
      return { address, text: words.seen.link, term: observation.rel, href: observation.href };
    case 'no-link':
      return { address, text: words.seen['no-link'], term: observation.rel };
    case 'has':
    case 'lacks':
      return { address, text: words.seen[kind], term: observation.what };
    case 'elsewhere':
      return { address, text: words.seen.elsewhere };
  }
}

const { messages: english } = localeOf('en');

/** The assessments that there are. */
export function assessmentsDocument({ base }: Site): JsonLdObject {
  const { title, ngrBehaviours } = english.assessments;
  const { names } = english.metadataAssessment;
  const profiles = METADATA_PROFILES.map(({ name, path }) => ({ path, name: names[name] }));
  const planS = { path: PLAN_S, name: english.planS.name };
  const all = [{ path: NGR_BEHAVIOURS, name: ngrBehaviours }, ...profiles, planS];
  return collectionToJsonLd({
    context: contextUrl(base),
    id: base + ASSESSMENTS,
    summary: title,
    totalItems: all.length,
    items: all.map(({ path, name }) => ({ id: base + path, type: 'Assessment', name })),
  });
}

/** How the node answers the eleven behaviours, each with its checks as tests and assertions of EARL. */
export function ngrBehavioursDocument(
  { base }: Site,
  { startedAt, completedAt, verdicts }: Report<CheckName>,
): JsonLdObject {
  const here = base + NGR_BEHAVIOURS;
  const { ngrBehaviours, ngrBehavioursText, behaviours, checks } = english.assessments;
  return {
    '@context': contextUrl(base),
    id: here,
    type: 'Assessment',
    name: ngrBehaviours,
    summary: ngrBehavioursText,
    startedAt: new Date(startedAt).toISOString(),
    ...(completedAt !== undefined && { completedAt: new Date(completedAt).toISOString() }),
    behaviours: BEHAVIOURS.map(({ name, extent, technologies, shownAt, checks: tests }: Behaviour) => ({
      id: `${here}#${name}`,
      type: 'TestRequirement',
      ...behaviours[name],
      extent,
      technologies,
      shownAt: shownAt.map((path) => base + path),
      checks: tests.map((test) => ({
        id: `${here}#${test}`,
        type: 'TestCase',
        name: checks[test].title,
        assertion: {
          type: 'Assertion',
          assertedBy: `${base}/`,
          subject: `${base}/`,
          mode: 'automatic',
          result: resultOf(verdicts.get(test) ?? { outcome: 'untested' }, checks[test].advice),
        },
      })),
    })),
  };
}

function resultOf(verdict: Verdict, advice: string): JsonLdObject {
  const { outcome } = verdict;
  const seen = seenInEnglish(verdict);
  return {
    type: 'TestResult',
    outcome,
    ...(seen.length > 0 && { seen }),
    ...(outcome === 'failed' && { advice }),
  };
}

/** What was seen, or why there was nothing to see, line by line. */
export function seenInEnglish(verdict: Verdict): string[] {
  if ('why' in verdict) return [english.assessments.obstacles[verdict.why]];
  return 'seen' in verdict ? verdict.seen.map(inEnglish) : [];
}

function inEnglish(observation: Observation): string {
  const { address, text, term, href } = told(english, observation);
  return [address, text, term, href].filter((part) => part !== undefined).join(' ');
}
