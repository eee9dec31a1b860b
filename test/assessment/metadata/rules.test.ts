import { expect } from 'chai';
import { RULE_SETS, type RuleOutcome } from '../../../node/assessment/index.ts';
import { Judge } from '../../../node/assessment/metadata/judge.ts';
import { planSRules } from '../../../node/assessment/metadata/rules/index.ts';
import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';

const ARTICLE = 'http://purl.org/coar/resource_type/c_6501';
const THESIS = 'http://purl.org/coar/resource_type/c_46ec';
const AO = 'http://purl.org/coar/version/c_b1a7d7d4d402bcce';
const AM = 'http://purl.org/coar/version/c_ab4af688f83e57aa';
const VOR = 'http://purl.org/coar/version/c_970fb48d4fbd8a85';
const CC_BY = 'https://creativecommons.org/licenses/by/4.0/';

type Parts = Partial<NgrRecord>;

function record(parts: Parts): NgrRecord {
  return { ...aRecord(), id: 'https://node.example/records/a', node: '12D3Koo', ...parts };
}

const title = (value: string) => ({ value });
const person = (name: string, more: object = {}) => ({ name, kind: 'person' as const, ...more });
const url = { scheme: 'url' as const, value: 'https://repository.example/1' };
const doi = { scheme: 'doi' as const, value: '10.1000/1' };
const urn = { scheme: 'urn' as const, value: 'urn:isbn:9783161484100' };
const issn = { kind: 'isPartOf' as const, target: { scheme: 'issn' as const, value: '1234-5679' } };
const raw = (text: string) => ({ raw: [{ format: 'rioxx', text }] });
const file = { url: 'https://repository.example/1.pdf', access: 'open' as const };
const reserved =
  '<ali:license_ref start_date="2026-01-05">http://www.rioxx.net/licenses/all-rights-reserved</ali:license_ref>';

