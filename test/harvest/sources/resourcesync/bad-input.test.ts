import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import yazl from 'yazl';
import { oaiDc, type Reply } from '../../../support/misbehaving-repository.ts';
import { until } from '../../../support/until.ts';
import { aSync, putRecords, read, type TestSync } from './support.ts';

const MINUTE = 60_000;

describe('a source of ResourceSync that answers badly', () => {
  let test: TestSync;
  beforeEach(async () => {
    test = await aSync();
    putRecords(test.server, 1, 2, 3);
    test.clock.advance(MINUTE);
  });
  afterEach(() => test.close());

  const on = (wanted: string, reply: (answer: Buffer, count: number) => Reply | undefined): void => {
    test.server.spoil = (path, answer, count) => (path === wanted ? reply(answer, count) : undefined);
  };

  describe('with a resource', () => {
    const cases: { name: string; reply: (answer: Buffer) => Reply; code: string; lost?: number }[] = [
      { name: 'that is not there', reply: () => ({ status: 404 }), code: 'RESOURCESYNC_RESOURCE_MISSING' },
      { name: 'that may not be seen', reply: () => ({ status: 403 }), code: 'RESOURCESYNC_HTTP_STATUS' },
      {
        name: 'of another content than the list says',
        reply: () => ({ body: oaiDc('Forged') }),
        code: 'RESOURCESYNC_WRONG_HASH',
      },
      {
        name: 'that is cut',
        reply: (answer) => ({ body: answer.subarray(0, 100) }),
        code: 'RESOURCESYNC_WRONG_HASH',
      },
    ];
    for (const { name, reply, code } of cases) {
      it(`${name}: the others are taken, and it is listed`, async () => {
        on('/records/2.xml', reply);
        const { titles, pages, codes, error } = await read(test.source());
        expect(error).to.equal(undefined);
        expect(titles).to.deep.equal({ 1: 'Title 1', 3: 'Title 3' });
        expect(codes).to.deep.equal([code]);
        expect(pages[0]?.problems[0]).to.include({
          severity: 'error',
          oaiIdentifier: `${test.server.url}/records/2.xml`,
        });
        expect(pages[0]?.problems[0]?.remedy).to.match(/\w/);
      });
    }

    it('that was spoilt on its way is fetched once more', async () => {
      on('/records/2.xml', (_, count) => (count === 1 ? { body: 'noise' } : undefined));
      expect((await read(test.source())).titles).to.have.all.keys('1', '2', '3');
      expect(test.server.asked.filter((path) => path === '/records/2.xml')).to.have.length(2);
    });

    it('of another content each time is not fetched for ever', async () => {
      on('/records/2.xml', () => ({ body: 'noise' }));
      await read(test.source());
      expect(test.server.asked.filter((path) => path === '/records/2.xml')).to.have.length(2);
    });

    it('of another length, where no digest is told', async () => {
      test.server.digests = [];
      on('/records/2.xml', () => ({ body: oaiDc('Title 2, longer') }));
      expect((await read(test.source())).codes).to.deep.equal(['RESOURCESYNC_WRONG_LENGTH']);
    });

    for (const digests of [['md5'], ['sha-1'], ['md5', 'sha-256'], ['sha-512']]) {
      it(`that is not what its ${digests.join(' and ')} says`, async () => {
        test.server.digests = digests;
        expect((await read(test.source())).codes).to.deep.equal([]);
        on('/records/2.xml', () => ({ body: oaiDc('Title 9') }));
        expect((await read(test.source())).codes).to.deep.equal(['RESOURCESYNC_WRONG_HASH']);
      });
    }

    it('that is packed on its way although it was not asked for: the digest still holds', async () => {
      on('/records/2.xml', (answer) => ({
        body: gzipSync(answer),
        headers: { 'content-type': 'application/xml', 'content-encoding': 'gzip' },
      }));
      expect((await read(test.source())).titles).to.have.all.keys('1', '2', '3');
    });

    it('that fails twice and then answers', async () => {
      on('/records/2.xml', (_, count) =>
        count < 3 ? { status: 503, headers: { 'retry-after': '7' } } : undefined,
      );
      expect((await read(test.source())).titles).to.have.all.keys('1', '2', '3');
      expect(test.clock.pauses.filter((pause) => pause === 7_000)).to.have.length(2);
    });

    it('that never ends: it is given up in time', async () => {
      on('/records/2.xml', () => {
        void onlyOneIsWaitedFor().then(() => test.clock.advance(60_000));
        return { silent: true };
      });
      // Each request has two deadlines: for the beginning of its answer, and for all of it.
      const onlyOneIsWaitedFor = (): Promise<void> =>
        until(
          'the others are there',
          () => test.server.asked.includes('/records/3.xml') && test.clock.sleeping === 2,
        );
      const { titles, codes } = await read(test.source());
      expect(titles).to.have.all.keys('1', '3');
      expect(codes).to.deep.equal(['RESOURCESYNC_TIMEOUT']);
    });
  });

  it('that is gone in the middle: the harvest breaks off in front of what it could not have, and goes on there', async () => {
    putRecords(test.server, ...Array.from({ length: 300 }, (_, i) => i + 10));
    test.clock.advance(MINUTE);
    test.server.spoil = (path) =>
      /^\/records\/(?:1[0-9][0-9]|2[0-9][0-9]|3[0-9][0-9])/.test(path) ? { status: 502 } : undefined;
    const broken = await read(test.source());
    expect(broken.error).to.include({ code: 'RESOURCESYNC_HTTP_STATUS' });
    expect(Object.keys(broken.titles)).to.have.length(93);
    test.server.spoil = () => undefined;
    const rest = await read(test.source(), { position: broken.pages.at(-1)?.next ?? '' });
    expect(Object.keys(rest.titles)).to.have.length(210);
    expect(rest.titles).to.include.keys('100');
  });

  describe('with a list', () => {
    const lists: { name: string; reply: (answer: Buffer) => Reply; code: string }[] = [
      {
        name: 'that is a web page',
        reply: () => ({ body: '<!DOCTYPE html><html><body>Log in</body></html>' }),
        code: 'RESOURCESYNC_BAD_XML',
      },
      { name: 'that is empty', reply: () => ({ body: '' }), code: 'RESOURCESYNC_BAD_XML' },
      { name: 'that is JSON', reply: () => ({ body: '{"urlset":[]}' }), code: 'RESOURCESYNC_BAD_XML' },
      {
        name: 'that is a plain Sitemap',
        reply: (a) => ({ body: a.toString().replace(/<rs:md capability[^>]*>/, '') }),
        code: 'RESOURCESYNC_NO_CAPABILITY',
      },
      {
        name: 'of another kind',
        reply: (a) => ({ body: a.toString().replace('"resourcelist"', '"changelist"') }),
        code: 'RESOURCESYNC_WRONG_DOCUMENT',
      },
      {
        name: 'with an entity bomb',
        reply: (a) => ({ body: `<!DOCTYPE urlset [<!ENTITY a "b">]>${a.toString().slice(39)}` }),
        code: 'RESOURCESYNC_BAD_XML',
      },
      {
        name: 'that is no gzip file',
        reply: () => ({ body: Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]) }),
        code: 'RESOURCESYNC_BAD_GZIP',
      },
      { name: 'that is not there', reply: () => ({ status: 404 }), code: 'RESOURCESYNC_HTTP_STATUS' },
      {
        name: 'whose server is out of order',
        reply: () => ({ status: 500 }),
        code: 'RESOURCESYNC_HTTP_STATUS',
      },
      {
        name: 'that breaks off on its way',
        reply: (a) => ({ body: a.subarray(0, 300), cutOff: true }),
        code: 'RESOURCESYNC_UNREACHABLE',
      },
    ];
    for (const { name, reply, code } of lists) {
      it(`${name}: nothing is taken for vanished`, async () => {
        on('/resourcelist.xml', reply);
        const { error, items } = await read(test.source());
        expect(items).to.deep.equal([]);
        expect(error).to.include({ code });
        expect(error).to.have.property('remedy').that.matches(/\w/);
      });
    }

    it('that stops within an entry: what stands before is read', async () => {
      on('/resourcelist.xml', (answer) => ({
        body: answer.toString().slice(0, answer.indexOf('records/3.xml')),
      }));
      const { titles, error } = await read(test.source());
      expect(titles).to.deep.equal({ 1: 'Title 1', 2: 'Title 2' });
      expect(error).to.include({ code: 'RESOURCESYNC_BAD_XML' });
    });

    it('one of whose entries is damaged: the others are read, and nothing is taken for vanished', async () => {
      on('/resourcelist.xml', (answer) => ({
        body: answer.toString().replace(/<loc>[^<]*2\.xml<\/loc>/, ''),
      }));
      const { titles, codes, lost } = await read(test.source());
      expect(titles).to.have.all.keys('1', '3');
      expect(codes).to.deep.equal(['RESOURCESYNC_BAD_ENTRY']);
      expect(lost).to.equal(1);
    });

    it('one of several that is damaged: the others are read, and nothing is taken for vanished', async () => {
      test.server.listSize = 1;
      on('/resourcelist/2.xml', () => ({ status: 404 }));
      const { titles, codes, lost } = await read(test.source());
      expect(titles).to.have.all.keys('1', '3');
      expect(codes).to.deep.equal(['RESOURCESYNC_HTTP_STATUS']);
      expect(lost).to.equal(1);
    });

    it('an index that leads to itself', async () => {
      on('/resourcelist.xml', (answer) => ({
        body: answer
          .toString()
          .replaceAll('urlset', 'sitemapindex')
          .replace(/<url>.*<\/url>/s, `<sitemap><loc>${test.server.url}/resourcelist.xml</loc></sitemap>`),
      }));
      const { codes, lost, items } = await read(test.source());
      expect({ codes, items }).to.deep.equal({ codes: ['RESOURCESYNC_WRONG_DOCUMENT'], items: [] });
      expect(lost).to.equal(1);
    });

    it('of changes whose index leads to itself', async () => {
      on('/changelist.xml', (answer) => ({
        body: answer
          .toString()
          .replaceAll('urlset', 'sitemapindex')
          .replace(/<url>.*<\/url>/s, `<sitemap><loc>${test.server.url}/changelist.xml</loc></sitemap>`),
      }));
      expect((await read(test.source(), { since: '2026-01-01T00:00:00Z' })).codes).to.include(
        'RESOURCESYNC_WRONG_DOCUMENT',
      );
    });

    it('that unpacks to more than any list has', async () => {
      on('/resourcelist.xml', (answer) => ({
        body: gzipSync(answer.toString().replace('<loc>', `<loc>${' '.repeat(16 * 1024 * 1024)}`)),
      }));
      expect((await read(test.source())).error).to.include({ code: 'RESOURCESYNC_BAD_XML' });
    });
  });

  it('with nothing at all offered', async () => {
    test.server.offers = [];
    expect((await read(test.source())).error).to.include({ code: 'RESOURCESYNC_NOTHING_OFFERED' });
  });

  it('that is no source of ResourceSync', async () => {
    test.server.spoil = () => ({ body: '<html><body>Welcome</body></html>' });
    const { error } = await read(test.source('/welcome'));
    expect(error).to.include({ code: 'RESOURCESYNC_NOT_FOUND' });
    expect(String(error)).to.contain('/.well-known/resourcesync');
  });

  it('a place that another version of the node wrote is lost, not misread', async () => {
    for (const position of [
      '',
      'token',
      '{}',
      '[1]',
      'null',
      '{"time":1}',
      '{"time":"","set":"x","part":"resourcelist","list":"","stamp":"","entries":0}',
    ]) {
      expect((await read(test.source(), { position })).error, position).to.include({
        code: 'HARVEST_POSITION_LOST',
      });
    }
  });

  describe('with a dump', () => {
    beforeEach(() => {
      test.server.offers = ['resourcelist', 'resourcedump'];
    });

    const allThere = { 1: 'Title 1', 2: 'Title 2', 3: 'Title 3' };

    const zipOf = async (members: Record<string, string | Buffer>): Promise<Buffer> => {
      const zip = new yazl.ZipFile();
      for (const [name, body] of Object.entries(members)) zip.addBuffer(Buffer.from(body), name);
      zip.end();
      const chunks: Buffer[] = [];
      for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    };
    const manifest = (inner: string, capability = 'resourcedump-manifest'): string =>
      `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:rs="http://www.openarchives.org/rs/terms/"><rs:md capability="${capability}" at="2026-01-01T00:00:00Z"/>${inner}</urlset>`;
    const memberAt = (path: string): string =>
      `<url><loc>${test.server.url}/records/1.xml</loc><rs:md type="application/xml" path="${path}"/></url>`;

    const packages: { name: string; reply: (answer: Buffer) => Promise<Buffer> | Buffer; detail: string }[] =
      [
        {
          name: 'that is a web page',
          reply: () => Buffer.from('<html></html>'),
          detail: 'RESOURCESYNC_BAD_PACKAGE',
        },
        { name: 'that is empty', reply: () => Buffer.alloc(0), detail: 'RESOURCESYNC_BAD_PACKAGE' },
        {
          name: 'that is cut',
          reply: (a) => a.subarray(0, a.length - 30),
          detail: 'RESOURCESYNC_BAD_PACKAGE',
        },
        {
          name: 'whose directory is damaged',
          reply: (a) => Buffer.from(a.toString('latin1').replaceAll('PK\x01\x02', 'PK\x01\x09'), 'latin1'),
          detail: 'RESOURCESYNC_BAD_PACKAGE',
        },
        {
          name: 'without a manifest',
          reply: () => zipOf({ 'a.xml': '<a/>' }),
          detail: 'RESOURCESYNC_BAD_MANIFEST',
        },
        {
          name: 'whose manifest is not at the top',
          reply: () => zipOf({ 'dump/manifest.xml': manifest('') }),
          detail: 'RESOURCESYNC_BAD_MANIFEST',
        },
        {
          name: 'whose manifest is of another kind',
          reply: () => zipOf({ 'manifest.xml': manifest('', 'changedump-manifest') }),
          detail: 'RESOURCESYNC_BAD_MANIFEST',
        },
        {
          name: 'whose manifest is no XML',
          reply: () => zipOf({ 'manifest.xml': 'hello' }),
          detail: 'RESOURCESYNC_BAD_MANIFEST',
        },
        {
          name: 'with a member that would lie outside',
          reply: async () => {
            const zip = await zipOf({ 'manifest.xml': manifest(memberAt('/up_/secret')), 'up_/secret': 'x' });
            return Buffer.from(
              zip.toString('latin1').replaceAll('up_/secret', '../../etc/'.slice(0, 10)),
              'latin1',
            );
          },
          detail: 'RESOURCESYNC_BAD_PATH',
        },
      ];
    for (const { name, reply, detail } of packages) {
      it(`${name}: the resources are fetched one by one`, async () => {
        const good = await (await fetch(`${test.server.url}/resourcedump/1.zip`)).arrayBuffer();
        const bad = await reply(Buffer.from(good));
        on('/resourcedump/1.zip', () => ({ body: bad }));
        const { titles, codes, pages, lost } = await read(test.source());
        expect(titles).to.deep.equal(allThere);
        expect(codes).to.deep.equal(['RESOURCESYNC_DUMP_REFUSED']);
        expect(pages[0]?.ofSource?.[0]?.detail).to.contain(detail);
        expect(lost).to.equal(0);
      });
    }

    it('without a list to fall back to: the package is told of, and nothing is taken for vanished', async () => {
      test.server.offers = ['resourcedump'];
      test.server.listSize = 1;
      on('/resourcedump/2.zip', () => ({ body: 'no zip' }));
      const { titles, codes, lost } = await read(test.source());
      expect(titles).to.have.all.keys('1', '3');
      expect(codes).to.deep.equal(['RESOURCESYNC_BAD_PACKAGE']);
      expect(lost).to.equal(1);
    });

    for (const path of ['/../../etc/passwd', '..\\secret', '', '/']) {
      it(`whose manifest leads to ${JSON.stringify(path)}: the resource itself is fetched`, async () => {
        const zip = await zipOf({ 'manifest.xml': manifest(memberAt(path)) });
        on('/resourcedump/1.zip', () => ({ body: zip }));
        expect((await read(test.source())).titles).to.deep.equal({ 1: 'Title 1' });
      });
    }

    it('in which a member is missing or another: the resource itself is fetched', async () => {
      test.server.member = (path, body) =>
        path === '/records/1.xml' ? undefined : path === '/records/2.xml' ? Buffer.from('<other/>') : body;
      const { titles, codes } = await read(test.source());
      expect(titles).to.deep.equal(allThere);
      expect(codes).to.deep.equal([]);
      expect(test.server.fetched).to.have.members(['/records/1.xml', '/records/2.xml']);
    });

    it('in which a member is missing, and the resource too', async () => {
      test.server.member = (path, body) => (path === '/records/1.xml' ? undefined : body);
      on('/records/1.xml', () => ({ status: 404 }));
      const { titles, codes } = await read(test.source());
      expect(titles).to.have.all.keys('2', '3');
      expect(codes).to.deep.equal(['RESOURCESYNC_MEMBER_MISSING']);
    });

    it('with a bomb in it: the member is refused unread', async () => {
      test.server.digests = [];
      const bomb = Buffer.alloc(64 * 1024 * 1024, ' ');
      test.server.member = (path, body) => (path === '/records/1.xml' ? bomb : body);
      on('/records/1.xml', () => ({ status: 404 }));
      expect((await read(test.source())).codes).to.deep.equal(['RESOURCESYNC_TOO_LARGE']);
    });

    it('with a member that is larger than it says: it is refused', async () => {
      test.server.digests = [];
      const good = Buffer.from(await (await fetch(`${test.server.url}/resourcedump/1.zip`)).arrayBuffer());
      const forged = Buffer.from(good);
      // Uncompressed size of the first member, in the central directory (APPNOTE 4.3.12).
      const header = forged.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
      forged.writeUInt32LE(10, header + 24);
      on('/resourcedump/1.zip', () => ({ body: forged }));
      expect((await read(test.source())).titles).to.deep.equal(allThere);
      expect(test.server.fetched).to.deep.equal(['/records/1.xml']);
    });

    it('that is no ZIP file by its own account is left aside', async () => {
      on('/resourcedump.xml', (answer) => ({
        body: answer.toString().replace('application/zip', 'application/x-tar'),
      }));
      expect((await read(test.source())).titles).to.deep.equal(allThere);
      expect(test.server.asked).to.not.include('/resourcedump/1.zip');
    });

    it('whose document is damaged is left aside, and told of', async () => {
      on('/resourcedump.xml', () => ({ body: 'oops' }));
      const { titles, codes } = await read(test.source());
      expect(titles).to.deep.equal(allThere);
      expect(codes).to.deep.equal(['RESOURCESYNC_DUMP_REFUSED']);
    });

    it('that cannot be reached breaks the harvest off', async () => {
      on('/resourcedump/1.zip', () => ({ status: 503 }));
      expect((await read(test.source())).error).to.include({ code: 'RESOURCESYNC_HTTP_STATUS' });
    });
  });

  it('ends at once when it is told to', async () => {
    const stop = new AbortController();
    on('/records/2.xml', () => {
      setImmediate(() => stop.abort(new Error('stopped')));
      return { silent: true };
    });
    expect((await read(test.source(), {}, stop.signal)).error).to.include({ message: 'stopped' });
  });
});
