import { contextUrl } from '../../../vocab/context.ts';
import { collectionToJsonLd, type JsonLdObject } from '../../../vocab/json-ld/index.ts';
import type { MetadataOutcomes, RuleSet, Standing } from '../../assessment/index.ts';
import { listLinks } from '../documents/list-page.ts';
import { localeOf } from '../messages/index.ts';
import type { HeldItem } from '../records/held-items.ts';
import type { Site } from '../site.ts';
import { parametersOf, type MetadataProfiles } from './metadata-profiles.ts';

const { messages: english } = localeOf('en');

/** What a rule set asks, and either how all records stand or what is said of one. */
export interface AssessedBy {
  profiles: MetadataProfiles;
  ruleSet: RuleSet;
}

/** A rule set's name for people: `RIOXX 3.0, Basic`. */
export function ruleSetName(
  { profiles, ruleSet }: AssessedBy,
  words: typeof english.metadataAssessment = english.metadataAssessment,
): string {
  const { profile, level } = ruleSet;
  return profiles.ruleSets.length === 1 ? profile.name : `${profile.name}, ${words.levels[level]}`;
}

/** How the own records stand by a rule set, rule by rule: test cases of EARL with the records that pass, fail, or are not touched. */
export function metadataAssessmentDocument(
  site: Site,
  assessed: AssessedBy,
  standing: Standing,
): JsonLdObject {
  return documentOf(site, assessed, {
    totals: {
      records: standing.records,
      recordsPassed: standing.tally(assessed.ruleSet.id).passed,
    },
    ofRule: (id) => {
      const { passed, failed, inapplicable } = standing.tally(id);
      return { recordsPassed: passed, recordsFailed: failed, recordsInapplicable: inapplicable };
    },
  });
}

/** What a rule set says of one record: an assertion of EARL a rule. */
export function recordAssessmentDocument(
  site: Site,
  assessed: AssessedBy,
  { item, outcomes }: { item: HeldItem; outcomes: MetadataOutcomes },
): JsonLdObject {
  return documentOf(site, assessed, {
    record: item.key,
    totals: { about: item.holding.id, meets: outcomes.get(assessed.ruleSet.id) === 'passed' },
    ofRule: (id) => ({
      assertion: {
        type: 'Assertion',
        assertedBy: `${site.base}/`,
        subject: item.holding.id,
        mode: 'automatic',
        result: { type: 'TestResult', outcome: outcomes.get(id) ?? 'untested' },
      },
    }),
  });
}

/** A page of the records that fail a rule, or the whole: no more of each than tells it from others. */
export function failingRecordsDocument(
  site: Site,
  { profiles, ruleSet }: AssessedBy,
  list: { failing: string; after: string | undefined; next: string | undefined; items: readonly HeldItem[] },
): JsonLdObject {
  const { failing, after, next, items } = list;
  return collectionToJsonLd({
    ...listLinks(site, {
      path: profiles.path,
      parameters: { ...parametersOf(profiles, ruleSet), failing },
      page: after === undefined ? undefined : { after },
      ...(next !== undefined && { next: { after: next } }),
    }),
    summary: english.metadataAssessment.failingTitle,
    items: items.map(({ holding }) => ({
      id: holding.id,
      type: 'CreativeWork',
      oaiIdentifier: holding.oaiIdentifier,
      titles: holding.titles,
    })),
  });
}

function documentOf(
  { base }: Site,
  assessed: AssessedBy,
  told: { record?: string; totals: JsonLdObject; ofRule: (id: string) => JsonLdObject },
): JsonLdObject {
  const { profiles, ruleSet } = assessed;
  const parameters = new URLSearchParams({
    ...parametersOf(profiles, ruleSet),
    ...(told.record !== undefined && { record: told.record }),
  });
  const here = base + profiles.path + (parameters.size === 0 ? '' : `?${parameters.toString()}`);
  return {
    '@context': contextUrl(base),
    id: here,
    type: 'Assessment',
    name: ruleSetName(assessed),
    summary: english.metadataAssessment.ledes[profiles.name],
    profile: ruleSet.profile.described,
    ...told.totals,
    rules: ruleSet.demands.map(({ element, cardinality, requirement, isDecisive, rule }) => ({
      id: `${here}#${rule.id}`,
      type: 'TestCase',
      name: rule.title,
      element,
      cardinality,
      requirement,
      isDecisive,
      advice: rule.remedy,
      ...told.ofRule(rule.id),
    })),
  };
}