/** Of each rule: records that meet it, that do not, and that it is not about. */
const cases: { [rule: string]: { passed: Parts[]; failed: Parts[]; inapplicable?: Parts[] } } = {
  title: {
    passed: [{ titles: [title('A'), title('B')] }],
    failed: [{ titles: [] }, { titles: [title(' ')] }],
  },
  'single-title': {
    passed: [{ titles: [title('A: B')] }],
    failed: [{ titles: [] }, { titles: [title('A'), title('B')] }],
  },
  creator: {
    passed: [{ creators: [person('Knoth, Petr')] }],
    failed: [{ creators: [] }, { creators: [person(' ')] }],
  },
  'creator-form': {
    passed: [{ creators: [person('Knoth, Petr')] }, { creators: [person('Plato', { family: 'Plato' })] }],
    failed: [{ creators: [person('Knoth, Petr'), person('Petr Knoth')] }],
    inapplicable: [{ creators: [] }, { creators: [{ name: 'CERN', kind: 'organisation' }] }],
  },
  'creator-identifier': {
    passed: [{ creators: [person('A, B'), person('C, D', { orcid: '0000-0002-1825-0097' })] }],
    failed: [{ creators: [person('A, B')] }],
    inapplicable: [{ creators: [{ name: 'CERN', kind: 'organisation' }] }],
  },
  contributor: {
    passed: [{ contributors: [person('A, B')] }],
    failed: [{ contributors: [person('')] }],
    inapplicable: [{}],
  },
  type: { passed: [{ type: ARTICLE }], failed: [{}, { type: 'http://purl.org/coar/resource_type/nothing' }] },
  language: {
    passed: [{ languages: ['en'] }, { languages: ['eng', 'en-GB'] }, { languages: ['udm'] }],
    failed: [
      { languages: [] },
      { languages: ['und'] },
      { languages: ['English'] },
      { languages: ['en', '??'] },
    ],
  },
  description: { passed: [{ abstracts: [title('It is.')] }], failed: [{}, { abstracts: [title('')] }] },
  subject: { passed: [{ subjects: [title('Geology')] }], failed: [{}, { subjects: [title(' ')] }] },
  source: {
    passed: [
      { type: ARTICLE, source: { title: 'D-Lib' } },
      { type: ARTICLE, relations: [issn] },
      { type: THESIS, source: { citation: 'Series 4' } },
    ],
    failed: [{ type: ARTICLE }, { type: ARTICLE, source: { volume: '4' } }],
    inapplicable: [{}, { type: THESIS }, { type: ARTICLE, version: AO }],
  },
  'source-identifier': {
    passed: [{ relations: [issn] }],
    failed: [{ source: { title: 'D-Lib' } }, { type: ARTICLE }],
    inapplicable: [{ type: THESIS }, { type: ARTICLE, version: AO }],
  },
  publisher: {
    passed: [{ publisher: 'Springer' }],
    failed: [
      { type: ARTICLE },
      { publishedDoi: doi.value },
      { version: VOR },
      { source: { title: 'D-Lib' } },
    ],
    inapplicable: [{ type: THESIS }, { type: ARTICLE, version: AO }],
  },
  'publication-date': {
    passed: [{ published: '2016' }, { published: '2016-05-04' }],
    failed: [withoutPublished()],
  },
  'date-accepted': {
    passed: [
      raw('<dcterms:dateAccepted>2015-03-04</dcterms:dateAccepted>'),
      raw('<dateAccepted xml:lang="en">\n 2015-03-04\n</dateAccepted>'),
      raw('<datacite:date dateType="Accepted">2015-03-04</datacite:date>'),
      raw('<dim:field mdschema="dc" element="date" qualifier="accepted">2015-03-04</dim:field>'),
      raw('{"dates":[{"date":"2015-03-04","dateType":"Accepted"}]}'),
      raw('{"dates":[{"dateType":"Accepted","date":"2015-03-04"}]}'),
    ],
    failed: [
      {},
      raw('<dcterms:dateAccepted>2015</dcterms:dateAccepted>'),
      raw('<dc:date>2015-03-04</dc:date>'),
      raw('<datacite:date dateType="Accepted"/><datacite:date dateType="Issued">2015-03-04</datacite:date>'),
      raw('{"dates":[{"dateType":"Accepted"},{"date":"2015-03-04","dateType":"Issued"}]}'),
    ],
  },
  'date-accepted-any': {
    passed: [
      raw('<dcterms:dateAccepted>2015-03-04</dcterms:dateAccepted>'),
      raw('<dcterms:dateAccepted>2015</dcterms:dateAccepted>'),
      raw('{"dates":[{"dateType":"Accepted","date":"2015-03"}]}'),
    ],
    failed: [{}, raw('<dcterms:dateAccepted>soon</dcterms:dateAccepted>'), raw('<dc:date>2015</dc:date>')],
  },
  version: { passed: [{ version: AM }], failed: [{}, { version: 'draft' }] },
  'version-of-record': {
    passed: [
      { type: ARTICLE, publishedDoi: doi.value },
      { type: ARTICLE, relations: [{ kind: 'isVersionOf', target: url }] },
    ],
    failed: [{ type: ARTICLE, version: AM }, { type: ARTICLE }],
    inapplicable: [{ type: ARTICLE, version: VOR }, { type: ARTICLE, version: AO }, { type: THESIS }, {}],
  },
  'related-identifier': { passed: [{ relations: [issn] }, { publishedDoi: doi.value }], failed: [{}] },
  identifier: {
    passed: [{ identifiers: [url] }, { identifiers: [doi] }, { files: [file] }],
    failed: [{}, { identifiers: [urn] }],
  },
  'landing-page': {
    passed: [{ identifiers: [url] }, { identifiers: [doi] }],
    failed: [{}, { identifiers: [urn] }, { files: [file] }],
  },
  'resource-identifier': { passed: [{ identifiers: [urn] }, { identifiers: [url] }], failed: [{}] },
  'persistent-identifier': {
    passed: [{ identifiers: [url, doi] }, { identifiers: [urn] }],
    failed: [{}, { identifiers: [url] }],
  },
  'alternate-identifier': { passed: [{ identifiers: [url, doi] }], failed: [{}, { identifiers: [url] }] },
  file: {
    passed: [
      { files: [file] },
      { files: [{ ...file, access: 'embargoed' }], access: { right: 'embargoed' } },
    ],
    failed: [
      {},
      { access: { right: 'open' } },
      { files: [{ ...file, withdrawn: { reason: 'Wrong.', at: 0 } }] },
    ],
    inapplicable: [{ access: { right: 'metadata-only' } }],
  },
  format: {
    passed: [{ files: [{ ...file, format: 'application/pdf' }] }],
    failed: [{ files: [{ ...file, format: 'application/pdf' }, file] }],
    inapplicable: [{}],
  },
  'access-right': { passed: [{ access: { right: 'open' } }], failed: [{}] },
  'embargo-date': {
    passed: [{ access: { right: 'embargoed', embargoEnds: '2027-01-01' } }],
    failed: [{ access: { right: 'embargoed' } }],
    inapplicable: [{}, { access: { right: 'open' } }],
  },
  licence: {
    passed: [{ licence: CC_BY }, raw(reserved)],
    failed: [{}, { licence: 'CC BY' }, raw('<dc:rights>All rights reserved</dc:rights>')],
  },
  'licence-start': {
    passed: [
      { licence: CC_BY, published: '2016-05-04' },
      { licence: CC_BY, access: { right: 'embargoed', embargoEnds: '2027-01-01' } },
      raw(reserved),
      { licence: CC_BY, ...raw(`<dc:relation resource_exposed_date="2024-01-30" license_ref="${CC_BY}">`) },
      { licence: CC_BY, ...raw(`<dc:relation license_ref="${CC_BY}" resource_exposed_date="2024-01-30">`) },
    ],
    failed: [
      { licence: CC_BY, published: '2016' },
      { licence: CC_BY, ...raw(`<a license_ref="${CC_BY}"/><a resource_exposed_date="2024-01-30"/>`) },
    ],
    inapplicable: [{}, { published: '2016-05-04' }],
  },
  'licence-start-any': {
    passed: [
      { licence: CC_BY, published: '2016' },
      { licence: CC_BY, ...raw(`<ali:license_ref start_date="2016-05">${CC_BY}</ali:license_ref>`) },
    ],
    failed: [{ ...withoutPublished(), licence: CC_BY }],
    inapplicable: [{}],
  },
  project: {
    passed: [{ funding: [{ funder: 'EPSRC' }, { funder: 'EPSRC', award: 'EP/K023195/1' }] }],
    failed: [{}, { funding: [{ award: 'EP/K023195/1' }] }, { funding: [{ funder: 'EPSRC' }] }],
  },
  'funding-complete': {
    passed: [{ funding: [{ funderId: 'https://ror.org/0505m1554', award: 'AH/W007622/1' }] }],
    failed: [{ funding: [{ funder: 'EPSRC' }, { funder: 'EPSRC', award: 'EP/K023195/1' }] }],
    inapplicable: [{}],
  },
  'funder-name': {
    passed: [{ funding: [{ funder: 'EPSRC' }] }],
    failed: [{ funding: [{ funderId: 'https://ror.org/0505m1554' }] }],
    inapplicable: [{}],
  },
  'funder-identifier': {
    passed: [{ funding: [{ funderId: 'https://ror.org/0505m1554' }] }],
    failed: [{ funding: [{ funder: 'EPSRC' }] }, { funding: [{ funderId: 'ror:0505m1554' }] }],
    inapplicable: [{}],
  },
};

