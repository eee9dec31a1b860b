import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import type { Context } from 'koa';
import { Registry } from 'prom-client';
import { UsageError, type UsageEvent } from '../../node/analysis/usage/index.ts';
import { createApp, listen, type HttpServer } from '../../node/http/index.ts';
import { PageViews } from '../../node/http/usage/index.ts';
import { aPut } from '../support/builders.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { until } from '../support/until.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0';

describe('views of an item’s page', () => {
  let site: TestSite;
  let http: HttpServer;
  let key: string;
  let views: UsageEvent[];
  let record: (event: UsageEvent) => Promise<'counted'>;
  const start = async (trustProxy = false): Promise<void> => {
    const app = createApp({
      ...site.parts,
      usage: { ...site.parts.usage, record: (event: UsageEvent) => record(event) },
      site: { ...site.parts.site, trustProxy },
      metrics: new Registry(),
    });
    const answer = app.callback();
    http.serve((request, response) => void answer(request, response));
  };
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Response> =>
    fetch(http.url + path, { method, headers: { 'user-agent': FIREFOX, accept: BROWSER, ...headers } });
  const dropped = async (reason: string): Promise<number> => {
    const text = await (await get('/metrics')).text();
    const pattern = new RegExp(`^ngr_page_views_dropped_total\\{reason="${reason}"\\} (\\d+)$`, 'm');
    return Number(pattern.exec(text)?.[1] ?? 0);
  };

  beforeEach(async () => {
    site = await aSite();
    [key = ''] = await site.put(aPut(1));
    http = await listen('127.0.0.1', 0);
    views = [];
    record = (event) => {
      views.push(event);
      return Promise.resolve('counted');
    };
  });
  afterEach(async () => {
    await http.close();
    await site.close();
  });

  it('are investigations, also where the browser had the page already', async () => {
    await start();
    const page = await get(`/records/${key}`);
    await page.text();
    const etag = page.headers.get('etag') ?? '';
    expect((await get(`/records/${key}`, { 'if-none-match': etag })).status).to.equal(304);
    await until('both views', () => views.length === 2);
    const view = {
      kind: 'investigation',
      key,
      address: '127.0.0.1',
      userAgent: FIREFOX,
      time: site.clock.now(),
    };
    expect(views).to.deep.equal([view, view]);
  });

  it('are not what programs get, nor what is only asked about, led elsewhere, gone, or another node’s', async () => {
    await start();
    const peer = await site.peer('Elsewhere', 'https://elsewhere.example');
    const [theirs = ''] = await site.follow(peer, aPut(7));
    const [gone = ''] = await site.put(aPut(2));
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:2', reason: 'Retracted' });
    for (const accept of ['application/ld+json', 'application/x-bibtex', '*/*']) {
      expect((await get(`/records/${key}`, { accept })).status).to.equal(200);
    }
    expect((await get(`/records/${key}`, {}, 'HEAD')).status).to.equal(200);
    expect((await get(`/records/${gone}`)).status).to.equal(410);
    expect((await get(`/records/${theirs}`)).status).to.equal(200);
    expect((await get(`/records/${key}/citations`)).status).to.equal(200);
    expect((await get('/records/aaaaaaaaaaaaaaaaaaaa')).status).to.equal(404);
    // Noted in order: when the last is there, nothing of the others can come any more.
    await (await get(`/records/${key}`)).text();
    await until('the one view', () => views.length > 0);
    expect(views.map((view) => view.key)).to.deep.equal([key]);
  });

  it('are of the address that the operator’s proxy tells, and of no other', async () => {
    await start(true);
    await get(`/records/${key}`, { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' });
    await until('the view', () => views.length === 1);
    await http.close();
    http = await listen('127.0.0.1', 0);
    await start(false);
    await get(`/records/${key}`, { 'x-forwarded-for': '203.0.113.9' });
    await until('the next view', () => views.length === 2);
    expect(views.map(({ address }) => address)).to.deep.equal(['198.51.100.7', '127.0.0.1']);
  });

  it('are let go, and counted as such, while a thousand others wait for the disk', async () => {
    const finish: (() => void)[] = [];
    const metrics = new Registry();
    const pageViews = new PageViews({
      usage: { record: () => new Promise((resolve) => finish.push(() => resolve('counted'))) },
      metrics,
      clock: site.clock,
      log: silentLog,
    });
    const see = (): void => {
      const res = Object.assign(new EventEmitter(), { statusCode: 200 });
      const ctx = { method: 'GET', ip: '192.0.2.1', get: () => FIREFOX, res };
      pageViews.note(ctx as unknown as Context, key);
      res.emit('finish');
    };
    for (let i = 0; i < 1_050; i++) see();
    expect(finish).to.have.length(1_000);
    expect(await metrics.metrics()).to.contain('ngr_page_views_dropped_total{reason="busy"} 50');
    for (const done of finish.splice(0)) done();
    await new Promise(setImmediate);
    see();
    expect(finish).to.have.length(1);
  });

  it('may fail, and the reader sees nothing of it', async () => {
    const errors: Error[] = [
      new UsageError('USAGE_BAD_TIME', 'The clock goes wrong.'),
      new Error('the disk is full'),
    ];
    record = () => Promise.reject(errors.shift() ?? new Error('once more'));
    await start();
    expect((await get(`/records/${key}`)).status).to.equal(200);
    expect((await get(`/records/${key}`)).status).to.equal(200);
    await until('both in the figures', async () => {
      return (await dropped('refused')) === 1 && (await dropped('failed')) === 1;
    });
  });
});
