import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { usageTables } from '../../../node/usage-tables.ts';
import { LANGUAGES } from '../../../node/http/messages/index.ts';
import { monthsBetween } from '../../../node/http/pages/charts/index.ts';
import { toNQuads, type JsonLdObject } from '../../../vocab/json-ld/index.ts';
import { aPut } from '../../support/builders.ts';
import { API_TOKEN, aSite, type TestSite } from '../support/a-site.ts';
import { inPlaceOf, someUse, type HeldRegion, type HeldUse } from '../support/held-use.ts';
import { someOwnUse, someRegion } from './some-use.ts';

const ANDINA = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN';
const LOUD = '12D3KooWLoudLoudLoudLoudLoudLoudLoudLoudLoudLoudLoud';
/** The test clock stands in January 2026. */
const MONTHS = monthsBetween('2025-01', '2026-01', 24);

interface Counts {
  investigations: number;
  uniqueInvestigations: number;
  requests: number;
  uniqueRequests: number;
}
interface Document extends Counts {
  id: string;
  from: string;
  to: string;
  byMonth: (Counts & { month: string; isFinal: boolean })[];
  byNode: (Counts & { name: string })[];
  byType: (Counts & { resourceType: string })[];
  own: Counts & {
    robots: Counts;
    byMonth: (Counts & { isFinal: boolean })[];
    top: (Counts & { record: string })[];
  };
  apart: Counts & { byNode: (Counts & { why: string; furthest: object })[] };
  coverage: { name: string; byMonth: { month: string; revision: number }[] }[];
  days: { day: string; isFinal: boolean }[];
  refused: { code: string; count: number }[];
}