function withoutPublished(): Parts {
  const { published: _, ...others } = record({});
  return others;
}

/** Tried beside. */
const ofPlanS = new Set<string>(Object.values(planSRules).map(({ id }) => id));

describe('the rules for metadata', () => {
  const rules = new Map(
    RULE_SETS.flatMap(({ demands }) => demands.map(({ rule }) => [rule.id, rule] as const)).filter(
      ([id]) => !ofPlanS.has(id),
    ),
  );

  it('are all tried here', () => {
    expect(Object.keys(cases).toSorted()).to.deep.equal([...rules.keys()].toSorted());
  });

  for (const [id, outcomes] of Object.entries(cases)) {
    for (const [outcome, records] of Object.entries(outcomes)) {
      for (const [i, parts] of records.entries()) {
        it(`${id}: ${outcome}, ${i + 1}`, () => {
          // What says all of a record takes nothing from the builder, so that a date can be missing.
          const subject = 'provenance' in parts ? (parts as NgrRecord) : record(parts);
          expect(rules.get(id)?.check(subject)).to.equal(outcome);
        });
      }
    }
  }

  it('say what is so and what to do, each in a sentence of its own', () => {
    const said = [...rules.values()].flatMap(({ title, remedy }) => [title, remedy]);
    expect(new Set(said).size).to.equal(said.length);
    for (const sentence of said) expect(sentence).to.match(/^\p{Lu}.*\.$/su);
  });

  it('take no long time over metadata that are made to be slow', () => {
    const slow = '<dateAccepted '.repeat(50_000) + 'license_ref start_date="'.repeat(20_000);
    const outcomes = new Judge().outcomesOf(record(raw(slow)));
    expect(outcomes.get('date-accepted-any')).to.equal('failed');
  });
});

