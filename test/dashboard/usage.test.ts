import { expect } from 'chai';
import { monthsBetween } from '../../node/http/pages/charts/index.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { inPlaceOf } from '../http/support/held-use.ts';
import { someOwnUse, someRegion } from '../http/usage/some-use.ts';
import { aPut } from '../support/builders.ts';
import { aVisitor, type Visitor } from './visitor.ts';

/** The test clock stands in January 2026. */
const MONTHS = monthsBetween('2025-01', '2026-01', 24);

describe('the usage in the dashboard', () => {
  let site: TestSite;
  let visitor: Visitor;
  beforeEach(async () => {
    // Nobody but this requestor may read the reports at /counter.
    site = await aSite({ parts: { counter: { requestors: [{ id: 'consortium' }], windowDays: 3 } } });
    const keys = await site.put(aPut(1, { titles: [{ value: '=cmd <b>used</b>' }] }), aPut(2));
    const own = someOwnUse(keys, MONTHS);
    const self = { node: site.catalogue.node, name: 'University of Wyreford' };
    inPlaceOf(site.parts.usage, own);
    inPlaceOf(
      site.parts.regionalUsage,
      await someRegion(self, own, [
        { node: '12D3KooWA', name: 'Universidad Andina', country: 'PE', months: MONTHS, requests: 100 },
      ]),
    );
    visitor = await aVisitor(site, 'advanced');
  });
  afterEach(() => site.close());

  it('shows charts and tables of the own use beside the region, in the period that is chosen', async () => {
    const page = await visitor.page('/dashboard/usage');
    expect(page).to.include('Views and downloads by month').and.include('Universidad Andina');
    expect(page).to.include('=cmd &lt;b&gt;used').and.not.include('<b>used');
    expect(page).to.include('action="/dashboard/usage"').and.include('<strong>Period: February 2025');
    const year = await visitor.page('/dashboard/usage?period=2025');
    expect(year).to.include('<strong>Period: January 2025 to December 2025');
    expect(year).to.include('Months counted to their end: January 2025 to November 2025.');
    expect((await visitor.get('/dashboard/usage?period=ever')).status).to.equal(400);
    for (const [lang, heading] of [
      ['es', 'Informes COUNTER'],
      ['pt', 'Relatórios COUNTER'],
      ['fr', 'Rapports COUNTER'],
    ])
      expect(await visitor.page(`/dashboard/usage?lang=${lang}`)).to.include(`>${heading}</h2>`);
  });

  it('tells what was not counted, in words', async () => {
    site.parts.usage.refusals = () => new Map([['USAGE_UNKNOWN_ITEM', 12]]);
    const page = await visitor.page('/dashboard/usage');
    expect(page).to.match(/harvest it first<code>USAGE_UNKNOWN_ITEM<\/code><\/th><td class="number">12</);
  });

  it('gives COUNTER reports as files to who may export, whoever may read them elsewhere', async () => {
    const query = 'report=IR&begin=2025-10&end=2025-11';
    expect(
      (await site.get('/counter/r51/reports/ir?begin_date=2025-10&end_date=2025-11')).status,
    ).to.not.equal(200);
    const table = await visitor.get(`/dashboard/usage/report?${query}&format=csv`);
    expect(table.status).to.equal(200);
    expect(table.headers.get('content-disposition')).to.equal(
      'attachment; filename="IR_2025-10_2025-11.csv"',
    );
    expect(await table.text())
      .to.include('Item Report')
      .and.include(`"'=cmd <b>used</b>"`);
    const json = await visitor.get(`/dashboard/usage/report?${query}&format=json`);
    expect(json.headers.get('content-type')).to.equal('application/json');
    const { Report_Items: items } = (await json.json()) as { Report_Items: { Items: unknown[] }[] };
    expect(items.flatMap(({ Items }) => Items)).to.have.length(2);
    for (const bad of [
      'report=IR&begin=2025-12&end=2025-11&format=csv',
      'report=IR&begin=2030-01&end=2030-02&format=csv',
      'report=XX&begin=2025-11&end=2025-12&format=csv',
      'report=IR&begin=2025-13&end=2025-12&format=csv',
      'report=IR&begin=2025-11&end=2025-12&format=exe',
    ])
      expect((await visitor.get(`/dashboard/usage/report?${bad}`)).status, bad).to.equal(400);
    const standard = await aVisitor(site, 'standard');
    expect((await standard.get(`/dashboard/usage/report?${query}&format=csv`)).status).to.equal(403);
    expect(await standard.page('/dashboard/usage')).to.not.include('/dashboard/usage/report');
  });
});
