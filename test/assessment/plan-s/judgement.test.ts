import { expect } from 'chai';
import type { CriterionId, Declaration, Tally } from '../../../node/assessment/index.ts';
import {
  judgePlanS,
  type CriterionResult,
  type PlanSFacts,
  type PlanSOutcome,
} from '../../../node/assessment/plan-s/judgement.ts';
import { CRITERIA, REQUIREMENTS_OF_PLAN_S } from '../../../node/assessment/plan-s/requirements.ts';

const NOW = Date.UTC(2026, 10, 20);
const NONE: Tally = { passed: 0, failed: 0, inapplicable: 0 };
const DAY = 24 * 60;

const said = (more: Partial<Declaration> = {}): Declaration => ({
  isMet: true,
  statement: 'We do.',
  date: '2026-11-01',
  by: 'Repository manager',
  ...more,
});
const endpoint = (up: number, known: number, kind: 'oai-pmh' | 'page' = 'oai-pmh') => ({
  name: kind,
  kind,
  address: 'https://r.example/oai',
  availability: { up, known, all: 365 * DAY, months: [], outages: [] },
});
const offering = (...namespaces: string[]) => ({
  name: 'repository',
  address: 'https://r.example/oai',
  offer: { at: NOW, formats: namespaces.map((namespace) => ({ prefix: 'x', namespace })) },
});
const stating = (text: string, isCc0: boolean) => {
  const { offer, ...one } = offering();
  return { ...one, offer: { ...offer, statement: { text, isCc0 } } };
};

interface Some extends Partial<Omit<PlanSFacts, 'standing' | 'declarations'>> {
  tallies?: Record<string, [passed: number, failed: number]>;
  said?: PlanSFacts['declarations'];
}

function judged({ tallies = {}, said: declarations = {}, ...facts }: Some) {
  return judgePlanS({
    now: NOW,
    standing: {
      records: 10,
      tally: (criterion) => {
        const [passed, failed] = tallies[criterion] ?? [0, 0];
        return { ...NONE, passed, failed };
      },
    },
    endpoints: [],
    offers: [],
    institution: { repositories: [] },
    declarations,
    ...facts,
  });
}

function criterion(id: CriterionId, facts: Some): CriterionResult {
  const found = judged(facts)
    .flatMap(({ criteria }) => criteria)
    .find((one) => one.criterion.id === id);
  if (found === undefined) throw new TypeError(id);
  return found;
}

