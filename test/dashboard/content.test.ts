import { expect } from 'chai';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { aPut } from '../support/builders.ts';
import { aVisitor, type Visitor } from './visitor.ts';

describe('the content in the dashboard', () => {
  let site: TestSite;
  let visitor: Visitor;
  let keys: string[];
  const others: Server[] = [];
  beforeEach(async () => {
    site = await aSite({});
    visitor = await aVisitor(site, 'advanced');
    keys = await site.put(
      aPut(1, { titles: [{ value: 'Zebras' }], published: '1999', datestamp: '2026-01-03T00:00:00Z' }),
      aPut(2, { titles: [{ value: 'Älgar' }], published: '2020', datestamp: '2026-01-02T00:00:00Z' }),
      aPut(3, { titles: [{ value: 'Moose' }], published: '2010', datestamp: '2026-01-01T00:00:00Z' }),
    );
  });
  afterEach(async () => {
    for (const other of others.splice(0)) other.close();
    await site.close();
  });

  const order = (page: string): string[] => page.match(/(?<=records\/[a-z2-7]{20}">)[^<]+/g) ?? [];

  it('is ordered by the heads of its columns, one way and the other', async () => {
    const first = await visitor.page('/dashboard/records');
    expect(order(first)).to.deep.equal(['Zebras', 'Älgar', 'Moose']);
    expect(first).to.include(
      'aria-sort="descending"><a href="/dashboard/records?order=changed&amp;turned=true"',
    );
    const byTitle = await visitor.page('/dashboard/records?order=title');
    expect(order(byTitle)).to.deep.equal(['Älgar', 'Moose', 'Zebras']);
    expect(byTitle).to.include('aria-sort="ascending"');
    expect(order(await visitor.page('/dashboard/records?order=published&turned=true'))).to.deep.equal([
      'Zebras',
      'Moose',
      'Älgar',
    ]);
    const table = await (await visitor.get('/dashboard/records.csv?order=title')).text();
    expect(table.match(/Älgar|Moose|Zebras/g)).to.deep.equal(['Älgar', 'Moose', 'Zebras']);
  });

  it('refuses what no list has', async () => {
    for (const query of [
      'order=size',
      'turned=1',
      'text=lost',
      'after=1',
      `q=${'x'.repeat(301)}`,
      'order=a&order=b',
    ])
      expect((await visitor.get(`/dashboard/records?${query}`)).status, query).to.equal(400);
  });

  it('comes back to the list as it was chosen, and says what was done', async () => {
    const list = await visitor.page('/dashboard/records?order=title&text=none');
    expect(list).to.include('name="list-order" value="title"').and.include('name="list-text" value="none"');
    const done = await visitor.submit('/dashboard/records/withdraw', {
      record: keys,
      reason: 'Asked for by the author',
      'list-order': 'title',
      'list-text': 'none',
      'list-state': 'nonsense" ',
    });
    expect(done.headers.get('location')).to.equal('/dashboard/records?done=withdraw&records=3');
    const again = await visitor.submit('/dashboard/records/withdraw', {
      record: keys.slice(0, 1),
      reason: 'Asked for by the author',
      'list-order': 'title',
    });
    const back = again.headers.get('location') ?? '';
    expect(back).to.equal(`/dashboard/records?order=title&done=withdraw&records=1&record=${keys[0]}`);
    expect(await visitor.page(back)).to.include(
      `<p role="status">Withdrawn: 1.<a href="/dashboard/records/${keys[0]}/elsewhere">`,
    );
    const withdrawn = await visitor.page('/dashboard/records?state=withdrawn&order=title');
    expect(order(withdrawn)).to.deep.equal(['Älgar', 'Moose', 'Zebras']);
    expect(withdrawn).to.include(`/dashboard/records/${keys[0]}/elsewhere`);
    expect(order(await visitor.page('/dashboard/records?q=oai:repository.example:2'))).to.deep.equal([
      'Älgar',
    ]);
  });

  /** Another institution's node, which answers every question with a status; without one, never. */
  async function anotherNode(name: string, status: number | undefined): Promise<void> {
    const server = createServer((_, response) => {
      if (status === undefined) response.destroy();
      else response.writeHead(status).end();
    });
    others.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await site.follow(await site.peer(name, `http://127.0.0.1:${port}`), aPut(others.length));
    site.peers.others.push({ connected: true });
  }

  it('tells what others show of a withdrawn record, and asks none whose domain does not name it', async () => {
    const [key = ''] = keys;
    const path = `/dashboard/records/${key}/elsewhere`;
    expect(await visitor.page(path)).to.include('No other institution is connected.');
    await anotherNode('Andina <b>', 410);
    await anotherNode('Nordmark', 200);
    await anotherNode('Wyreford', 404);
    await anotherNode('Silence', undefined);
    site.clock.advance(10_000);
    const page = await visitor.page(path);
    const rows = [...page.matchAll(/rel="noreferrer">([^<]+)<\/a><\/th><td>([^<]+)</g)];
    expect(Object.fromEntries(rows.map(([, name, said]) => [name, said]))).to.deep.equal({
      'Andina &lt;b&gt;': 'that it is gone',
      Nordmark: 'the record',
      Wyreford: 'nothing: it never had it',
      Silence: 'no answer',
    });
    site.peers.others = site.peers.others.map((peer) => ({ ...peer, proof: 'contradicted' }));
    site.clock.advance(10_000);
    expect(await visitor.page(path)).to.include('No other institution is connected.');
  });
});
