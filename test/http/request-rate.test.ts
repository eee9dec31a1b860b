import { expect } from 'chai';
import { TestClock } from '../support/test-clock.ts';
import { CLUSTER_HEADER, clusterToken } from '../../node/http/cluster/tokens.ts';
import { aSite, type TestSite } from './support/a-site.ts';

describe('how often an address may ask', () => {
  let site: TestSite;
  let clock: TestClock;
  beforeEach(async () => {
    clock = new TestClock();
    site = await aSite({ site: { trustProxy: true, requestsPerSecond: 2 }, parts: { clock } });
  });
  afterEach(() => site.close());

  const ask = async (address: string, path = '/robots.txt'): Promise<Response> =>
    await fetch(site.url + path, { headers: { 'x-forwarded-for': address, accept: 'application/json' } });
  const answered = async (address: string, times: number, path?: string): Promise<number> => {
    let count = 0;
    for (let i = 0; i < times; i++) if ((await ask(address, path)).status < 400) count += 1;
    return count;
  };

  it('is a burst, then so many a second; who comes too soon is told how long to wait', async () => {
    expect(await answered('8.8.8.8', 45)).to.equal(40);
    const refused = await ask('8.8.8.8');
    expect(refused.status).to.equal(429);
    expect(refused.headers.get('retry-after')).to.equal('1');
    expect(((await refused.json()) as { code: string }).code).to.equal('HTTP_TOO_MANY_REQUESTS');
    clock.advance(3_000);
    expect(await answered('8.8.8.8', 10)).to.equal(6);
    const figures = await (await fetch(`${site.url}/metrics`)).text();
    expect(figures).to.match(/^ngr_http_requests_held_back_total 10$/m);
  });

  it('is one number for a network of IPv6, and another for each other address', async () => {
    expect(await answered('2a00:1450:1:2::1', 40)).to.equal(40);
    expect((await ask('2a00:1450:1:2::ffff')).status).to.equal(429);
    expect((await ask('2a00:1450:1:3::1')).status).to.equal(200);
    expect((await ask('9.9.9.9')).status).to.equal(200);
    // An address of IPv4 within one of IPv6, in either form, is no address inside.
    expect(await answered('::ffff:8.8.8.8', 41)).to.equal(40);
    expect(await answered('2002:808:808::1', 41)).to.equal(40);
  });

  it('is not counted for the tracker, which has its own rates, also where the base URL has a path', async () => {
    await site.close();
    site = await aSite({
      base: 'https://node.example/ngr',
      site: { trustProxy: true, requestsPerSecond: 2 },
      parts: { clock },
    });
    for (const path of ['/tracker', '/ngr/tracker']) expect(await answered('8.8.8.8', 42, path)).to.equal(42);
    expect(await answered('8.8.8.8', 42, '/ngr/robots.txt')).to.equal(40);
    expect((await ask('8.8.8.8', '/trackers')).status).to.equal(429);
  });

  it('is any number for a process of the role http that asks for itself', async () => {
    await site.close();
    site = await aSite({
      site: { trustProxy: true, requestsPerSecond: 2 },
      parts: { clock, cluster: { secret: 's' } },
    });
    const told = (word: 'call' | 'forwarded'): Record<string, string> => ({
      'x-forwarded-for': '8.8.8.8',
      [CLUSTER_HEADER]: clusterToken('s', word),
    });
    const asked = async (word: 'call' | 'forwarded'): Promise<number> => {
      let count = 0;
      for (let i = 0; i < 42; i++)
        if ((await fetch(`${site.url}/cluster/addresses`, { headers: told(word) })).status !== 429)
          count += 1;
      return count;
    };
    expect(await asked('call')).to.equal(42);
    expect(await asked('forwarded')).to.equal(40);
  });

  it('is any number for addresses inside, which a proxy may have', async () => {
    for (const address of ['127.0.0.1', '10.1.2.3', '192.168.1.1', 'fd00::1', '::ffff:172.16.0.1'])
      expect(await answered(address, 42), address).to.equal(42);
  });

  it('is that of the client, whether a proxy writes the port with its address or not', async () => {
    expect(await answered('8.8.8.8:4711', 40)).to.equal(40);
    expect((await ask('8.8.8.8:4712')).status).to.equal(429);
    expect((await ask('8.8.8.8')).status).to.equal(429);
    const other = { forwarded: 'for="8.8.8.8:4713";proto=https' };
    expect((await fetch(`${site.url}/robots.txt`, { headers: other })).status).to.equal(429);
  });

  it('is one number for all clients that the proxy does not tell', async () => {
    expect(await answered('unknown', 40)).to.equal(40);
    expect((await ask('_hidden')).status).to.equal(429);
    expect((await ask('8.8.8.8')).status).to.equal(200);
  });

  it('holds nobody back by what stands in a header that the proxy did not write', async () => {
    const invented = { 'x-forwarded-for': '8.8.4.4, 9.9.9.9' };
    for (let i = 0; i < 41; i++) await fetch(`${site.url}/robots.txt`, { headers: invented });
    expect((await ask('9.9.9.9')).status).to.equal(429);
    expect((await ask('8.8.4.4')).status).to.equal(200);
  });
});
