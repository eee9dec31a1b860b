import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import {
  fetchFile,
  PoliteClient,
  Spool,
  type FetchedFile,
} from '../../../node/harvest/full-text/fetching/index.ts';
import { guardedFetch } from '../../../node/outbound/index.ts';
import { LeapingClock } from '../../support/leaping-clock.ts';
import { MisbehavingFileServer } from '../../support/misbehaving-file-server.ts';
import { until } from '../../support/until.ts';

const going = new AbortController().signal;
const userAgent = 'NGR-Node/test (+mailto:me@node.example)';
const pdf = { type: 'application/pdf', body: '%PDF-1.7' };

describe('fetching files', () => {
  let server: MisbehavingFileServer;
  let other: MisbehavingFileServer;
  let clock: LeapingClock;
  let client: PoliteClient;
  let directory: string;
  let spool: Spool;

  beforeEach(async () => {
    server = await MisbehavingFileServer.start();
    other = await MisbehavingFileServer.start();
    clock = new LeapingClock();
    client = new PoliteClient({ fetch, clock, userAgent });
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    spool = new Spool(join(directory, 'spool'));
    await spool.clear();
  });
  afterEach(async () => {
    await server.close();
    await other.close();
    await rm(directory, { recursive: true });
  });

  async function get(url: string, known = {}): Promise<FetchedFile | 'not-modified'> {
    return await fetchFile(client, { url, known, spool }, going);
  }

  /** The code of the failure. */
  async function failure(url: string): Promise<unknown> {
    return await get(url).then(
      () => 'none',
      (error: { code?: unknown }) => error.code,
    );
  }

  it('gives what came, its length and its digest, and says who asks', async () => {
    const fetched = await get(server.put('/1.pdf', { ...pdf, headers: { etag: '"1"' } }));
    if (fetched === 'not-modified') throw new Error();
    const { content, length, sha256 } = fetched.spooled;
    expect('bytes' in content && Buffer.from(content.bytes).toString()).to.equal('%PDF-1.7');
    expect(length).to.equal(8);
    expect(sha256).to.equal(createHash('sha256').update('%PDF-1.7').digest('hex'));
    expect(fetched.etag).to.equal('"1"');
    expect(server.requests.map(({ headers }) => headers['user-agent'])).to.deep.equal([userAgent, userAgent]);
  });

  it('asks for a file again only if it has changed', async () => {
    const url = server.put('/1.pdf', { ...pdf, headers: { etag: '"1"' } });
    expect(await get(url, { etag: '"1"', lastModified: 'Thu, 01 Jan 2026 00:00:00 GMT' })).to.equal(
      'not-modified',
    );
    expect(server.requests.at(-1)?.headers).to.include({
      'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT',
    });
    expect(await get(url, { etag: '"0"' })).not.to.equal('not-modified');
  });

  it('keeps a large file on the disk, and nothing of it afterwards', async () => {
    const body = Buffer.alloc(9 * 1024 * 1024, 'x');
    const fetched = await get(server.put('/1.pdf', { body }));
    if (fetched === 'not-modified' || !('path' in fetched.spooled.content)) throw new Error();
    expect((await readFile(fetched.spooled.content.path)).equals(body)).to.equal(true);
    await fetched.spooled.dispose();
    expect(await readdir(join(directory, 'spool'))).to.deep.equal([]);
  });

  describe('with regard for the host', () => {
    it('reads robots.txt first, once a day, and keeps away from what it forbids', async () => {
      server.put('/robots.txt', { body: 'User-agent: *\nDisallow: /private' });
      const [open, closed] = [server.put('/1.pdf', pdf), server.put('/private/1.pdf', pdf)];
      await get(open);
      expect(await failure(closed)).to.equal('FULLTEXT_BLOCKED_BY_ROBOTS');
      expect(server.requests.map(({ path }) => path)).to.deep.equal(['/robots.txt', '/1.pdf']);

      server.put('/robots.txt', { body: 'User-agent: *\nDisallow:' });
      clock.advance(86_400_000);
      await get(closed);
      expect(server.asked).to.deep.equal(['/1.pdf', '/private/1.pdf']);
    });

    it('takes a robots.txt that is not there for leave', async () => {
      server.put('/robots.txt', { status: 403 });
      await get(server.put('/1.pdf', pdf));
      expect(server.asked).to.deep.equal(['/1.pdf']);
    });

    it('waits while robots.txt cannot be read', async () => {
      server.put('/robots.txt', { status: 503 });
      const url = server.put('/1.pdf', pdf);
      expect(await failure(url)).to.equal('FULLTEXT_ROBOTS_UNREACHABLE');
      expect(await failure(url)).to.equal('FULLTEXT_HOST_PAUSED');
      expect(server.asked).to.deep.equal([]);
      server.put('/robots.txt', { status: 404 });
      clock.advance(client.readyAt(server.url) - clock.now());
      await get(url);
    });

    it('follows the redirects of a robots.txt', async () => {
      other.put('/rules', { body: 'User-agent: NGR-Node\nDisallow: /' });
      server.put('/robots.txt', { status: 301, headers: { location: `${other.url}/rules` } });
      expect(await failure(server.put('/1.pdf', pdf))).to.equal('FULLTEXT_BLOCKED_BY_ROBOTS');
    });

    it('asks one thing after another, a second apart', async () => {
      const urls = [1, 2, 3].map((n) => server.put(`/${n}.pdf`, pdf));
      await failure(`${server.url}/4.pdf`);
      await Promise.all(urls.map((url) => get(url)));
      expect(server.mostAtOnce).to.equal(1);
      expect(clock.pauses).to.deep.equal([1_000, 1_000, 1_000, 1_000]);
    });

    it('keeps the distance that robots.txt asks for, up to a minute', async () => {
      server.put('/robots.txt', { body: 'User-agent: *\nCrawl-delay: 7' });
      await get(server.put('/1.pdf', pdf));
      await get(server.put('/2.pdf', pdf));
      expect(clock.pauses).to.deep.equal([1_000, 7_000]);
      other.put('/robots.txt', { body: 'User-agent: *\nCrawl-delay: 86400' });
      await get(other.put('/1.pdf', pdf));
      expect(client.readyAt(other.url) - clock.now()).to.equal(60_000);
    });

    it('asks again where a failure may pass, after a pause', async () => {
      await get(
        server.put('/1.pdf', { status: 503 }, { status: 429, headers: { 'retry-after': '25' } }, pdf),
      );
      expect(server.asked).to.have.length(3);
      expect(clock.pauses).to.include.members([5_000, 25_000]);
    });

    it('leaves a host alone that goes on failing, longer each time', async () => {
      const url = server.put('/1.pdf', { status: 500 });
      const pauses: number[] = [];
      for (let i = 0; i < 3; i += 1) {
        expect(await failure(url)).to.equal('FULLTEXT_SERVER_ERROR');
        pauses.push((client.readyAt(server.url) - clock.now()) / 60_000);
        clock.advance(client.readyAt(server.url) - clock.now());
      }
      expect(pauses).to.deep.equal([5, 10, 20]);
      server.put('/1.pdf', pdf);
      await get(url);
      expect(client.readyAt(server.url) - clock.now()).to.equal(1_000);
    });

    it('leaves a host alone for as long as it asks, up to a day', async () => {
      const date = new Date(clock.now() + 7_200_000).toUTCString();
      expect(await failure(server.put('/1.pdf', { status: 503, headers: { 'retry-after': date } }))).to.equal(
        'FULLTEXT_HOST_PAUSED',
      );
      expect(client.readyAt(server.url)).to.be.within(clock.now() + 7_100_000, clock.now() + 7_200_000);
      expect(
        await failure(other.put('/1.pdf', { status: 429, headers: { 'retry-after': '999999999' } })),
      ).to.equal('FULLTEXT_HOST_PAUSED');
      expect(client.readyAt(other.url) - clock.now()).to.equal(86_400_000);
    });

    it('follows redirects by the rules of the host they lead to', async () => {
      other.put('/robots.txt', { body: 'User-agent: *\nDisallow: /private' });
      const elsewhere = other.put('/1.pdf', pdf);
      const there = server.put('/1', { status: 302, headers: { location: elsewhere } });
      expect(await get(there)).to.have.nested.property('spooled.length', 8);
      const closed = server.put('/2', { status: 302, headers: { location: `${other.url}/private/1.pdf` } });
      expect(await failure(closed)).to.equal('FULLTEXT_BLOCKED_BY_ROBOTS');
      expect(other.asked).to.deep.equal(['/1.pdf']);
    });
  });

  describe('refuses', () => {
    it('what has more than 100 MB by its own word', async () => {
      const url = server.put('/1.pdf', {
        headers: { 'content-length': String(200 * 1024 * 1024) },
        stallAfter: 0,
      });
      expect(await failure(url)).to.equal('FULLTEXT_TOO_LARGE');
    });

    it('what has more than 100 MB without a word, and keeps nothing of it', async () => {
      expect(await failure(server.put('/1.pdf', { endless: true }))).to.equal('FULLTEXT_TOO_LARGE');
      expect(await readdir(join(directory, 'spool'))).to.deep.equal([]);
    });

    it('what comes too slowly', async () => {
      const url = server.put('/1.pdf', { body: '%PDF-1.7', stallAfter: 4 });
      const failing = failure(url);
      await until(
        'the file has begun to come',
        () => server.asked.length === 1 && clock.sleeping(60_000) === 1,
      );
      clock.advance(60_000);
      expect(await failing).to.equal('FULLTEXT_TOO_SLOW');
    });

    it('what breaks off, each time', async () => {
      const body = Buffer.alloc(100_000, 'x');
      expect(await failure(server.put('/1.pdf', { body, cutAfter: 5_000 }))).to.equal('FULLTEXT_UNREACHABLE');
      expect(server.asked).to.have.length(3);
    });

    it('a login page, whatever its status', async () => {
      for (const path of [
        '/login',
        '/idp/profile/SAML2/Redirect/SSO',
        '/password-login',
        '/cas/login?service=x',
      ]) {
        server.put(path, { type: 'text/html', body: '<form>' });
        const url = server.put('/1.pdf', { status: 302, headers: { location: path } });
        expect(await failure(url), path).to.equal('FULLTEXT_LOGIN_NEEDED');
      }
      expect(await failure(server.put('/2.pdf', { status: 401 }))).to.equal('FULLTEXT_LOGIN_NEEDED');
    });

    it('circles of redirects', async () => {
      expect(await failure(server.put('/1', { status: 302, headers: { location: '/1' } }))).to.equal(
        'FULLTEXT_UNREACHABLE',
      );
      expect(server.asked).to.have.length(6);
    });

    it('addresses that are none, also in redirects', async () => {
      for (const url of [
        '1.pdf',
        'www.repository.example/1.pdf',
        'ftp://x.example/1.pdf',
        'http://',
        'javascript:1',
        `http://x.example/${'a'.repeat(2_000)}`,
      ]) {
        expect(await failure(url), url).to.equal('FULLTEXT_BAD_LINK');
      }
      expect(
        await failure(server.put('/1', { status: 302, headers: { location: 'file:///etc/passwd' } })),
      ).to.equal('FULLTEXT_BAD_LINK');
    });
  });

  describe('by the guarded fetch', () => {
    beforeEach(() => {
      const guarded = guardedFetch({ allow: [server.url], userAgent, timeoutMs: 30_000 });
      client = new PoliteClient({ fetch: guarded, clock, userAgent });
    });

    it('goes to no private address, by a redirect neither', async () => {
      expect(await failure(other.put('/1.pdf', pdf))).to.equal('FULLTEXT_PRIVATE_ADDRESS');
      const url = server.put('/1', { status: 302, headers: { location: `${other.url}/1.pdf` } });
      expect(await failure(url)).to.equal('FULLTEXT_PRIVATE_ADDRESS');
      expect(other.requests).to.deep.equal([]);
    });

    it('tells a host that does not exist from one that does not answer', async () => {
      const lookup: LookupFunction = (_, __, callback) =>
        callback(Object.assign(new Error('not found'), { code: 'ENOTFOUND' }), '');
      const guarded = guardedFetch({ allow: [], userAgent, timeoutMs: 30_000, lookup });
      client = new PoliteClient({ fetch: guarded, clock, userAgent });
      expect(await failure('http://no.such.example/1.pdf')).to.equal('FULLTEXT_UNKNOWN_HOST');
    });
  });
});