const OAI_DC = 'http://www.openarchives.org/OAI/2.0/oai_dc/';
const cases: readonly [criterion: CriterionId, what: string, facts: Some, outcome: PlanSOutcome][] = [
  ['opendoar', 'no repository', {}, 'unknown'],
  [
    'opendoar',
    'every entry',
    { institution: { repositories: [{ opendoar: '1' }, { opendoar: '2' }] } },
    'met',
  ],
  ['opendoar', 'one entry of two', { institution: { repositories: [{ opendoar: '1' }, {}] } }, 'unknown'],
  ['opendoar', 'an entry under way', { said: { opendoar: said() } }, 'declared'],
  ['persistent-identifiers', 'no records', {}, 'unknown'],
  ['persistent-identifiers', 'nine of ten', { tallies: { 'deposit-identifier': [9, 1] } }, 'met'],
  ['persistent-identifiers', 'less', { tallies: { 'deposit-identifier': [89, 11] } }, 'not-met'],
  ['versioning', 'nothing said', {}, 'unknown'],
  ['versioning', 'something said', { said: { versioning: said() } }, 'declared'],
  ['versioning', 'that it is not so', { said: { versioning: said({ isMet: false }) } }, 'not-met'],
  ['metadata-formats', 'Dublin Core', { offers: [offering(OAI_DC)] }, 'met'],
  ['metadata-formats', 'something of its own', { offers: [offering('urn:own')] }, 'not-met'],
  [
    'metadata-formats',
    'one endpoint without',
    { offers: [offering(OAI_DC), offering('urn:own')] },
    'not-met',
  ],
  ['metadata-formats', 'no endpoint', {}, 'unknown'],
  ['metadata-cc0', 'nothing stated', { offers: [offering(OAI_DC)] }, 'unknown'],
  [
    'metadata-cc0',
    'nothing stated, but said',
    { offers: [offering(OAI_DC)], said: { 'metadata-cc0': said() } },
    'declared',
  ],
  ['metadata-cc0', 'CC0 stated', { offers: [stating('CC0', true)] }, 'met'],
  [
    'metadata-cc0',
    'CC0 stated by one of two',
    { offers: [stating('CC0', true), offering(OAI_DC)] },
    'unknown',
  ],
  [
    'metadata-cc0',
    'something else stated, whatever is said',
    { offers: [stating('CC BY', false)], said: { 'metadata-cc0': said() } },
    'not-met',
  ],
  ['funding', 'no funding at all', {}, 'unknown'],
  ['funding', 'complete funding', { tallies: { 'funding-complete': [10, 0] } }, 'met'],
  [
    'funding',
    'incomplete funding, whatever is said',
    { tallies: { 'funding-complete': [1, 9] }, said: { funding: said() } },
    'not-met',
  ],
  ['uptime', 'nothing known', {}, 'unknown'],
  ['uptime', 'less than a day', { endpoints: [endpoint(60, 60)] }, 'unknown'],
  ['uptime', 'just enough', { endpoints: [endpoint(9_970, 10_000)] }, 'met'],
  ['uptime', 'just too little', { endpoints: [endpoint(9_969, 10_000)] }, 'not-met'],
  [
    'uptime',
    'a page that is worse',
    { endpoints: [endpoint(DAY, DAY), endpoint(0, DAY, 'page')] },
    'not-met',
  ],
  ['uptime', 'nothing known, but said', { said: { uptime: said() } }, 'declared'],
  [
    'helpdesk-address',
    'an address',
    { institution: { repositories: [], helpdesk: 'help@r.example' } },
    'met',
  ],
  ['helpdesk-address', 'none', {}, 'unknown'],
  ['author-identifiers', 'some', { tallies: { 'creator-identifier': [1, 9] } }, 'met'],
  ['author-identifiers', 'hardly any', { tallies: { 'creator-identifier': [1, 99] } }, 'not-met'],
  ['open-api', 'an interface that answered', { endpoints: [endpoint(5, 10)] }, 'met'],
  ['open-api', 'an interface that never did', { endpoints: [endpoint(0, 10)] }, 'not-met'],
  ['open-api', 'a page only', { endpoints: [endpoint(10, 10, 'page')] }, 'unknown'],
  ['openaire-metadata', 'complete records', { tallies: { 'openaire-4.0': [10, 0] } }, 'met'],
];

describe('the judgement by Plan S', () => {
  for (const [id, what, facts, outcome] of cases)
    it(`of ${id}, with ${what}: ${outcome}`, () => {
      expect(criterion(id, facts).outcome).to.equal(outcome);
    });

  it('asks what Plan S asks: six mandatory requirements, seven recommended', () => {
    const of = (weight: string) => REQUIREMENTS_OF_PLAN_S.filter((one) => one.weight === weight).length;
    expect([of('mandatory'), of('recommended')]).to.deep.equal([6, 7]);
    expect(new Set(CRITERIA.map(({ id }) => id)).size).to.equal(CRITERIA.length);
  });

  it('takes the worst of several criteria for a requirement', () => {
    const outcome = (facts: Some) =>
      judged(facts).find(({ requirement }) => requirement.id === 'helpdesk')?.outcome;
    const helped = { institution: { repositories: [], helpdesk: 'help@r.example' } };
    expect(outcome({})).to.equal('unknown');
    expect(outcome(helped)).to.equal('unknown');
    expect(outcome({ ...helped, said: { 'helpdesk-response': said() } })).to.equal('declared');
    expect(outcome({ ...helped, said: { 'helpdesk-response': said({ isMet: false }) } })).to.equal('not-met');
  });

  it('tells when something was said more than a year ago, and does not drop it', () => {
    const old = criterion('versioning', { said: { versioning: said({ date: '2025-11-19' }) } });
    expect(old).to.deep.include({ outcome: 'declared', isStale: true, isMeasured: false });
    const young = criterion('versioning', { said: { versioning: said({ date: '2025-11-21' }) } });
    expect(young.isStale).to.equal(false);
  });

  it('keeps what was said beside what was seen', () => {
    const { declaration, isMeasured, share } = criterion('funding', {
      tallies: { 'funding-complete': [3, 1] },
      said: { funding: said() },
    });
    expect(declaration?.statement).to.equal('We do.');
    expect({ isMeasured, share }).to.deep.equal({ isMeasured: true, share: 0.75 });
  });

  it('does not hear what is said of what is only measured', () => {
    const { outcome, declaration } = criterion('persistent-identifiers', {
      said: { 'persistent-identifiers': said() },
    });
    expect({ outcome, declaration }).to.deep.equal({ outcome: 'unknown', declaration: undefined });
  });
});
