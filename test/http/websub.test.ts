import { Router } from '@koa/router';
import { expect } from 'chai';
import { Registry } from 'prom-client';
import { recordJsonLd, syncChannels } from '../../node/http/index.ts';
import { resourceSyncRouter } from '../../node/http/routers/resourcesync/index.ts';
import { webSubRoutes } from '../../node/http/routers/api/websub.ts';
import { webSubRouter } from '../../node/http/routers/websub.ts';
import { PublishedResources, ResourceSyncLog } from '../../node/publishing/index.ts';
import type { HarvestedRecord, ReaderRunner } from '../../node/catalogue/index.ts';
import { Hub, type HubLimits } from '../../node/websub/index.ts';
import { parseDocument, type SyncDocument } from '../../protocols/resourcesync/index.ts';
import { discoverHub } from '../../protocols/websub/index.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestCallbacks } from '../support/test-callbacks.ts';
import { TestClock } from '../support/test-clock.ts';
import { until } from '../support/until.ts';
import { aRouter, type TestRouter } from './support/a-router.ts';

const base = 'https://node.example';
const CHANGES = `${base}/resourcesync/change-notification.xml`;
const FRAMEWORK = `${base}/resourcesync/framework-notification.xml`;
const CALLBACK = 'https://reader.example/calls';
const MINUTE = 60_000;

