import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { aVisitor, type Visitor } from './visitor.ts';

const HERE = '/dashboard/assessments';
const PLAN_S = `${HERE}/plan-s`;
const GOOD = {
  isMet: 'yes',
  statement: 'Within one business day.\r\nOften sooner.',
  evidence: 'https://r.example/help',
  date: '2025-12-01',
  by: 'Repository manager',
};

describe('the assessments in the dashboard', () => {
  let site: TestSite;
  let administrator: Visitor;
  let standard: Visitor;
  before(async () => {
    site = await aSite();
    administrator = await aVisitor(site, 'administrator');
    standard = await aVisitor(site, 'standard');
    await site.put(
      aPut(1, { titles: [{ value: 'One' }] }),
      aPut(2, { licence: 'https://creativecommons.org/licenses/by/4.0/' }),
    );
  });
  after(() => site.close());

  it('are one tab, with the share that is met, what fails first, and tables', async () => {
    const page = await standard.page(HERE);
    for (const words of [
      'Plan S requirements for repositories',
      'Metadata by RIOXX',
      'Metadata by the OpenAIRE guidelines',
      'Behaviours of a next generation repository',
      'RIOXX 3.0, Basic',
      'What fails first',
      'records fail',
    ])
      expect(page, words).to.contain(words);
    expect(page).to.contain('/assessments/rioxx?version=2.0&amp;level=full&amp;format=csv');
    expect(page).to.contain('/assessments/plan-s?format=csv');
    expect(page).to.contain('The node has not looked at itself since it started.');
  });

  it('tell what the node found when it last looked at itself', async () => {
    await site.parts.ngrBehaviours.renew();
    expect(await standard.page(HERE)).to.contain('Checks passed');
  });

  it('let only those declare who may change settings', async () => {
    expect(await standard.page(HERE)).not.to.contain(PLAN_S);
    expect((await standard.get(PLAN_S)).status).to.equal(403);
    expect((await standard.submit(`${PLAN_S}/helpdesk-response`, GOOD)).status).to.equal(403);
    expect(await administrator.page(HERE)).to.contain(`href="${PLAN_S}"`);
  });

  it('take what is said of a criterion, show it, and take it back', async () => {
    const page = await administrator.page(`${PLAN_S}/helpdesk-response`);
    expect(page).to.contain('value="2026-01-01"');
    const response = await administrator.submit(`${PLAN_S}/helpdesk-response`, GOOD);
    expect(response.status).to.equal(303);
    expect(await administrator.page(response.headers.get('location') ?? '')).to.contain('It is public now.');
    const { declarations } = site.parts.planS.declared.said;
    expect(declarations['helpdesk-response']).to.deep.equal({
      ...GOOD,
      isMet: true,
      statement: 'Within one business day.\nOften sooner.',
    });
    expect(await administrator.page(`${PLAN_S}/helpdesk-response`)).to.contain('value="Repository manager"');
    await administrator.submit(`${PLAN_S}/helpdesk-response`, { do: 'take-back' });
    expect(site.parts.planS.declared.said.declarations).to.deep.equal({});
  });

  it('let two managers say different things at once', async () => {
    await Promise.all([
      administrator.submit(`${PLAN_S}/versioning`, GOOD),
      administrator.submit(`${PLAN_S}/embedded-licence`, GOOD),
    ]);
    expect(Object.keys(site.parts.planS.declared.said.declarations).toSorted()).to.deep.equal([
      'embedded-licence',
      'versioning',
    ]);
  });

  it('take maintenance, line by line, and show it again', async () => {
    const lines = '2025-12-27 00:00 to 2025-12-27 01:30\r\n\r\n2026-01-03 20:00 – 2026-01-03 21:00';
    await administrator.submit(PLAN_S, { maintenance: lines });
    expect(site.parts.planS.declared.said.maintenance).to.deep.equal([
      { from: '2025-12-27T00:00:00Z', to: '2025-12-27T01:30:00Z' },
      { from: '2026-01-03T20:00:00Z', to: '2026-01-03T21:00:00Z' },
    ]);
    expect(await administrator.page(PLAN_S)).to.contain('2025-12-27 00:00 to 2025-12-27 01:30');
  });

  it('refuse what cannot be taken, and change nothing', async () => {
    const before = site.parts.planS.declared.said;
    for (const fields of [
      { ...GOOD, statement: '' },
      { ...GOOD, evidence: 'javascript:alert(1)' },
      { ...GOOD, date: 'yesterday' },
      { ...GOOD, by: '' },
    ])
      expect((await administrator.submit(`${PLAN_S}/versioning`, fields)).status).to.equal(400);
    expect((await administrator.submit(PLAN_S, { maintenance: 'at night' })).status).to.equal(400);
    expect((await administrator.submit(`${PLAN_S}/uptimes`, GOOD)).status).to.equal(404);
    expect((await administrator.get(`${PLAN_S}/persistent-identifiers`)).status).to.equal(404);
    expect((await administrator.send(`${PLAN_S}/versioning`, GOOD)).status).to.equal(403);
    expect(site.parts.planS.declared.said).to.deep.equal(before);
  });

  it('speak four languages', async () => {
    for (const [lang, words] of [
      ['es', 'Lo que falla primero'],
      ['pt', 'O que falha primeiro'],
      ['fr', 'Ce qui échoue d’abord'],
    ])
      expect(await administrator.page(`${HERE}?lang=${lang}`)).to.contain(words);
  });
});