describe('the profiles of metadata', () => {
  const judge = new Judge();
  const set = (id: string, parts: Parts): RuleOutcome | undefined => judge.outcomesOf(record(parts)).get(id);
  const decisive = (id: string): string[] =>
    RULE_SETS.filter((ruleSet) => ruleSet.id === id).flatMap(({ demands }) =>
      demands.filter(({ isDecisive }) => isDecisive).map(({ element }) => element),
    );

  it('have no rule twice', () => {
    for (const { id, demands } of RULE_SETS) {
      const ids = demands.map(({ rule }) => rule.id);
      expect(new Set(ids).size, id).to.equal(ids.length);
    }
  });

  it('RIOXX 2.0 asks at its basic level what is mandatory in the basic profile, and six elements more in full', () => {
    const basic = [
      'dc:title',
      'dc:identifier',
      'rioxxterms:author',
      'dc:source',
      'rioxxterms:project',
      'ali:license_ref/@start_date',
    ];
    expect(decisive('rioxx-2.0-basic')).to.have.members(basic);
    expect(decisive('rioxx-2.0-full')).to.have.members([
      ...basic,
      'dcterms:dateAccepted',
      'dc:language',
      'rioxxterms:type',
      'rioxxterms:version',
      'rioxxterms:project',
      'ali:license_ref',
    ]);
  });

  const bare: Parts = { identifiers: [url], languages: [] };
  const good: Parts = {
    type: ARTICLE,
    version: AM,
    identifiers: [url],
    relations: [issn],
    published: '2016-05-04',
    licence: CC_BY,
    funding: [{ funder: 'EPSRC', award: 'EP/K023195/1' }],
    ...raw('<dcterms:dateAccepted>2015-03-04</dcterms:dateAccepted>'),
  };
  const whole: Parts = {
    ...good,
    publishedDoi: doi.value,
    publisher: 'Springer',
    abstracts: [title('It is.')],
    subjects: [title('Geology')],
    files: [file],
    access: { right: 'open' },
  };

  for (const [id, parts, outcome] of [
    ['rioxx-2.0-basic', {}, 'failed'],
    ['rioxx-2.0-basic', bare, 'passed'],
    ['rioxx-2.0-full', bare, 'failed'],
    ['rioxx-2.0-full', good, 'passed'],
    ['rioxx-2.0-full', { ...good, raw: [] }, 'failed'],
    ['rioxx-3.0-basic', bare, 'failed'],
    ['rioxx-3.0-basic', { ...good, raw: [] }, 'passed'],
    ['rioxx-3.0-full', good, 'failed'],
    ['rioxx-3.0-full', whole, 'passed'],
    ['openaire-4.0', good, 'failed'],
    ['openaire-4.0', { ...whole, raw: [] }, 'passed'],
    ['openaire-4.0', { ...whole, funding: [{ funder: 'EPSRC' }] }, 'failed'],
  ] satisfies [string, Parts, RuleOutcome][]) {
    it(`${id}: ${outcome} by a record with ${Object.keys(parts).join(', ') || 'little'}`, () => {
      expect(set(id, parts)).to.equal(outcome);
    });
  }
});
