import { link, links, literalOf, set, type Context } from './context-terms.ts';

/** Tests of EARL, and what came of them. */
const tests: Context = {
  TestRequirement: 'earl:TestRequirement',
  TestCase: 'earl:TestCase',
  Assertion: 'earl:Assertion',
  TestResult: 'earl:TestResult',
  name: 'dcterms:title',
  assertion: { '@reverse': 'earl:test' },
  assertedBy: link('earl:assertedBy'),
  subject: link('earl:subject'),
  mode: { '@id': 'earl:mode', '@type': '@vocab' },
  automatic: 'earl:automatic',
  manual: 'earl:manual',
  result: 'earl:result',
  outcome: { '@id': 'earl:outcome', '@type': '@vocab' },
  passed: 'earl:passed',
  failed: 'earl:failed',
  inapplicable: 'earl:inapplicable',
  untested: 'earl:untested',
  seen: set('earl:info'),
  advice: 'ngr:advice',
};

/**
 * What a node found when it looked at itself, in the terms of EARL 1.0 (Evaluation and Report Language, W3C Working Group
 * Note, 2 February 2017): a requirement has tests, and of each test an assertion tells the result.
 */
export const assessment: Context = {
  Assessment: 'ngr:Assessment',
  startedAt: literalOf('prov:startedAtTime', 'xsd:dateTime'),
  completedAt: literalOf('prov:endedAtTime', 'xsd:dateTime'),
  behaviours: set('dcterms:hasPart', {
    ...tests,
    asks: 'dcterms:description',
    does: 'ngr:answer',
    extent: 'ngr:extent',
    technologies: set('ngr:technology'),
    shownAt: links('foaf:page'),
    checks: set('dcterms:hasPart'),
  }),
  /** Of an assessment of metadata: the profile, what it asks, and how many records have it, or what is said of one. */
  profile: link('dcterms:conformsTo'),
  about: link('schema:about'),
  meets: 'ngr:meets',
  recordsPassed: literalOf('ngr:recordsPassed', 'xsd:nonNegativeInteger'),
  recordsFailed: literalOf('ngr:recordsFailed', 'xsd:nonNegativeInteger'),
  recordsInapplicable: literalOf('ngr:recordsInapplicable', 'xsd:nonNegativeInteger'),
  rules: set('dcterms:hasPart', {
    ...tests,
    element: 'ngr:element',
    cardinality: 'ngr:cardinality',
    requirement: 'ngr:requirement',
    isDecisive: 'ngr:isDecisive',
  }),
  /** Of the assessment by Plan S: each criterion with what the node saw, and with what the institution says. */
  requirements: set('dcterms:hasPart', {
    ...tests,
    asks: 'dcterms:description',
    weight: 'ngr:requirement',
    standing: 'ngr:standing',
    criteria: set('dcterms:hasPart'),
    threshold: 'ngr:threshold',
    share: 'ngr:share',
    statement: 'dcterms:description',
    evidence: link('foaf:page'),
    date: literalOf('dcterms:date', 'xsd:date'),
    by: 'ngr:inFunction',
    isStale: 'ngr:isStale',
  }),
  availability: set('ngr:availability', {
    name: 'dcterms:title',
    address: link('foaf:page'),
    minutesUp: 'ngr:minutesUp',
    minutesKnown: 'ngr:minutesKnown',
    minutes: 'ngr:minutes',
    share: 'ngr:share',
    months: set('dcterms:hasPart'),
    month: literalOf('dcterms:date', 'xsd:gYearMonth'),
    outages: set('ngr:outage'),
    from: literalOf('prov:startedAtTime', 'xsd:dateTime'),
    to: literalOf('prov:endedAtTime', 'xsd:dateTime'),
  }),
  maintenance: set('ngr:maintenance', {
    from: literalOf('prov:startedAtTime', 'xsd:dateTime'),
    to: literalOf('prov:endedAtTime', 'xsd:dateTime'),
  }),
};