describe('WebSub at the node', () => {
  let clock: TestClock;
  let test: TestCatalogue;
  let runner: ReaderRunner;
  let callbacks: TestCallbacks;
  let hub: Hub;
  let http: TestRouter;

  const open = async (limits: Partial<HubLimits> = {}): Promise<void> => {
    clock = new TestClock();
    test = await aCatalogue({ clock, base });
    callbacks = new TestCallbacks();
    const log = new ResourceSyncLog({
      catalogue: test.catalogue,
      render: (record) => recordJsonLd(record, { base }),
    });
    runner = await test.run(log);
    const resources = new PublishedResources({ log, clock });
    const channels = syncChannels({
      hub: `${base}/websub`,
      resources,
      site: { base },
      notifications: { announcements: { has: () => false } },
      sizes: { changes: 5, behind: 50, shown: 3 },
    });
    hub = new Hub({
      section: test.store.section('websub'),
      url: `${base}/websub`,
      topics: channels,
      fetch: callbacks.fetch,
      registry: new Registry(),
      clock,
      log: silentLog,
      limits,
    });
    await hub.start({ sends: true });
    const router = new Router();
    for (const inner of [
      webSubRouter({ hub, log: silentLog }),
      resourceSyncRouter({ resources, site: { base }, websub: { channels } }),
    ])
      router.use(inner.routes());
    http = await aRouter(router);
  };
  beforeEach(() => open());
  afterEach(async () => {
    expect(http.faults).to.deep.equal([]);
    await http.close();
    await hub.stop();
    await test.close();
  });

  const put = async (n: number, parts: Partial<HarvestedRecord> = {}): Promise<string> => {
    const [result] = await test.catalogue.put([aPut(n, parts)]);
    await runner.caughtUp();
    return `${base}/records/${result?.key}`;
  };
  const post = (fields: Record<string, string>, type?: string): Promise<Response> =>
    http.request('/websub', {
      method: 'POST',
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': type ?? 'application/x-www-form-urlencoded' },
    });
  const subscribe = async (topic = CHANGES, callback = CALLBACK): Promise<void> => {
    const response = await post({ 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.callback': callback });
    expect(response.status).to.equal(202);
    await until('it is confirmed', () => hub.counts().unconfirmed === 0);
  };
  const told = async (count: number): Promise<SyncDocument[]> => {
    await until(`${count} deliveries`, () => {
      // The news settle for a second first.
      clock.advance(100);
      return callbacks.delivered.length >= count;
    });
    return callbacks.delivered.map(({ body }) => parseDocument(body));
  };
  const changesIn = ({ entries }: SyncDocument): string[] =>
    entries.map(({ loc, metadata }) => `${metadata?.change} ${loc}`);

  describe('to who looks for it', () => {
    it('is told by the capability list, with the hub of each channel', async () => {
      const list = parseDocument(await (await http.request('/resourcesync/capabilitylist.xml')).text());
      expect(list.entries.slice(-2)).to.deep.equal(
        [
          ['change-notification', CHANGES],
          ['framework-notification', FRAMEWORK],
        ].map(([capability, loc]) => ({
          loc,
          metadata: { capability },
          links: [{ rel: 'hub', href: `${base}/websub` }],
        })),
      );
    });

    for (const topic of [CHANGES, FRAMEWORK]) {
      it(`is told by the Link header of ${topic}`, async () => {
        for (const method of ['GET', 'HEAD']) {
          const response = await http.request(topic.replace(base, ''), { method });
          expect(response.status).to.equal(200);
          expect(response.headers.get('content-type')).to.equal('application/xml; charset=utf-8');
          expect(discoverHub(response.headers.get('link'), topic)).to.deep.equal({
            hubs: [`${base}/websub`],
            topic,
          });
        }
      });
    }

    it('is told by the hub itself', async () => {
      const response = await http.request('/websub');
      const told = (await response.json()) as { topics: { url: string }[]; leaseSeconds: number };
      expect(told.topics.map(({ url }) => url)).to.deep.equal([CHANGES, FRAMEWORK]);
      expect(told.leaseSeconds).to.equal(864_000);
    });
  });

  describe('a channel', () => {
    it('shows the last changes', async () => {
      const empty = parseDocument(await (await http.request('/resourcesync/change-notification.xml')).text());
      expect(empty.entries).to.deep.equal([]);
      const iris: string[] = [];
      for (let n = 0; n < 5; n += 1) iris.push(await put(n));
      const response = await http.request('/resourcesync/change-notification.xml');
      const locs = parseDocument(await response.text()).entries.map(({ loc }) => loc);
      expect(locs).to.deep.equal(iris.slice(2));
      const again = await http.request('/resourcesync/change-notification.xml', {
        headers: { 'if-none-match': response.headers.get('etag') ?? '' },
      });
      expect(again.status).to.equal(304);
    });
  });

  describe('a Change Notification', () => {
    it('tells what is new, changed and gone, with hash and links, from the last one on', async () => {
      await put(1);
      await subscribe();
      const start = clock.now();
      clock.advance(MINUTE);
      const iri = await put(2, { titles: [{ value: 'A title' }] });
      await told(1);
      await put(2, { titles: [{ value: 'Another title' }] });
      await told(2);
      await test.catalogue.put([
        { type: 'withdraw', oaiIdentifier: 'oai:repository.example:2', reason: 'Wrong.' },
      ]);
      await runner.caughtUp();
      const [first, second, third] = await told(3);
      expect(first?.metadata).to.deep.equal({
        capability: 'change-notification',
        from: new Date(start).toISOString(),
        until: new Date(start + MINUTE).toISOString(),
      });
      expect(first?.links).to.deep.equal([{ rel: 'up', href: `${base}/resourcesync/capabilitylist.xml` }]);
      expect(first?.entries).to.have.length(1);
      expect(first?.entries[0]?.metadata).to.include({
        change: 'created',
        type: 'application/ld+json',
        datetime: new Date(start + MINUTE).toISOString(),
      });
      expect(first?.entries[0]?.metadata?.hash?.['sha-256']).to.match(/^[\da-f]{64}$/);
      expect(second?.metadata.from).to.equal(first?.metadata.until);
      expect([second, third].flatMap((document) => changesIn(document!))).to.deep.equal([
        `updated ${iri}`,
        `deleted ${iri}`,
      ]);
      const [{ headers } = { headers: {} }] = callbacks.delivered;
      expect(headers).to.include({ 'content-type': 'application/xml; charset=utf-8' });
    });

    it('tells what came together of each record once', async () => {
      await subscribe();
      const one = await put(1);
      await put(1, { titles: [{ value: 'Corrected' }] });
      const two = await put(2);
      await test.catalogue.put([
        { type: 'withdraw', oaiIdentifier: 'oai:repository.example:2', reason: 'Wrong.' },
      ]);
      await runner.caughtUp();
      const [document] = await told(1);
      expect(changesIn(document!)).to.deep.equal([`created ${one}`, `deleted ${two}`]);
      const length = document?.entries[0]?.metadata?.length;
      const list = parseDocument(await (await http.request('/resourcesync/resourcelist.xml')).text());
      expect(list.entries[0]?.metadata?.length).to.equal(length);
    });

    it('tells of many changes in pieces, and where they are too many of the newest, with the gap to be seen', async () => {
      await subscribe();
      const size = 11;
      for (let batch = 0; batch < 5; batch += 1) {
        clock.advance(1);
        await test.catalogue.put(Array.from({ length: size }, (_, n) => aPut(batch * size + n)));
      }
      await runner.caughtUp();
      const end = clock.now();
      const documents = await told(10);
      await until('all is told', () => hub.subscriptions()[0]?.delivered === 10);
      expect(documents.map(({ entries }) => entries.length)).to.deep.equal(Array(10).fill(5));
      const [first] = documents;
      expect(Date.parse(first?.metadata.from ?? '')).to.equal(end - 4);
      expect(new Set(documents.flatMap(({ entries }) => entries.map(({ loc }) => loc))).size).to.equal(50);
    });
  });

  describe('a Framework Notification', () => {
    it('tells that lists and dumps changed', async () => {
      await subscribe(FRAMEWORK);
      await put(1);
      await put(2);
      const [document] = await told(1);
      expect(document?.metadata.capability).to.equal('framework-notification');
      const kinds = ['resourcelist', 'resourcedump', 'changelist', 'changedump'];
      expect(
        document?.entries.map(({ loc, metadata }) => [loc, metadata?.capability, metadata?.change]),
      ).to.deep.equal(kinds.map((kind) => [`${base}/resourcesync/${kind}.xml`, kind, 'updated']));
    });
  });

  describe('to the manager', () => {
    it('is shown with the state of each subscription, without its secret', async () => {
      const api = new Router();
      webSubRoutes(api, { websub: { hub, channels: [] } });
      const manager = await aRouter(api);
      await post({
        'hub.mode': 'subscribe',
        'hub.topic': CHANGES,
        'hub.callback': CALLBACK,
        'hub.secret': 'between us',
      });
      await until('it is confirmed', () => hub.counts().active === 1);
      callbacks.takes.set('reader.example', () => new Response(null, { status: 500 }));
      await put(1);
      await until('it has failed', () => {
        clock.advance(100);
        return hub.counts().failing === 1;
      });
      const text = await (await manager.request('/api/websub')).text();
      await manager.close();
      expect(text).not.to.include('between us');
      const { counts, subscriptions } = JSON.parse(text) as {
        counts: object;
        subscriptions: { failing: object }[];
      };
      expect(counts).to.include({ failing: 1, active: 0 });
      expect(subscriptions).to.have.length(1);
      expect(subscriptions[0]).to.include({
        callback: CALLBACK,
        topic: CHANGES,
        state: 'failing',
        signed: true,
        delivered: 0,
      });
      expect(subscriptions[0]?.failing).to.include({ code: 'HTTP_500', attempts: 1 });
    });
  });

  describe('a request', () => {
    const complete = { 'hub.mode': 'subscribe', 'hub.topic': CHANGES, 'hub.callback': CALLBACK };
    const cases: readonly (readonly [string, Record<string, string>, number, RegExp])[] = [
      ['without a callback', { 'hub.callback': '' }, 400, /^hub\.callback is empty\./],
      ['of another mode', { 'hub.mode': 'publish' }, 400, /^hub\.mode is neither/],
      ['for a topic that is none', { 'hub.topic': `${base}/records` }, 404, /change-notification\.xml/],
      ['to end what is not there', { 'hub.mode': 'unsubscribe' }, 404, /^There is no subscription/],
      ['that is too large', { x: 'x'.repeat(20_000) }, 413, /16384 bytes/],
    ];
    for (const [name, fields, status, why] of cases) {
      it(`${name} is refused with the reason as plain text`, async () => {
        const response = await post({ ...complete, ...fields });
        expect(response.status).to.equal(status);
        expect(response.headers.get('content-type')).to.equal('text/plain; charset=utf-8');
        expect(await response.text()).to.match(why);
        expect(callbacks.questions).to.deep.equal([]);
      });
    }

    it('that is no form is refused', async () => {
      expect((await post(complete, 'application/json')).status).to.equal(415);
    });

    it('has one answer, whatever the callback says', async () => {
      callbacks.asks.set('reader.example', () => new Response('no', { status: 404 }));
      expect((await post(complete)).status).to.equal(202);
      await callbacks.asked(1);
      expect((await post(complete)).status).to.equal(202);
    });

    it('too many are told when to come again', async () => {
      await http.close();
      await hub.stop();
      await test.close();
      await open({ subscriptions: 2, subscriptionsOfHost: 1 });
      await subscribe();
      const second = await post({ ...complete, 'hub.callback': `${CALLBACK}/2` });
      expect(second.status).to.equal(429);
      expect(second.headers.get('retry-after')).to.equal('600');
      await subscribe(CHANGES, 'https://other.example/');
      expect((await post({ ...complete, 'hub.callback': 'https://third.example/' })).status).to.equal(503);
    });
  });
});
