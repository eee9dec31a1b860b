import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { once } from 'node:events';
import { get } from 'node:http';
import { expect } from 'chai';
import { recordJsonLd } from '../../../node/http/index.ts';
import { keyOfIri } from '../../../vocab/record-key.ts';
import { isTombstone, type RecordFile } from '../../../vocab/record.ts';
import { aPut, aRecord } from '../../support/builders.ts';
import { aCatalogue } from '../../support/test-catalogue.ts';
import { base, DAY, locsOf, MINUTE, SyncSource, under, type Sizes } from '../support/a-sync-source.ts';

const JSON_LD = 'application/ld+json';
const PDF = 'https://repository.example/1.pdf';
const aFile = (parts: Partial<RecordFile> = {}): RecordFile => ({
  url: PDF,
  format: 'application/pdf',
  length: 100,
  sha256: 'ab'.repeat(32),
  access: 'open',
  ...parts,
});

describe('ResourceSync lists', () => {
  let source: SyncSource;
  const open = async (sizes: Sizes = {}): Promise<void> => {
    await source?.close();
    source = await SyncSource.open(sizes);
  };
  const contentOf = async (iri: string): Promise<{ hash: string; length: number }> => {
    const holding = await source.test.catalogue.holdings.get(keyOfIri(iri) ?? '');
    if (holding === undefined || isTombstone(holding)) throw new Error('not held');
    const bytes = Buffer.from(recordJsonLd(holding, { base }));
    return { hash: createHash('sha256').update(bytes).digest('hex'), length: bytes.length };
  };

  beforeEach(async () => {
    source = await SyncSource.open();
  });
  afterEach(() => source.close());

  it('are found from the well-known place, and lead back', async () => {
    const description = await source.read('/.well-known/resourcesync');
    expect(description.metadata).to.deep.equal({ capability: 'description' });
    expect(description.links).to.deep.equal([{ rel: 'describedby', href: `${base}/` }]);
    expect(locsOf(description)).to.deep.equal([`${under}/capabilitylist.xml`]);

    const response = await source.get(`${under}/capabilitylist.xml`);
    expect(response.headers.get('link')).to.equal(`<${under}/dump>; rel="https://w3id.org/ngr#onDemandDump"`);
    const capabilities = await source.read(`${under}/capabilitylist.xml`);
    expect(capabilities.links).to.deep.include({ rel: 'up', href: `${base}/.well-known/resourcesync` });
    expect(capabilities.links).to.deep.include({
      rel: 'https://w3id.org/ngr#onDemandDump',
      href: `${under}/dump`,
      type: 'application/zip',
    });
    expect(capabilities.entries.map(({ metadata }) => metadata?.capability)).to.deep.equal([
      'resourcelist',
      'resourcedump',
      'changelist',
      'changedump',
    ]);
    for (const { loc, metadata } of capabilities.entries) {
      const list = await source.read(loc);
      expect(list.metadata.capability).to.equal(metadata?.capability);
      expect(list.links).to.deep.equal([{ rel: 'up', href: `${under}/capabilitylist.xml` }]);
      expect(list.entries).to.deep.equal([]);
    }
  });

  it('tell of each record that stands its hash, length and type, as of the last change', async () => {
    const [one = '', two] = await source.put(1, 2, 3);
    await source.withdraw(3);
    source.clock.advance(MINUTE);
    const list = await source.read(`${under}/resourcelist.xml`);
    const at = '2026-01-01T00:04:00.000Z';
    expect(list.metadata).to.deep.equal({ capability: 'resourcelist', at, completed: at });
    expect(locsOf(list)).to.deep.equal([one, two]);
    const { hash, length } = await contentOf(one);
    expect(list.entries[0]).to.deep.equal({
      loc: one,
      lastmod: '2026-01-01T00:01:00.000Z',
      metadata: { hash: { 'sha-256': hash }, length, type: JSON_LD },
      links: [
        { rel: 'canonical', href: one },
        { rel: 'collection', href: `${base}/records` },
        { rel: 'profile', href: `${base}/context.jsonld` },
      ],
    });
  });

  it('tell of open files whose bytes are known, and of no others', async () => {
    const { sha256: _, ...unseen } = aFile({ url: 'https://repository.example/unseen.pdf' });
    const files = [
      aFile(),
      unseen,
      aFile({ url: 'https://repository.example/embargoed.pdf', access: 'embargoed' }),
      aFile({ url: 'https://repository.example/restricted.pdf', access: 'restricted' }),
      aFile({ url: 'https://repository.example/out.pdf', withdrawn: { reason: 'Taken out.', at: 0 } }),
      aFile({ url: 'javascript:alert(1)' }),
    ];
    const iri = await source.putWith(1, { files });
    const { entries } = await source.read(`${under}/resourcelist.xml`);
    expect(entries[0]?.links?.filter(({ rel }) => rel === 'describes').map(({ href }) => href)).to.deep.equal(
      [PDF, 'https://repository.example/unseen.pdf'],
    );
    expect(entries.slice(1)).to.deep.equal([
      {
        loc: PDF,
        lastmod: '2026-01-01T00:01:00.000Z',
        metadata: { hash: { 'sha-256': 'ab'.repeat(32) }, length: 100, type: 'application/pdf' },
        links: [{ rel: 'describedby', href: iri, type: JSON_LD }],
      },
    ]);
  });

  it('tell of changes to files only where their bytes changed, and of those that are gone', async () => {
    const second = aFile({ url: 'https://repository.example/2.pdf' });
    const iri = await source.putWith(1, { files: [aFile(), second] });
    await source.putWith(1, { files: [aFile(), second] });
    await source.putWith(1, { files: [aFile({ sha256: 'cd'.repeat(32) }), second] });
    await source.putWith(1, { files: [second] });
    await source.withdraw(1);
    const { entries } = await source.read(`${under}/changelist.xml`);
    expect(entries.map(({ loc, metadata }) => [loc, metadata?.change])).to.deep.equal([
      [iri, 'created'],
      [PDF, 'created'],
      [second.url, 'created'],
      [iri, 'updated'],
      [iri, 'updated'],
      [PDF, 'updated'],
      [iri, 'updated'],
      [PDF, 'deleted'],
      [iri, 'deleted'],
      [second.url, 'deleted'],
    ]);
  });

  it('tell of every change of the day in the order of time, tombstones as deletions', async () => {
    const [one = '', two = ''] = await source.put(1, 2, 1);
    await source.withdraw(2);
    const list = await source.read(`${under}/changelist.xml`);
    expect(list.metadata).to.deep.equal({ capability: 'changelist', from: '2026-01-01T00:00:00.000Z' });
    expect(
      list.entries.map(({ loc, metadata }) => [loc, metadata?.change, metadata?.datetime]),
    ).to.deep.equal([
      [one, 'created', '2026-01-01T00:01:00.000Z'],
      [two, 'created', '2026-01-01T00:02:00.000Z'],
      [one, 'updated', '2026-01-01T00:03:00.000Z'],
      [two, 'deleted', '2026-01-01T00:04:00.000Z'],
    ]);
    expect(list.entries[3]).to.not.have.any.keys('lastmod', 'links');
    const { hash } = await contentOf(one);
    expect(list.entries[2]?.metadata?.hash).to.deep.equal({ 'sha-256': hash });
  });

  it('say that a record was created where it came back', async () => {
    await source.put(1);
    await source.withdraw(1);
    await source.test.catalogue.put([{ type: 'reinstate', record: aRecord() }]);
    await source.put(1);
    const { entries } = await source.read(`${under}/changelist.xml`);
    expect(entries.map(({ metadata }) => metadata?.change).slice(0, 3)).to.deep.equal([
      'created',
      'deleted',
      'created',
    ]);
    expect((await source.read(`${under}/resourcelist.xml`)).entries).to.have.length(1);
  });

  it('keep the order of changes where the clock was set back', async () => {
    const first = await source.put(1, 2);
    source.clock.advance(-DAY);
    const second = await source.put(3);
    const list = await source.read(`${under}/changelist.xml`);
    expect(locsOf(list)).to.deep.equal([...first, ...second]);
    const times = list.entries.map(({ metadata }) => metadata?.datetime ?? '');
    expect(times).to.deep.equal([...times].sort());
  });

  it('tell of the node’s own records only', async () => {
    const own = await source.put(1);
    const peer = await aCatalogue({ clock: source.clock, base: 'https://peer.example' });
    await peer.catalogue.put([aPut(2)]);
    const page = await peer.catalogue.feeds.page(peer.catalogue.node, 0, { entries: 10, bytes: 100_000 });
    if (page === undefined) throw new Error('no page');
    await source.test.catalogue.accept(page.head, page.entries);
    await source.caughtUp();
    expect(locsOf(await source.read(`${under}/resourcelist.xml`))).to.deep.equal(own);
    expect(locsOf(await source.read(`${under}/changelist.xml`))).to.deep.equal(own);
    await peer.close();
  });

  describe('day by day', () => {
    it('are closed when the day is over, and never change again', async () => {
      const [one, two] = await source.put(1, 2);
      source.clock.advance(DAY);
      const index = await source.read(`${under}/changelist.xml`);
      expect(index.root).to.equal('sitemapindex');
      expect(index.metadata).to.deep.equal({ capability: 'changelist', from: '2026-01-01T00:00:00.000Z' });
      expect(index.entries).to.deep.equal([
        {
          loc: `${under}/changelist/2026-01-01.xml`,
          metadata: { from: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z' },
        },
        {
          loc: `${under}/changelist/2026-01-02.xml`,
          metadata: { from: '2026-01-02T00:00:00.000Z' },
        },
      ]);
      const closed = `${under}/changelist/2026-01-01.xml`;
      const before = await source.text(closed);
      const etag = (await source.get(closed)).headers.get('etag');
      expect((await source.read(`${under}/changelist/2026-01-02.xml`)).entries).to.deep.equal([]);

      const [, three] = await source.put(1, 3);
      await source.withdraw(2);
      expect(await source.text(closed)).to.equal(before);
      expect((await source.get(closed)).headers.get('etag')).to.equal(etag);
      expect(locsOf(await source.read(`${under}/changelist/2026-01-02.xml`))).to.deep.equal([
        one,
        three,
        two,
      ]);
      expect((await source.read(closed)).links).to.deep.include({
        rel: 'index',
        href: `${under}/changelist.xml`,
      });
    });

    it('get what comes late on the next day, once the day was said to be over', async () => {
      await source.put(1);
      source.clock.advance(DAY);
      const closed = await source.text(`${under}/changelist/2026-01-01.xml`);
      // A change of yesterday that the reader sees today only.
      source.clock.advance(-DAY);
      const [late] = await source.put(2);
      source.clock.advance(DAY);
      expect(await source.text(`${under}/changelist/2026-01-01.xml`)).to.equal(closed);
      const today = await source.read(`${under}/changelist/2026-01-02.xml`);
      expect(today.entries.map(({ loc, metadata }) => [loc, metadata?.datetime])).to.deep.equal([
        [late, '2026-01-02T00:00:00.000Z'],
      ]);
    });

    it('are several where there are more changes than a list may have', async () => {
      await open({ listSize: 3, blockSize: 2 });
      const iris = await source.put(1, 2, 3, 4, 5, 6, 7);
      const index = await source.read(`${under}/changelist.xml`);
      expect(locsOf(index)).to.deep.equal(
        ['', '-2', '-3'].map((n) => `${under}/changelist/2026-01-01${n}.xml`),
      );
      const lists = await Promise.all(locsOf(index).map((loc) => source.read(loc)));
      expect(lists.flatMap(locsOf)).to.deep.equal(iris);
      for (const [i, { metadata, entries }] of lists.entries()) {
        expect(metadata).to.deep.equal({ capability: 'changelist', ...index.entries[i]?.metadata });
        expect(metadata.until).to.equal(lists[i + 1]?.metadata.from);
        for (const { metadata: change } of entries) {
          const datetime = change?.datetime ?? '';
          expect(datetime >= (metadata.from ?? '') && datetime <= (metadata.until ?? '~')).to.equal(true);
        }
      }
      const first = await source.text(locsOf(index)[0] ?? '');
      await source.put(1, 2, 3);
      expect(await source.text(locsOf(index)[0] ?? '')).to.equal(first);
    });

    it('have of the time before only the latest change of each record', async () => {
      await open({ keptDays: 2, blockSize: 2 });
      const [one = '', two = ''] = await source.put(1, 2, 1);
      source.clock.advance(DAY);
      const [three = ''] = await source.put(3, 3);
      source.clock.advance(DAY);
      await source.put(2);
      const index = await source.read(`${under}/changelist.xml`);
      expect(index.entries.map(({ metadata }) => metadata)).to.deep.equal([
        { from: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z' },
        { from: '2026-01-02T00:00:00.000Z', until: '2026-01-03T00:00:00.000Z' },
        { from: '2026-01-03T00:00:00.000Z' },
      ]);
      const lists = await Promise.all(locsOf(index).map((loc) => source.read(loc)));
      expect(lists.map(locsOf)).to.deep.equal([[one], [three, three], [two]]);
      expect((await source.get(`${under}/changelist/2026-01-01.xml`)).status).to.equal(404);
    });
  });

  describe('with more resources than a list may have', () => {
    beforeEach(() => open({ listSize: 3, blockSize: 3 }));

    it('are behind an index, and hold every record once', async () => {
      const iris = await source.put(1, 2, 3, 4, 5, 6, 7);
      const index = await source.read(`${under}/resourcelist.xml`);
      expect(index.root).to.equal('sitemapindex');
      expect(index.metadata.capability).to.equal('resourcelist');
      const parts = await Promise.all(locsOf(index).map((loc) => source.read(loc)));
      expect(parts.map(locsOf)).to.deep.equal([iris.slice(0, 3), iris.slice(3, 6), iris.slice(6)]);
      for (const [i, part] of parts.entries()) {
        expect(part.links).to.deep.include({ rel: 'index', href: `${under}/resourcelist.xml` });
        expect(part.metadata.at).to.equal(index.entries[i]?.metadata?.at);
        expect((part.metadata.at ?? '') <= (index.metadata.at ?? '')).to.equal(true);
      }
    });

    it('hold every record once, and none is too long, whatever changes', async () => {
      const numbers = Array.from({ length: 12 }, (_, i) => i + 1);
      const iris = new Set(await source.put(...numbers));
      for (let round = 0; round < 20; round++) {
        await source.put(((round * 7) % 12) + 1);
        const parts = await Promise.all(
          locsOf(await source.read(`${under}/resourcelist.xml`)).map((loc) => source.read(loc)),
        );
        expect(parts.length).to.be.at.most(12);
        for (const { entries } of parts) expect(entries.length).to.be.at.most(3);
        const seen = parts.flatMap(locsOf);
        expect(seen).to.have.length(iris.size);
        expect(new Set(seen)).to.deep.equal(iris);
      }
    });

    it('serve a part by the name that an older index gave it', async () => {
      const iris = await source.put(1, 2, 3, 4, 5, 6, 7);
      const index = await source.read(`${under}/resourcelist.xml`);
      await source.put(8, 9, 10, 11, 12, 2);
      const parts = await Promise.all(locsOf(index).map((loc) => source.read(loc)));
      const seen = parts.flatMap(locsOf);
      expect(iris.filter((iri) => iri !== iris[1]).every((iri) => seen.includes(iri))).to.equal(true);
      for (const { entries } of parts) expect(entries.length).to.be.at.most(3);
    });

    const wrong = [
      '0.xml',
      '1.xml',
      '01-3.xml',
      '-3.xml',
      '3-.xml.xml',
      'x.xml',
      '0-',
      '0-999999.xml',
      '1-2.xml',
      '3-0.xml',
      `${'9'.repeat(50)}-.xml`,
      '2026-01-01.xml',
      '%00.xml',
      '..%2f..%2fetc.xml',
      '0-7.xml',
    ];
    for (const file of wrong) {
      it(`have no part ${file.slice(0, 20)}`, async () => {
        await source.put(1, 2, 3, 4, 5, 6, 7);
        const response = await source.get(`/resourcesync/resourcelist/${file}`);
        expect(response.status).to.equal(404);
        expect(await response.json()).to.include({ code: 'NOT_FOUND' });
        expect(source.http.faults).to.deep.equal([]);
      });
    }

    const wrongDays = [
      '2026-01-02.xml',
      '2025-12-31.xml',
      '2026-01-01-1.xml',
      '2026-01-01-99.xml',
      '2026-02-30.xml',
      '2026-13-01.xml',
      '0000-00-00.xml',
      '9999-12-31.xml',
      '1969-12-31.xml',
      '0-3.xml',
      '2026-01-01-.xml',
    ];
    for (const file of wrongDays) {
      it(`have no changes ${file}`, async () => {
        await source.put(1, 2);
        expect((await source.get(`/resourcesync/changelist/${file}`)).status).to.equal(404);
        expect(source.http.faults).to.deep.equal([]);
      });
    }
  });

  describe('to who has a copy', () => {
    const paths = [
      '/.well-known/resourcesync',
      '/resourcesync/capabilitylist.xml',
      '/resourcesync/resourcelist.xml',
      '/resourcesync/changelist.xml',
      '/resourcesync/resourcedump.xml',
    ];
    for (const path of paths) {
      it(`${path} answers 304 until something changes`, async () => {
        await source.put(1);
        const etag = (await source.get(path)).headers.get('etag') ?? '';
        await source.test.catalogue.renewHead();
        expect((await source.get(path, { headers: { 'If-None-Match': etag } })).status).to.equal(304);
        await source.put(2);
        const after = await source.get(path, { headers: { 'If-None-Match': etag } });
        expect(after.status).to.equal(/capability|well-known/.test(path) ? 304 : 200);
      });
    }

    it('answer 304 by time too', async () => {
      await source.put(1);
      const response = await source.get('/resourcesync/changelist.xml');
      const since = response.headers.get('last-modified') ?? '';
      expect(since).to.equal('Thu, 01 Jan 2026 00:01:00 GMT');
      const headers = { 'If-Modified-Since': since };
      expect((await source.get('/resourcesync/changelist.xml', { headers })).status).to.equal(304);
      await source.put(2);
      expect((await source.get('/resourcesync/changelist.xml', { headers })).status).to.equal(200);
    });
  });

  it('come deflated where that is asked for, under a tag of their own', async () => {
    await source.put(1, 2, 3);
    for (const path of ['/resourcesync/resourcelist.xml', '/resourcesync/changelist.xml']) {
      const plain = await source.get(path, { headers: { 'Accept-Encoding': 'identity' } });
      expect(plain.headers.get('content-encoding')).to.equal(null);
      const packed = await rawGet(source.http.url + path, { 'Accept-Encoding': 'gzip' });
      expect(packed.headers['content-encoding']).to.equal('gzip');
      expect(packed.headers.vary).to.contain('Accept-Encoding');
      expect(packed.headers.etag).to.not.equal(plain.headers.get('etag'));
      expect(gunzipSync(packed.body).toString()).to.equal(await plain.text());
      const refused = await rawGet(source.http.url + path, { 'Accept-Encoding': 'gzip;q=0' });
      expect(refused.headers['content-encoding']).to.equal(undefined);
    }
  });

  it('answer HEAD', async () => {
    await source.put(1, 2);
    const response = await source.get('/resourcesync/resourcelist.xml', { method: 'HEAD' });
    expect(response.status).to.equal(200);
    expect(response.headers.get('etag')).to.be.a('string');
    expect(await response.text()).to.equal('');
  });

  it('are read no further when the client goes away in the middle', async () => {
    await source.test.catalogue.put(Array.from({ length: 4_000 }, (_, n) => aPut(n)));
    await source.caughtUp();
    const { resources } = source;
    const rows = resources.rows.bind(resources);
    const ended = new Promise<number>((resolve) => {
      resources.rows = async function* (part, options) {
        let read = 0;
        try {
          for await (const some of rows(part, options)) {
            read += some.length;
            yield some;
          }
        } finally {
          resolve(read);
        }
      };
    });
    const request = get(`${source.http.url}/resourcesync/resourcelist.xml`);
    const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
    await once(response, 'data');
    request.destroy();
    expect(await ended).to.be.lessThan(4_000);
  });

  it('are the same after a restart of the reader', async () => {
    const { test } = source;
    await source.put(1, 2, 1);
    const before = await source.text('/resourcesync/changelist.xml');
    const { ResourceSyncLog, PublishedResources } = await import('../../../node/publishing/index.ts');
    const log = new ResourceSyncLog({ catalogue: test.catalogue, render: () => '' });
    await log.open(test.store.section('resource-sync'));
    expect(log.lastTime).to.equal(Date.UTC(2026, 0, 1, 0, 3));
    const again = new PublishedResources({ log, clock: source.clock });
    const [part] = await again.changes(() => false);
    expect(part?.blocks).to.have.length(1);
    expect(await source.text('/resourcesync/changelist.xml')).to.equal(before);
  });
});

async function rawGet(
  url: string,
  headers: Record<string, string>,
): Promise<{ headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  const [response] = (await once(get(url, { headers }), 'response')) as [
    NodeJS.ReadableStream & { headers: NodeJS.Dict<string | string[]> },
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { headers: response.headers, body: Buffer.concat(chunks) };
}
