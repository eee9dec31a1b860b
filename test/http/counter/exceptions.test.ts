import { expect } from 'chai';
import { counterSchema, responseSchema } from '../../support/counter-schema.ts';
import { API_TOKEN, CounterSite, WORLD, type Report } from './counter-site.ts';

const MARCH = 'begin_date=2026-03&end_date=2026-03';
const check = counterSchema();

interface Exception {
  Code: number;
  Message: string;
  Severity?: string;
  Data?: string;
}

/** It is the middle of April 2026; there was use in January and March. */
describe('COUNTER exceptions', () => {
  let site: CounterSite;
  const open = async (options: Parameters<typeof CounterSite.open>[0] = {}): Promise<void> => {
    await site?.close();
    site = await CounterSite.open(options);
    await site.used(1, { '2026-01': [1, 1, 1, 1], '2026-03': [1, 1, 1, 1] });
  };
  beforeEach(() => open());
  afterEach(() => site.close());

  const ask = async (
    path: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number } & Exception> => {
    const response = await site.get(path, headers);
    const body = (await response.json()) as Exception;
    const schemas: Record<number, string> = {
      400: '400_Exception',
      401: '401_Exception',
      403: '403_Exception',
      429: '429_Exception',
      503: '503_Exception',
    };
    const name = schemas[response.status];
    if (name !== undefined && path.startsWith('r51')) check?.(responseSchema(name), body);
    return { status: response.status, ...body };
  };

  describe('that are the answer', () => {
    const refused: readonly [query: string, status: number, code: number, data: RegExp | undefined][] = [
      [MARCH, 400, 1030, /^Missing: customer_id$/],
      [WORLD, 400, 1030, /^Missing: begin_date, end_date$/],
      [`${WORLD}&begin_date=2026-01&end_date=`, 400, 1030, /^Missing: end_date$/],
      [`customer_id=elsewhere&${MARCH}`, 403, 2010, /0000000000000000/],
      [`customer_id=elsewhere`, 400, 1030, /begin_date/],
      [`${WORLD}&begin_date=2026-03&end_date=2026-01`, 400, 3020, /before begin_date/],
      [`${WORLD}&begin_date=2026-13&end_date=2026-01`, 400, 3020, /^begin_date/],
      [`${WORLD}&begin_date=2026-01&end_date=2026-02-29`, 400, 3020, /^end_date.+last day/],
      [`${WORLD}&begin_date=2026-01-02&end_date=2026-02`, 400, 3020, /first day/],
      [`${WORLD}&begin_date=March 2026&end_date=2026-03`, 400, 3020, /yyyy-mm/],
      [`${WORLD}&begin_date=2026-01&begin_date=2026-02&end_date=2026-03`, 400, 3020, /^begin_date/],
      [`${WORLD}&begin_date=2026-04&end_date=2026-04`, 400, 3020, /not over/],
      [`${WORLD}&begin_date=0001-01&end_date=2026-03`, 400, 3020, /1200 months/],
    ];
    for (const [query, status, code, data] of refused) {
      it(`${code} with ${status}: ${query}`, async () => {
        const answer = await ask(`r51/reports/ir?${query}`);
        expect(answer).to.include({ status, Code: code });
        expect(answer).not.to.have.property('Severity');
        if (data !== undefined) expect(answer.Data).to.match(data);
        const five = await ask(`r5/reports/ir?${query}`);
        expect(five).to.include({ status, Code: code, Message: answer.Message });
        expect(five.Severity).to.match(/^(?:Fatal|Error)$/);
      });
    }

    it('404 where there is no such report: release 5 says 3000', async () => {
      expect((await site.get(`r51/reports/tr_j1?${WORLD}&${MARCH}`)).status).to.equal(404);
      expect((await site.get(`r51/reports/IR?${WORLD}&${MARCH}`)).status).to.equal(404);
      expect((await site.get(`r6/status`)).status).to.equal(404);
      const answer = await ask(`r5/reports/tr_j1?${WORLD}&${MARCH}`);
      expect(answer).to.include({
        status: 404,
        Code: 3000,
        Message: 'Report Not Supported',
        Severity: 'Error',
      });
    });

    it('1020 with 429 and the time to wait, where an address asks too often', async () => {
      await open({ rate: { perMinute: 3, atOnce: 1 } });
      for (let n = 0; n < 3; n += 1) expect((await site.get('r51/status')).status).to.equal(200);
      const response = await site.get(`r51/reports/ir?${WORLD}&${MARCH}`);
      expect(response.status).to.equal(429);
      expect(response.headers.get('retry-after')).to.equal('20');
      const exception = (await response.json()) as Exception;
      expect(exception.Code).to.equal(1020);
      check?.(responseSchema('429_Exception'), exception);
      site.clock.advance(60_000);
      expect((await site.get('r51/status')).status).to.equal(200);
    });

    it('1010 with 503, where too many reports are being made', async () => {
      await open({ rate: { perMinute: 100, atOnce: 1 } });
      for (let n = 0; n < 20_000; n += 1) {
        site.usage.add(`key${String(n).padStart(17, '0')}`, { '2026-03': [1, 1, 1, 1] });
      }
      const leaving = new AbortController();
      const first = await fetch(`${site.http.url}/counter/r51/reports/ir?${WORLD}&${MARCH}`, {
        signal: leaving.signal,
      });
      expect(first.status).to.equal(200);
      const answer = await ask(`r51/reports/pr?${WORLD}&${MARCH}`);
      expect(answer).to.include({ status: 503, Code: 1010, Message: 'Service Busy' });
      leaving.abort();
      while (site.usage.closed === 0) await new Promise((resolve) => setImmediate(resolve));
      expect((await site.get(`r51/reports/pr?${WORLD}&${MARCH}`)).status).to.equal(200);
    });
  });

  describe('of who asks', () => {
    const KEY = 'a-key-that-nobody-guesses';
    beforeEach(() => open({ requestors: [{ id: 'irus' }, { id: 'region', apiKey: KEY }] }));

    const cases: readonly [query: string, status: number, code?: number][] = [
      [WORLD, 400, 1030],
      [`${WORLD}&requestor_id=somebody`, 401, 2000],
      [`customer_id=x&requestor_id=somebody`, 401, 2000],
      [`${WORLD}&requestor_id=irus`, 200],
      [`${WORLD}&requestor_id=irus&api_key=whatever`, 200],
      [`customer_id=x&requestor_id=irus`, 403, 2010],
      [`${WORLD}&requestor_id=region`, 400, 1030],
      [`${WORLD}&requestor_id=region&api_key=${KEY}`, 200],
      [`${WORLD}&requestor_id=region&api_key=${KEY}x`, 401, 2020],
      [`${WORLD}&requestor_id=region|irus&api_key=${KEY}`, 401, 2000],
    ];
    for (const [query, status, code] of cases) {
      it(`${query} gets ${status} ${code ?? ''}`, async () => {
        for (const path of ['members', 'reports', 'reports/ir', 'reports/pr']) {
          const answer = await ask(`r51/${path}?${query}&${MARCH}`);
          expect(answer.status).to.equal(status);
          if (code !== undefined) expect(answer.Code).to.equal(code);
        }
      });
    }

    it('everybody may see the status, and the node’s commands everything', async () => {
      expect((await site.get('r51/status')).status).to.equal(200);
      const path = `r51/reports?${WORLD}`;
      const headers = { authorization: `Bearer ${API_TOKEN}` };
      expect((await site.get(path, headers)).status).to.equal(200);
      expect((await site.get(path, { authorization: 'Bearer another' })).status).to.equal(400);
    });
  });

  describe('in the header of a report', () => {
    const told = async (id: string, query: string, release = 'r51'): Promise<Exception[]> => {
      const report = await site.report(id, query, release);
      if (release === 'r51') check?.(`schemas/${id.toUpperCase()}`, report);
      return report.Report_Header.Exceptions ?? [];
    };

    const cases: readonly [id: string, query: string, told: readonly [code: number, data?: string][]][] = [
      ['ir', MARCH, []],
      ['ir', 'begin_date=2026-03-01&end_date=2026-03-31', []],
      ['ir', 'begin_date=2026-02&end_date=2026-02', [[3030]]],
      ['pr', 'begin_date=2026-02&end_date=2026-02', [[3030]]],
      ['ir', `${MARCH}&yop=1900`, [[3030]]],
      ['ir', 'begin_date=2025-12&end_date=2026-03', [[3032, 'usage is available from 2026-01 to 2026-03']]],
      [
        'ir',
        'begin_date=2026-03&end_date=2026-06',
        [[3031, 'request was for 2026-03 to 2026-06; that is not over']],
      ],
      ['ir', `${MARCH}&foo=1&bar=2&section_type=Article`, [[3050, 'foo; bar; section_type']]],
      ['ir', `${MARCH}&format=xml`, [[3050, 'format=xml']]],
      ['ir', `${MARCH}&exclude_monthly_details=True`, [[3050, 'exclude_monthly_details']]],
      ['pr', `${MARCH}&yop=2016&item_id=x`, [[3050, 'yop; item_id']]],
      ['ir_a1', `${MARCH}&metric_type=Total_Item_Requests`, [[3030], [3050, 'metric_type']]],
      ['pr_p1', `${MARCH}&granularity=Total&country_code=PT`, [[3050, 'granularity; country_code']]],
      ['ir', `${MARCH}&metric_type=Downloads|Total_Item_Requests`, [[3060, 'metric_type=Downloads']]],
      ['ir', `${MARCH}&data_type=article`, [[3060, 'data_type=article']]],
      [
        'ir',
        `${MARCH}&access_type=OA_Gold&access_method=x`,
        [[3060, 'access_type=OA_Gold; access_method=x']],
      ],
      ['ir', `${MARCH}&yop=16&yop=2020-2019`, [[3060, 'yop=16; yop=2020-2019']]],
      ['ir', `${MARCH}&platform=Another`, [[3060, 'platform=Another']]],
      ['ir', `${MARCH}&author=Knoth`, [[3060, 'author=Knoth']]],
      ['ir', `${MARCH}&item_id=2045-2322`, [[3060, 'item_id=2045-2322']]],
      ['ir', `${MARCH}&country_code=PT&attributed=Yes`, [[3060, 'country_code; attributed']]],
      ['ir', `${MARCH}&item_id=oai:repository.example:1|2045-2322`, [[3061, 'item_id=2045-2322']]],
      ['ir', `${MARCH}&attributes_to_show=YOP|Colour`, [[3062, 'attributes_to_show=Colour']]],
      ['pr', `${MARCH}&granularity=Day`, [[3062, 'granularity=Day']]],
      ['ir', `${MARCH}&include_parent_details=yes`, [[3062, 'include_parent_details=yes']]],
      ['ir', `${MARCH}&include_component_details=True`, [[3063]]],
      ['ir', `${MARCH}&include_component_details=False&metric_type=&data_type=`, []],
    ];
    for (const [id, query, expected] of cases) {
      it(`${expected.map(([code]) => code).join(' and ') || 'none'}: ${id}?${query}`, async () => {
        const exceptions = await told(id, query);
        expect(
          exceptions.map(({ Code, Data }) => [Code, ...(Data === undefined ? [] : [Data])]),
        ).to.deep.equal(expected.map((one) => [...one]));
      });
    }

    it('have severities in release 5, and its own names of parameters', async () => {
      const [unknown, component] = await told('ir', `${MARCH}&author=x&include_component_details=True`, 'r5');
      expect(unknown).to.deep.include({ Code: 3050, Severity: 'Warning', Data: 'author' });
      expect(component).to.deep.include({ Code: 3062, Data: 'include_component_details=True' });
      expect(await told('ir', `${MARCH}&item_contributor=0000-0002-1825-0097`, 'r5')).to.have.nested.property(
        '[0].Code',
        3030,
      );
    });

    it('3031 until the window of a month is over, and no 3030 with it', async () => {
      await site.used(2, { '2026-04': [1, 1, 1, 1] });
      site.clock.advance(18 * 86_400_000); // May 3
      const early = await site.report('ir', 'begin_date=2026-04&end_date=2026-04');
      expect(early.Report_Header.Exceptions?.map(({ Code }) => Code)).to.deep.equal([3031]);
      expect(early.Report_Items).to.deep.equal([]);
      site.clock.advance(86_400_000);
      const late = await site.report('ir', 'begin_date=2026-04&end_date=2026-04');
      expect(late.Report_Header.Exceptions).to.equal(undefined);
      expect(late.Report_Items).to.have.length(1);
    });

    it('3031 names months of which days are open, tells nothing of them, and ends with what is known', async () => {
      site.usage.days.set('2026-03', { days: 31, openDays: 2 });
      const report = await site.report('ir', 'begin_date=2026-01&end_date=2026-03');
      expect(report.Report_Header.Exceptions).to.deep.equal([
        {
          Code: 3031,
          Message: 'Usage Not Ready for Requested Dates',
          Data: 'request was for 2026-01 to 2026-03; not processed yet: 2026-03',
        },
      ]);
      expect(report.Report_Header.Report_Filters).to.include({
        Begin_Date: '2026-01-01',
        End_Date: '2026-02-28',
      });
      expect(JSON.stringify(report.Report_Items)).to.include('2026-01').and.not.include('2026-03');
      const list = (await (await site.get(`r51/reports?${WORLD}`)).json()) as object[];
      expect(list[0]).to.include({ First_Month_Available: '2026-01', Last_Month_Available: '2026-02' });
    });

    it('leave an open month out that lies between others', async () => {
      await site.used(2, { '2026-02': [9, 9, 9, 9] });
      site.usage.days.set('2026-02', { days: 28, openDays: 1 });
      const report = await site.report('ir', 'begin_date=2026-01&end_date=2026-03');
      expect(report.Report_Header.Exceptions?.map(({ Code }) => Code)).to.deep.equal([3031]);
      expect(JSON.stringify(report.Report_Items)).not.to.include('2026-02');
      const query = `${WORLD}&begin_date=2026-01&end_date=2026-03&format=tsv`;
      const rows = (await (await site.get(`r51/reports/ir?${query}`)).text()).trimEnd().split('\r\n');
      expect(rows.at(-1)?.split('\t').slice(-4)).to.deep.equal(['2', '1', '', '1']);
    });

    it('3040 where the counting began in the course of the first month', async () => {
      site.usage.days.set('2026-01', { days: 9, openDays: 0 });
      const [partial, ...others] = await told('ir', 'begin_date=2026-01&end_date=2026-03');
      expect(others).to.deep.equal([]);
      expect(partial).to.deep.include({ Code: 3040, Message: 'Partial Data Returned' });
      expect(partial?.Data).to.include('9 of 31 days');
      expect(await told('ir', MARCH)).to.deep.equal([]);
    });

    it('3030 before anything was counted', async () => {
      await site.close();
      site = await CounterSite.open();
      const report: Report = await site.report('pr', MARCH);
      check?.('schemas/PR', report);
      expect(report.Report_Header.Exceptions?.map(({ Code }) => Code)).to.deep.equal([3030]);
      const list = (await (await site.get(`r51/reports?${WORLD}`)).json()) as object[];
      check?.(responseSchema('200_Reports'), list);
      expect(list[0]).to.include({ First_Month_Available: '2026-03', Last_Month_Available: '2026-03' });
    });

    it('stay short, however much is wrong', async () => {
      const names = Array.from({ length: 200 }, (_, n) => `${'x'.repeat(20)}${n}=1`).join('&');
      const [exception] = await told('ir', `${MARCH}&${names}`);
      expect(exception?.Data?.split('; ')).to.have.length(20);
    });
  });
});
