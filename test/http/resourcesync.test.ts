import { once } from 'node:events';
import { get } from 'node:http';
import { expect } from 'chai';
import { resourceSyncRouter } from '../../node/http/routers/resourcesync.ts';
import { parseDocument, w3cDatetime, type SyncDocument } from '../../protocols/resourcesync/index.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { aRouter, type TestRouter } from './support/a-router.ts';

const base = 'https://node.example';
const under = `${base}/resourcesync`;
const JSON_LD = 'application/ld+json';
const MINUTE = 60_000;

describe('ResourceSync', () => {
  let clock: TestClock;
  let test: TestCatalogue;
  let http: TestRouter;

  const serve = async (listSize?: number): Promise<void> => {
    await http?.close();
    const { catalogue } = test;
    http = await aRouter(
      resourceSyncRouter({ catalogue, site: { base }, ...(listSize !== undefined && { listSize }) }),
    );
  };
  const read = async (address: string): Promise<SyncDocument> => {
    const response = await http.request(address.replace(base, ''));
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/xml; charset=utf-8');
    return parseDocument(await response.text());
  };
  /** Puts records a minute apart. @returns their IRIs */
  const put = async (...numbers: number[]): Promise<string[]> => {
    const iris: string[] = [];
    for (const n of numbers) {
      clock.advance(MINUTE);
      const title = `Title ${clock.now()}`;
      const [result] = await test.catalogue.put([aPut(n, { titles: [{ value: title }] })]);
      iris.push(`${base}/records/${result?.key}`);
    }
    return iris;
  };
  const withdraw = async (n: number): Promise<void> => {
    clock.advance(MINUTE);
    const oaiIdentifier = `oai:repository.example:${n}`;
    await test.catalogue.put([{ type: 'withdraw', oaiIdentifier, reason: 'An error.' }]);
  };
  const locsOf = ({ entries }: SyncDocument): string[] => entries.map(({ loc }) => loc);

  beforeEach(async () => {
    clock = new TestClock(Date.UTC(2026, 0, 1));
    test = await aCatalogue({ clock, base });
    await serve();
  });
  afterEach(async () => {
    await http.close();
    await test.close();
  });

  it('is found from the well-known place, and leads to its lists and back', async () => {
    const description = await read('/.well-known/resourcesync');
    expect(description.metadata).to.deep.equal({ capability: 'description' });
    expect(description.links).to.deep.equal([{ rel: 'describedby', href: `${base}/` }]);
    expect(locsOf(description)).to.deep.equal([`${under}/capabilitylist.xml`]);

    const capabilities = await read(`${under}/capabilitylist.xml`);
    expect(capabilities.links).to.deep.include({ rel: 'up', href: `${base}/.well-known/resourcesync` });
    expect(capabilities.entries).to.deep.equal([
      { loc: `${under}/resourcelist.xml`, metadata: { capability: 'resourcelist' } },
      { loc: `${under}/changelist.xml`, metadata: { capability: 'changelist' } },
    ]);
    for (const { loc, metadata } of capabilities.entries) {
      const list = await read(loc);
      expect(list.metadata.capability).to.equal(metadata?.capability);
      expect(list.links).to.deep.equal([{ rel: 'up', href: `${under}/capabilitylist.xml` }]);
    }
  });

  it('has empty lists where there are no records', async () => {
    for (const name of ['resourcelist', 'changelist']) {
      expect((await read(`${under}/${name}.xml`)).entries).to.deep.equal([]);
    }
  });

  it('lists the records that stand, as of the last change', async () => {
    const [one, two] = await put(1, 2, 3);
    await withdraw(3);
    clock.advance(MINUTE);
    const list = await read(`${under}/resourcelist.xml`);
    expect(list.metadata).to.deep.equal({ capability: 'resourcelist', at: '2026-01-01T00:04:00.000Z' });
    expect(list.entries).to.deep.equal([
      { loc: one, lastmod: '2026-01-01T00:01:00.000Z', metadata: { type: JSON_LD } },
      { loc: two, lastmod: '2026-01-01T00:02:00.000Z', metadata: { type: JSON_LD } },
    ]);
  });

  it('lists the latest change of each record in the order of time, tombstones as deletions', async () => {
    const [one, two, three] = await put(1, 2, 3);
    await put(1);
    await withdraw(2);
    const list = await read(`${under}/changelist.xml`);
    expect(list.metadata).to.deep.equal({ capability: 'changelist', from: '2026-01-01T00:03:00.000Z' });
    expect(list.entries).to.deep.equal([
      {
        loc: three,
        lastmod: '2026-01-01T00:03:00.000Z',
        metadata: { change: 'created', datetime: '2026-01-01T00:03:00.000Z', type: JSON_LD },
      },
      {
        loc: one,
        lastmod: '2026-01-01T00:04:00.000Z',
        metadata: { change: 'updated', datetime: '2026-01-01T00:04:00.000Z', type: JSON_LD },
      },
      { loc: two, metadata: { change: 'deleted', datetime: '2026-01-01T00:05:00.000Z' } },
    ]);
  });

  it('keeps the order of changes where the clock was set back', async () => {
    const first = await put(1, 2);
    clock.advance(-10 * MINUTE);
    const second = await put(3);
    const list = await read(`${under}/changelist.xml`);
    expect(locsOf(list)).to.deep.equal([...first, ...second]);
    const times = list.entries.map(({ metadata }) => metadata?.datetime ?? '');
    expect(times).to.deep.equal([...times].sort());
  });

  it('lists the node’s own records only', async () => {
    const own = await put(1);
    const peer = await aCatalogue({ clock, base: 'https://peer.example' });
    await peer.catalogue.put([aPut(2)]);
    const page = await peer.catalogue.feeds.page(peer.catalogue.node, 0, { entries: 10, bytes: 100_000 });
    if (page === undefined) throw new Error('no page');
    await test.catalogue.accept(page.head, page.entries);
    expect(locsOf(await read(`${under}/resourcelist.xml`))).to.deep.equal(own);
    expect(locsOf(await read(`${under}/changelist.xml`))).to.deep.equal(own);
    await peer.close();
  });

  describe('with more records than a list may have', () => {
    beforeEach(() => serve(3));

    it('has an index of Resource Lists that hold every record once', async () => {
      const iris = await put(1, 2, 3, 4, 5, 6, 7);
      const index = await read(`${under}/resourcelist.xml`);
      expect(index.root).to.equal('sitemapindex');
      expect(index.metadata.capability).to.equal('resourcelist');
      expect(locsOf(index)).to.deep.equal([1, 2, 3].map((n) => `${under}/resourcelist/${n}.xml`));
      const parts = await Promise.all(locsOf(index).map(read));
      expect(parts.map(locsOf)).to.deep.equal([iris.slice(0, 3), iris.slice(3, 6), iris.slice(6)]);
      for (const part of parts) {
        expect(part.links).to.deep.include({ rel: 'index', href: `${under}/resourcelist.xml` });
      }
    });

    it('does not count tombstones among resources', async () => {
      const iris = await put(1, 2, 3, 4, 5);
      await withdraw(2);
      await withdraw(3);
      expect(locsOf(await read(`${under}/resourcelist.xml`))).to.deep.equal([iris[0], iris[3], iris[4]]);
      expect((await read(`${under}/changelist.xml`)).root).to.equal('sitemapindex');
    });

    it('has an index of Change Lists, all closed but the last, one after another in time', async () => {
      const iris = await put(1, 2, 3, 4, 5, 6, 7);
      const index = await read(`${under}/changelist.xml`);
      expect(index.metadata).to.deep.equal({ capability: 'changelist', from: '2026-01-01T00:01:00.000Z' });
      expect(index.entries).to.deep.equal([
        {
          loc: `${under}/changelist/1.xml`,
          metadata: { from: '2026-01-01T00:01:00.000Z', until: '2026-01-01T00:04:00.000Z' },
        },
        {
          loc: `${under}/changelist/2.xml`,
          metadata: { from: '2026-01-01T00:04:00.000Z', until: '2026-01-01T00:07:00.000Z' },
        },
        { loc: `${under}/changelist/3.xml`, metadata: { from: '2026-01-01T00:07:00.000Z' } },
      ]);
      const parts = await Promise.all(locsOf(index).map(read));
      expect(parts.flatMap(locsOf)).to.deep.equal(iris);
      for (const [i, { metadata, entries }] of parts.entries()) {
        expect(metadata).to.deep.equal({ capability: 'changelist', ...index.entries[i]?.metadata });
        for (const { metadata: change } of entries) {
          const datetime = change?.datetime ?? '';
          expect(datetime >= (metadata.from ?? '') && datetime <= (metadata.until ?? '~')).to.equal(true);
        }
      }
    });

    it('holds every record once, and no list too long, whatever changes', async () => {
      const numbers = Array.from({ length: 12 }, (_, i) => i + 1);
      const iris = new Set(await put(...numbers));
      for (let round = 0; round < 40; round++) {
        await put(((round * 7) % 12) + 1);
        const parts = await Promise.all(locsOf(await read(`${under}/resourcelist.xml`)).map(read));
        expect(parts.length).to.be.at.most(9);
        for (const { entries } of parts) expect(entries.length).to.be.at.most(3);
        const seen = parts.flatMap(locsOf);
        expect(seen).to.have.length(iris.size);
        expect(new Set(seen)).to.deep.equal(iris);
      }
    });

    for (const file of ['0.xml', '4.xml', '01.xml', 'x.xml', '1', '1.xml.xml', `${'9'.repeat(50)}.xml`]) {
      it(`has no list ${file.slice(0, 12)}`, async () => {
        await put(1, 2, 3, 4, 5, 6, 7);
        const response = await http.request(`/resourcesync/resourcelist/${file}`);
        expect(response.status).to.equal(404);
        expect(await response.json()).to.include({ code: 'NOT_FOUND' });
      });
    }
  });

  it('has no numbered lists where one holds everything', async () => {
    await put(1);
    expect((await http.request('/resourcesync/resourcelist/1.xml')).status).to.equal(404);
  });

  describe('to who has a copy', () => {
    const paths = [
      '/.well-known/resourcesync',
      '/resourcesync/capabilitylist.xml',
      '/resourcesync/resourcelist.xml',
      '/resourcesync/changelist.xml',
    ];
    for (const path of paths) {
      it(`${path} answers 304 until something changes`, async () => {
        await put(1);
        const etag = (await http.request(path)).headers.get('etag') ?? '';
        await test.catalogue.renewHead();
        expect((await http.request(path, { headers: { 'If-None-Match': etag } })).status).to.equal(304);
        await put(2);
        const after = await http.request(path, { headers: { 'If-None-Match': etag } });
        expect(after.status).to.equal(path.includes('list.xml') && !path.includes('capability') ? 200 : 304);
      });
    }

    it('answers 304 by time too', async () => {
      await put(1);
      const response = await http.request('/resourcesync/changelist.xml');
      const since = response.headers.get('last-modified') ?? '';
      expect(since).to.equal('Thu, 01 Jan 2026 00:01:00 GMT');
      const again = await http.request('/resourcesync/changelist.xml', {
        headers: { 'If-Modified-Since': since },
      });
      expect(again.status).to.equal(304);
      await put(2);
      const changed = await http.request('/resourcesync/changelist.xml', {
        headers: { 'If-Modified-Since': since },
      });
      expect(changed.status).to.equal(200);
    });

    it('gives each list of an index a tag of its own', async () => {
      await serve(2);
      await put(1, 2, 3, 4);
      const tags = await Promise.all(
        ['resourcelist.xml', 'resourcelist/1.xml', 'resourcelist/2.xml'].map(async (file) =>
          (await http.request(`/resourcesync/${file}`)).headers.get('etag'),
        ),
      );
      expect(new Set(tags).size).to.equal(3);
    });
  });

  it('answers HEAD without reading the feed to its end', async () => {
    await put(1, 2);
    const response = await http.request('/resourcesync/resourcelist.xml', { method: 'HEAD' });
    expect(response.status).to.equal(200);
    expect(response.headers.get('etag')).to.be.a('string');
    expect(await response.text()).to.equal('');
  });

  it('stops reading the feed when the client goes away in the middle', async () => {
    await test.catalogue.put(Array.from({ length: 5_000 }, (_, n) => aPut(n)));
    const { feeds } = test.catalogue;
    const entries = feeds.entries.bind(feeds);
    const ended = new Promise<number>((resolve) => {
      feeds.entries = async function* (node, after) {
        let read = 0;
        try {
          for await (const entry of entries(node, after)) {
            read += 1;
            yield entry;
          }
        } finally {
          // The time of the first entry is read by itself.
          if (read > 1) resolve(read);
        }
      };
    });
    const request = get(`${http.url}/resourcesync/resourcelist.xml`);
    const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
    await once(response, 'data');
    request.destroy();
    expect(await ended).to.be.lessThan(5_000);
  });

  it('lists a time as the standard writes it', () => {
    expect(w3cDatetime(Date.UTC(2013, 0, 3, 9))).to.equal('2013-01-03T09:00:00.000Z');
  });
});
