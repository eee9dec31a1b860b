import { expect } from 'chai';
import { oaiDc } from '../../../support/misbehaving-repository.ts';
import { aSync, putRecords, read, type TestSync } from './support.ts';

const MINUTE = 60_000;

describe('a source that is harvested by ResourceSync', () => {
  let test: TestSync;
  beforeEach(async () => {
    test = await aSync();
  });
  afterEach(() => test.close());

  const none = new AbortController().signal;

  it('gives every metadata resource as a record, by its address', async () => {
    putRecords(test.server, 1, 2, 3);
    const { items, titles, codes, lost, pages } = await read(test.source());
    expect(titles).to.deep.equal({ 1: 'Title 1', 2: 'Title 2', 3: 'Title 3' });
    expect(items[0]).to.include({
      oaiIdentifier: `${test.server.url}/records/1.xml`,
      datestamp: '2026-01-01T00:00:00Z',
    });
    expect(items[0]?.metadata?.format).to.equal('oai_dc');
    expect(items[0]?.metadata?.text).to.equal(oaiDc('Title 1'));
    expect({ codes, lost }).to.deep.equal({ codes: [], lost: 0 });
    expect(pages.at(-1)).to.not.have.property('next');
    expect(pages[0]?.total).to.equal(3);
  });

  for (const start of [
    '/',
    '/a/page.html',
    '/.well-known/resourcesync',
    '/capabilitylist.xml',
    '/resourcelist.xml',
    '/changelist.xml',
    '/resourcedump.xml',
    '/changedump.xml',
  ]) {
    it(`is found from ${start}`, async () => {
      test.server.offers = ['resourcelist', 'changelist', 'resourcedump', 'changedump'];
      putRecords(test.server, 1, 2);
      const source = test.source(start);
      const { scope, problems } = await source.inspect(none);
      expect(scope).to.contain(`${test.server.url}/capabilitylist.xml`);
      expect(problems).to.deep.equal([]);
      expect((await read(source)).titles).to.deep.equal({ 1: 'Title 1', 2: 'Title 2' });
    });
  }

  it('is found from one list of many', async () => {
    putRecords(test.server, 1, 2, 3);
    test.server.listSize = 2;
    expect((await read(test.source('/resourcelist/2.xml'))).titles).to.have.all.keys('1', '2', '3');
  });

  it('is what the address says alone, where nothing leads up', async () => {
    putRecords(test.server, 1);
    test.server.spoil = (path, answer) =>
      path === '/resourcelist.xml'
        ? { body: answer.toString().replace(/<rs:ln rel="up"[^>]*>/, '') }
        : undefined;
    const source = test.source('/resourcelist.xml');
    expect((await source.inspect(none)).scope).to.contain('/resourcelist.xml');
    expect((await read(source)).titles).to.have.all.keys('1');
    expect(test.server.asked).to.not.include('/capabilitylist.xml');
  });

  describe('by its lists', () => {
    it('may be an index of several', async () => {
      test.server.listSize = 3;
      putRecords(test.server, 1, 2, 3, 4, 5, 6, 7);
      expect(Object.keys((await read(test.source())).titles)).to.have.length(7);
      expect(test.server.asked).to.include('/resourcelist/3.xml');
    });

    for (const packing of ['file', 'coding'] as const) {
      it(`may be packed (${packing === 'file' ? 'a gzip file' : 'a content coding'})`, async () => {
        test.server.packing = packing;
        putRecords(test.server, 1, 2);
        expect((await read(test.source())).titles).to.have.all.keys('1', '2');
      });
    }

    it('are read with requests side by side, and given in order', async () => {
      const numbers = Array.from({ length: 450 }, (_, i) => i);
      putRecords(test.server, ...numbers);
      test.clock.advance(MINUTE);
      const { pages, items } = await read(test.source());
      expect(pages.map((page) => page.items.length)).to.deep.equal([200, 200, 50]);
      expect(items.map(({ oaiIdentifier }) => oaiIdentifier)).to.deep.equal(
        numbers.map((n) => `${test.server.url}/records/${n}.xml`),
      );
    });

    it('are gone on with behind any page, by a node that has forgotten all else', async () => {
      test.server.listSize = 150;
      putRecords(test.server, ...Array.from({ length: 450 }, (_, i) => i));
      test.clock.advance(MINUTE);
      const { pages } = await read(test.source());
      const [first] = pages;
      test.server.asked.length = 0;
      const rest = await read(test.source(), { position: first?.next ?? '' });
      expect(rest.items.map(({ oaiIdentifier }) => oaiIdentifier)).to.deep.equal(
        pages.slice(1).flatMap(({ items }) => items.map(({ oaiIdentifier }) => oaiIdentifier)),
      );
      expect(test.server.fetched).to.have.length(250);
      expect(rest.time).to.equal(first?.time);
    });

    it('are begun anew where they were made anew meanwhile', async () => {
      putRecords(test.server, ...Array.from({ length: 250 }, (_, i) => i));
      const { pages } = await read(test.source());
      test.clock.advance(MINUTE);
      const { error } = await read(test.source(), { position: pages[0]?.next ?? '' });
      expect(error).to.include({ code: 'HARVEST_POSITION_LOST' });
    });

    it('that are made anew while they are read do not make records vanish', async () => {
      test.server.listSize = 2;
      putRecords(test.server, 1, 2, 3, 4);
      test.server.spoil = (path) => {
        if (path === '/resourcelist/1.xml') test.clock.advance(10_000);
        return undefined;
      };
      const { codes, lost } = await read(test.source());
      expect(codes).to.include('RESOURCESYNC_LIST_CHANGED');
      expect(lost).to.be.greaterThan(0);
    });
  });

  describe('by what is new', () => {
    it('gives what was created, updated and deleted since then, each once', async () => {
      putRecords(test.server, 1, 2, 3);
      const { time } = await read(test.source());
      test.clock.advance(MINUTE);
      putRecords(test.server, 2, 4, 5);
      test.clock.advance(MINUTE);
      test.server.put('/records/4.xml', oaiDc('Four'));
      test.server.remove('/records/1.xml');
      test.server.remove('/records/5.xml');
      test.server.asked.length = 0;
      const news = await read(test.source(), { since: time });
      expect(news.titles).to.deep.equal({
        1: 'deleted',
        2: 'Title 2',
        4: 'Four',
        5: 'deleted',
        3: 'Title 3',
      });
      expect(news.codes).to.deep.equal([]);
      expect(test.server.fetched.filter((path) => path === '/records/4.xml')).to.have.length(1);

      test.clock.advance(MINUTE);
      test.server.asked.length = 0;
      const later = await read(test.source(), { since: news.time });
      // Those of the very moment up to which was read before might not have been all.
      expect(later.titles).to.deep.equal({ 4: 'Four', 1: 'deleted', 5: 'deleted' });
    });

    it('skips closed lists that lie before', async () => {
      const closed = (n: number, from: string, until?: string): string =>
        `<sitemap><loc>${test.server.url}/changelist/${n}.xml</loc><rs:md from="${from}"${until === undefined ? '' : ` until="${until}"`}/></sitemap>`;
      putRecords(test.server, 1, 2, 3);
      test.server.listSize = 1;
      test.server.spoil = (path) =>
        path === '/changelist.xml'
          ? {
              body:
                '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/">' +
                `<rs:md capability="changelist" from="2025-01-01T00:00:00Z"/>${closed(1, '2025-01-01T00:00:00Z', '2025-06-01T00:00:00Z')}` +
                `${closed(2, '2025-06-01T00:00:00Z', '2025-12-01T00:00:00Z')}${closed(3, '2025-12-01T00:00:00Z')}</sitemapindex>`,
            }
          : undefined;
      await read(test.source(), { since: '2025-12-24T00:00:00Z' });
      expect(test.server.asked).to.include('/changelist/3.xml');
      expect(test.server.asked).to.not.include('/changelist/1.xml');
      expect(test.server.asked).to.not.include('/changelist/2.xml');
    });

    it('counts a change without a time by its place', async () => {
      putRecords(test.server, 1);
      const { time } = await read(test.source());
      test.clock.advance(MINUTE);
      putRecords(test.server, 2, 3);
      test.server.spoil = (path, answer) =>
        path === '/changelist.xml'
          ? { body: answer.toString().replace(/(3\.xml<\/loc>.*?) datetime="[^"]*"/, '$1') }
          : undefined;
      expect((await read(test.source(), { since: time })).titles).to.have.all.keys('1', '2', '3');
    });

    it('by the packages of changes, where there is no list of them', async () => {
      test.server.offers = ['resourcelist', 'changedump'];
      putRecords(test.server, 1, 2);
      const { time } = await read(test.source());
      test.clock.advance(MINUTE);
      putRecords(test.server, 3);
      test.server.remove('/records/2.xml');
      test.server.asked.length = 0;
      const { titles } = await read(test.source(), { since: time });
      expect(titles).to.deep.equal({ 1: 'Title 1', 2: 'deleted', 3: 'Title 3' });
      expect(test.server.fetched).to.deep.equal([]);
    });

    it('by the list of all, where there is nothing else: only what is newer is fetched', async () => {
      test.server.offers = ['resourcelist'];
      putRecords(test.server, 1, 2);
      test.clock.advance(MINUTE);
      const { time } = await read(test.source());
      test.clock.advance(MINUTE);
      putRecords(test.server, 2, 3);
      test.server.asked.length = 0;
      expect((await read(test.source(), { since: time })).titles).to.deep.equal({
        2: 'Title 2',
        3: 'Title 3',
      });
      expect(test.server.fetched).to.have.members(['/records/2.xml', '/records/3.xml']);

      test.server.tellsTimes = false;
      expect((await read(test.source(), { since: time })).titles).to.have.all.keys('1', '2', '3');
    });

    it('by the list of all and the changes, where those do not reach back so far', async () => {
      putRecords(test.server, 1, 2);
      test.clock.advance(MINUTE);
      putRecords(test.server, 3);
      test.server.remove('/records/1.xml');
      const { titles } = await read(test.source(), { since: '2025-12-01T00:00:00Z' });
      expect(titles).to.deep.equal({ 1: 'deleted', 2: 'Title 2', 3: 'Title 3' });
    });

    it('goes on behind a page, at the time of the last change that was read', async () => {
      putRecords(test.server, 0);
      const { time } = await read(test.source());
      for (let n = 1; n <= 450; n += 1) {
        test.clock.advance(1_000);
        putRecords(test.server, n);
      }
      const { pages } = await read(test.source(), { since: time });
      // A source that lists only the latest change of a resource: entries move.
      test.server.changes.splice(0, 50);
      const rest = await read(test.source(), { since: time, position: pages[0]?.next ?? '' });
      expect(Object.keys(rest.titles)).to.have.length(252);
      expect(rest.error).to.equal(undefined);
    });
  });

  it('that lists changes only is read by them, and says so', async () => {
    test.server.offers = ['changelist'];
    putRecords(test.server, 1, 2);
    test.server.remove('/records/1.xml');
    const source = test.source();
    expect((await source.inspect(none)).problems.map(({ code }) => code)).to.deep.equal([
      'RESOURCESYNC_CHANGES_ONLY',
    ]);
    expect((await read(source)).titles).to.deep.equal({ 1: 'deleted', 2: 'Title 2' });
  });

  it('whose list is old is read up to now by its changes', async () => {
    putRecords(test.server, 1, 2);
    test.server.madeAt = test.clock.now();
    const stale = await (await fetch(`${test.server.url}/resourcelist.xml`)).text();
    test.clock.advance(MINUTE);
    putRecords(test.server, 3);
    test.server.spoil = (path) => (path === '/resourcelist.xml' ? { body: stale } : undefined);
    const { titles, time } = await read(test.source());
    expect(titles).to.deep.equal({ 1: 'Title 1', 2: 'Title 2', 3: 'Title 3' });
    expect(time).to.equal('2026-01-01T00:01:00Z');
  });

  describe('by its dump', () => {
    beforeEach(() => {
      test.server.offers = ['resourcelist', 'changelist', 'resourcedump'];
    });

    it('takes one request', async () => {
      putRecords(test.server, 1, 2, 3);
      test.clock.advance(MINUTE);
      const { titles, codes } = await read(test.source());
      expect(titles).to.deep.equal({ 1: 'Title 1', 2: 'Title 2', 3: 'Title 3' });
      expect(codes).to.deep.equal([]);
      expect(test.server.asked).to.not.include('/resourcelist.xml');
      expect(test.server.fetched).to.deep.equal([]);
    });

    it('of several packages is gone on with in one of them', async () => {
      test.server.listSize = 150;
      test.server.offers = ['resourcelist', 'resourcedump'];
      putRecords(test.server, ...Array.from({ length: 450 }, (_, i) => i));
      const { pages } = await read(test.source());
      test.server.asked.length = 0;
      const rest = await read(test.source(), { position: pages[0]?.next ?? '' });
      expect(Object.keys(rest.titles)).to.have.length(250);
      expect(rest.error).to.equal(undefined);
    });
  });

  describe('of several sets', () => {
    beforeEach(() => {
      putRecords(test.server, 1, 2);
      test.server.spoil = (path, answer) => {
        const { url } = test.server;
        if (path === '/.well-known/resourcesync') {
          return {
            body: answer.toString().replace('</urlset>', `<url><loc>${url}/other.xml</loc></url></urlset>`),
          };
        }
        const head = (capability: string): string =>
          `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/"><rs:md capability="${capability}" at="2020-01-01T00:00:00Z"/>`;
        if (path === '/other.xml') {
          return {
            body: `${head('capabilitylist')}<url><loc>${url}/others.xml</loc><rs:md capability="resourcelist"/></url></urlset>`,
          };
        }
        if (path === '/others.xml')
          return { body: `${head('resourcelist')}<url><loc>${url}/third.xml</loc></url></urlset>` };
        return path === '/third.xml' ? { body: oaiDc('Third') } : undefined;
      };
    });

    it('reads them all, and asks for changes since the earliest of their times', async () => {
      const { titles, time } = await read(test.source());
      expect(titles).to.deep.equal({ 1: 'Title 1', 2: 'Title 2', third: 'Third' });
      expect(time).to.equal('2020-01-01T00:00:00Z');
    });

    it('reads one of them where that is asked for', async () => {
      const { titles } = await read(test.source(), { set: `${test.server.url}/other.xml` });
      expect(titles).to.deep.equal({ third: 'Third' });
    });

    it('fails as a whole where one cannot be found', async () => {
      const { spoil } = test.server;
      test.server.spoil = (path, answer, count) =>
        path === '/other.xml' ? { status: 404 } : spoil(path, answer, count);
      expect((await read(test.source())).error).to.include({ code: 'RESOURCESYNC_HTTP_STATUS' });
    });
  });
});
