import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { WriterCalls, WritersBeside, type Writer } from '../../../node/http/index.ts';
import { CLUSTER_HEADER, clusterToken } from '../../../node/http/cluster/tokens.ts';
import { loadAssets } from '../../../node/http/assets.ts';
import { localRouters } from '../../../node/http/local-routes.ts';
import { publicParts } from '../../../node/http/public-parts.ts';
import { aPut } from '../../support/builders.ts';
import { aSite, type TestSite } from '../support/a-site.ts';

const SECRET = 'known to both';

describe('what a process of the role http answers by itself', () => {
  it('are the routes that docs/store.md names', async () => {
    const site = await aSite();
    try {
      const assets = loadAssets();
      const routers = localRouters(publicParts(site.parts, assets), assets);
      const routes = routers.flatMap(({ stack }) =>
        stack.flatMap(({ path, methods }) => (methods.length > 0 ? [String(path)] : [])),
      );
      const page = await readFile(new URL('../../../docs/store.md', import.meta.url), 'utf8');
      const [, table = ''] = /answers by itself[^|]*((?:\|.*\n)+)/.exec(page) ?? [];
      const told = [...table.matchAll(/`(\/[^`]*)`/g)].map(([, path]) => path);
      expect(told).to.have.members([...new Set(routes)]);
    } finally {
      await site.close();
    }
  });
});

describe('what processes of the role http ask and tell the writer', () => {
  let site: TestSite;
  let key: string;
  let writer: Writer;
  before(async () => {
    site = await aSite({ parts: { cluster: { secret: SECRET } } });
    [key = ''] = await site.put(aPut(1), aPut(2));
    writer = { url: site.url, secret: SECRET };
  });
  after(async () => {
    await site.close();
  });

  const callsOf = (secret: string): WriterCalls =>
    new WriterCalls({ writer: () => ({ ...writer, secret }), fetch });
  const aView = {
    kind: 'investigation',
    address: '192.0.2.1',
    userAgent: 'Mozilla/5.0 (X11; Linux) Firefox/140.0',
  };

  it('is not there for strangers, nor for requests of theirs that are passed on', async () => {
    const words = [
      undefined,
      'call',
      'call ',
      clusterToken('guessed', 'call'),
      clusterToken(SECRET, 'forwarded'),
    ];
    for (const word of words) {
      const headers: Record<string, string> = word === undefined ? {} : { [CLUSTER_HEADER]: word };
      for (const path of [`/cluster/records/${key}`, '/cluster/works/w', '/cluster/views'])
        expect((await site.get(path, headers)).status, `${path} ${word}`).to.be.oneOf([404, 405]);
      const body = JSON.stringify({ views: [{ ...aView, key, time: site.clock.now() }] });
      const posted = await fetch(`${site.url}/cluster/views`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body,
      });
      expect(posted.status).to.equal(404);
    }
    expect(await site.usage.months()).to.deep.equal([]);
  });

  it('has views counted, once each however often they are told', async () => {
    const calls = callsOf(SECRET);
    const time = site.clock.now();
    const views = [
      { ...aView, key, time },
      { ...aView, key: 'unknown', time },
    ];
    for (let times = 0; times < 2; times += 1)
      expect(await calls.post('/cluster/views', { views })).to.equal(true);
    expect(await site.usage.counts(key)).to.include({ totalInvestigations: 1 });
    expect(await calls.post('/cluster/views', { views: [{ ...aView, key }] })).to.equal(false);
  });

  it('has views counted also where each user agent is as long as it may be, and longer in JSON', async () => {
    const view = { ...aView, key, userAgent: '"'.repeat(16 * 1024), time: site.clock.now() };
    const views = Array.from({ length: 100 }, () => view);
    expect(await callsOf(SECRET).post('/cluster/views', { views })).to.equal(true);
  });

  it('has what stands beside a record worked out as on its own page', async () => {
    const record = await site.catalogue.holdings.get(key);
    if (record === undefined || 'withdrawn' in record) throw new Error('there is no record');
    const beside = new WritersBeside({ calls: callsOf(SECRET) });
    const told = await beside.ofRecord(key, record as never, undefined);
    expect(told.usage.months?.map(({ metrics }) => metrics.totalInvestigations)).to.deep.equal([1]);
    expect(told.related).to.be.an('array');
    expect(told.evidence).to.be.instanceOf(Map);
  });

  it('leaves a page without that where the writer does not answer', async () => {
    const record = await site.catalogue.holdings.get(key);
    const away = new WritersBeside({ calls: new WriterCalls({ writer: () => undefined, fetch }) });
    expect(await away.ofRecord(key, record as never, undefined)).to.deep.include({
      related: [],
      elsewhere: [],
    });
    const refused = new WritersBeside({ calls: callsOf('of a former term') });
    expect((await refused.ofRecord(key, record as never, undefined)).related).to.deep.equal([]);
  });
});