describe('/usage', () => {
  let site: TestSite;
  let own: HeldUse;
  let region: HeldRegion;
  let keys: string[];
  before(async () => {
    const made = await aSite();
    keys = await made.put(
      aPut(1, { titles: [{ value: '=cmd("open access"), and more' }] }),
      aPut(2, { titles: [{ value: 'Policies <b>for</b> open access in Ghana' }] }),
    );
    own = someOwnUse(keys, MONTHS);
    region = await someRegion({ node: made.catalogue.node, name: 'University of Wyreford' }, own, [
      { node: ANDINA, name: 'Universidad Andina', country: 'PE', months: MONTHS.slice(-3), requests: 10_000 },
    ]);
    region.told.push({
      node: LOUD,
      name: 'Loud & Co',
      month: '2026-01',
      metrics: someUse(5, 90_000_000),
      apart: {
        why: 'out of proportion',
        furthest: { measure: 'totalInvestigations', perRecord: 20_000, usual: 7 },
      },
    });
    inPlaceOf(made.parts.usage, own);
    inPlaceOf(made.parts.regionalUsage, region);
    site = made;
  });
  after(async () => {
    await site.close();
  });
  const json = async (path: string): Promise<Document> => {
    const response = await site.get(path);
    expect(response.status, path).to.equal(200);
    return (await response.json()) as Document;
  };
  const csv = async (path: string): Promise<string[][]> => {
    const response = await site.get(path);
    expect(response.headers.get('content-type')).to.equal('text/csv; charset=utf-8; header=present');
    return parse(await response.text(), { bom: true });
  };

  describe('as data', () => {
    it('has the network and the own records in the last 12 months, in COUNTER’s metrics, in terms that the context defines', async () => {
      const document = await json('/usage');
      expect(document).to.include({ from: '2025-02', to: '2026-01', id: 'https://node.example/usage' });
      const ownRequests = MONTHS.slice(1).reduce((sum, _, at) => sum + (at + 2) * 30, 0);
      expect(document.own.requests).to.equal(ownRequests);
      expect(document.own.investigations).to.equal(3 * ownRequests);
      expect(document.own.byMonth).to.have.length(12);
      expect(document.own.byMonth.map(({ isFinal }) => isFinal).slice(-2)).to.deep.equal([true, false]);
      expect(document.own.robots.requests).to.be.greaterThan(12_000);
      expect(document.requests).to.equal(ownRequests + 30_300);
      for (const part of ['byMonth', 'byNode'] as const)
        expect(
          document[part].reduce((sum, { requests }) => sum + requests, 0),
          part,
        ).to.equal(document.requests);
      expect(document.byNode[0]?.name).to.equal('Universidad Andina');
      expect(document.byType[0]?.resourceType).to.equal('http://purl.org/coar/resource_type/c_6501');
      expect(document.own.top.map(({ record }) => record.slice(-20))).to.deep.equal(keys.toReversed());
      expect(document.coverage.find(({ name }) => name === 'Universidad Andina')?.byMonth).to.have.length(3);
      expect(document.apart.investigations).to.equal(90_000_000);
      expect(document.apart.byNode[0]).to.deep.include({
        why: 'out of proportion',
        furthest: { measure: 'totalInvestigations', perRecord: 20_000, usual: 7 },
      });
      expect((await toNQuads(document as unknown as JsonLdObject)).length).to.be.greaterThan(0);
    });

    it('has the period that is asked for', async () => {
      expect(await json('/usage?period=2025')).to.include({ from: '2025-01', to: '2025-12' });
      expect(await json('/usage?period=all')).to.include({ from: '2025-01', to: '2026-01' });
      const between = await json('/usage?period=&from=2025-03&to=2025-04');
      expect(between).to.include({ from: '2025-03', to: '2025-04' });
      expect(between.id).to.equal('https://node.example/usage?from=2025-03&to=2025-04');
      expect(between.own.byMonth).to.have.length(2);
      expect(await json('/usage?from=2025-04&to=2025-03')).to.include({ from: '2025-03', to: '2025-04' });
      expect(await json('/usage?period=1999')).to.include({ from: '1999-01', requests: 0 });
    });

    it('has each of its tables as CSV, and no formula in it', async () => {
      const months = await csv('/usage?format=csv');
      expect(months[0]?.slice(0, 5)).to.deep.equal([
        'month',
        'Total_Item_Investigations',
        'Unique_Item_Investigations',
        'Total_Item_Requests',
        'Unique_Item_Requests',
      ]);
      expect(months).to.have.length(13);
      const items = await csv('/usage?format=csv&table=items&from=2025-03&to=2025-03');
      expect(items.find(([record]) => record?.endsWith(keys[0] ?? ''))?.slice(2)).to.deep.equal([
        '\'=cmd("open access"), and more',
        '90',
        '81',
        '30',
        '27',
      ]);
      for (const table of usageTables)
        expect((await csv(`/usage?format=csv&table=${table}`)).length, table).to.be.greaterThan(1);
      expect(await csv('/usage?format=csv&table=network-institutions')).to.deep.include([
        ANDINA,
        'Universidad Andina',
        '90900',
        '81810',
        '30300',
        '27270',
      ]);
    });
  });

  describe('as a page', () => {
    it('shows charts and tables of the own records and the network', async () => {
      const page = await site.page('/usage');
      for (const title of [
        'Use of the records of University of Wyreford',
        'Views and downloads by month',
        'Most downloaded records',
        'Downloads by type',
        'Downloads by language of the record',
        'Downloads by country of the reader',
        'Use in the network “open”',
        'Downloads by institution',
        'This institution and the others',
        'What these sums are made of',
        'Kept apart',
      ])
        expect(page).to.match(new RegExp(`<h[23][^>]*>${title}<`));
      expect(page)
        .to.contain('Downloads (Total_Item_Requests)')
        .and.contain('January 2026 (can still change)');
      expect(page).to.contain('were left out').and.contain('Spanish').and.contain('Journal article');
      expect(page).to.contain('Policies &lt;b&gt;for&lt;/b&gt; open access in Ghana');
      expect(page).to.contain(`<a href="/records/${keys[1]}">`).and.contain('Loud &amp; Co');
      expect(page).to.contain('out of proportion').and.contain('20,000 in one month, where 7 are usual');
    });

    it('lets the reader choose the period by a plain form', async () => {
      const page = await site.page('/usage?from=2025-03&to=2025-04&lang=fr');
      expect(page).to.match(/<form class="period" action="\/usage" method="get">/);
      expect(page)
        .to.contain('name="from" value="2025-03"')
        .and.contain('<input type="hidden" name="lang" value="fr">');
      expect(page).to.contain('de mars 2025 à avril 2025');
      expect(page).to.contain('/usage?from=2025-03&amp;to=2025-04&amp;format=csv&amp;table=months');
      expect(await site.page('/usage?period=2025')).to.contain('<option value="2025" selected>2025</option>');
    });

    it('is in four languages', async () => {
      const words = {
        en: 'Most downloaded records',
        es: 'Registros más descargados',
        pt: 'Registros mais baixados',
        fr: 'Notices les plus téléchargées',
      };
      for (const language of LANGUAGES)
        expect(await site.page(`/usage?lang=${language}`)).to.contain(words[language]);
    });

    it('says so where nothing was counted', async () => {
      const page = await site.page('/usage?period=1999');
      expect(page).to.contain('Nothing has been counted yet.').and.not.contain('class="plot"');
    });
  });

  describe('of one record', () => {
    it('is on its page, with the copies in other repositories', async () => {
      const [key = ''] = keys;
      region.workTotals.set(`record:${key}`, {
        nodes: [
          { node: ANDINA, name: 'Universidad Andina', months: [], metrics: someUse(7_000) },
          { node: site.catalogue.node, name: 'University of Wyreford', months: [], metrics: someUse(50) },
        ],
        metrics: someUse(7_050),
        coverage: { searched: 2, missing: 0 },
      });
      const page = await site.page(`/records/${key}`);
      expect(page).to.contain('2,730 views · 910 downloads').and.contain('<h3 id="use-months">By month</h3>');
      expect(page).to.contain('What 2 institutions tell of the copies').and.contain('7,050');
      const other = await site.page(`/records/${keys[1]}`);
      expect(other).not.to.contain('All copies of this work</h3>');
    });

    it('can be had as data, and leads browsers to the page', async () => {
      const [key = ''] = keys;
      const response = await site.get(`/records/${key}/usage`);
      const document = (await response.json()) as JsonLdObject & {
        byMonth: object[];
        copies: { byNode: object[] };
      };
      expect(document).to.include({ requests: 910, investigations: 2_730 });
      expect(document.byMonth).to.have.length(13);
      expect(document.copies.byNode).to.have.length(2);
      expect((await toNQuads(document)).length).to.be.greaterThan(0);
      const page = await site.get(`/records/${key}/usage`, { accept: 'text/html' });
      expect(page.status).to.equal(303);
      expect(page.headers.get('location')).to.equal(`https://node.example/records/${key}#use`);
      expect((await site.get('/records/nothing/usage')).status).to.equal(404);
    });
  });

  describe('at /api/usage', () => {
    const ask = (path: string, method = 'GET'): Promise<Response> =>
      fetch(site.url + path, {
        method,
        headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: '{}' }),
      });

    it('tells the manager of days and of refused events, too', async () => {
      own.refused.set('USAGE_DAY_CLOSED', 12);
      const told = (await (await ask('/api/usage?from=2025-12')).json()) as Document;
      expect(told.days.map(({ day, isFinal }) => [day, isFinal])).to.deep.equal([
        ['2025-12-15', true],
        ['2026-01-15', false],
      ]);
      expect(told.refused).to.deep.equal([{ code: 'USAGE_DAY_CLOSED', count: 12 }]);
      expect(told.own.byMonth).to.have.length(2);
      expect((await site.get('/api/usage')).status).to.equal(401);
    });

    it('takes the decision on what is kept apart', async () => {
      const response = await ask(`/api/usage/${LOUD}/accept`, 'POST');
      expect(await response.json()).to.include({ node: LOUD, decision: 'accepted' });
      expect(region.decided).to.deep.equal([[LOUD, 'accepted']]);
    });
  });
});
