import { createHash, randomBytes } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseDocument, writeDocument, resourceList } from '../../../protocols/resourcesync/index.ts';
import { keyOfIri } from '../../../vocab/record-key.ts';
import { aPut } from '../../support/builders.ts';
import { until } from '../../support/until.ts';
import { base, DAY, locsOf, SyncSource, under, unzip, type Sizes } from '../support/a-sync-source.ts';

const PDF = {
  url: 'https://repository.example/1.pdf',
  format: 'application/pdf',
  length: 100,
  sha256: 'ab'.repeat(32),
};

describe('ResourceSync dumps', () => {
  let source: SyncSource;
  const open = async (sizes: Sizes = {}): Promise<void> => {
    await source?.close();
    source = await SyncSource.open(sizes);
  };
  const packages = async (dump: string): Promise<string[]> => locsOf(await source.read(dump));
  const memberOf = (iri: string): string => `records/${keyOfIri(iri)}.jsonld`;

  beforeEach(async () => {
    source = await SyncSource.open();
  });
  afterEach(async () => {
    await source.close();
    // A client that goes away breaks its own answer off; nothing else may.
    const others = source.http.faults.filter(
      (fault) => !/ECONNRESET|EPIPE|Premature close/.test(String(fault)),
    );
    expect(others).to.deep.equal([]);
  });

  it('hold the JSON-LD of every record, with a manifest that tells of it', async () => {
    const iris = [
      await source.putWith(1, { files: [{ ...PDF, access: 'open' }] }),
      ...(await source.put(2, 3)),
    ];
    const dump = await source.read(`${under}/resourcedump.xml`);
    expect(dump.metadata).to.deep.equal({
      capability: 'resourcedump',
      at: '2026-01-01T00:03:00.000Z',
      completed: '2026-01-01T00:03:00.000Z',
    });
    expect(dump.entries).to.have.length(1);
    const [entry] = dump.entries;
    expect(entry?.metadata?.type).to.equal('application/zip');
    const { manifest, members } = await unzip(await source.bytes(entry?.loc ?? ''));
    expect(manifest.metadata.capability).to.equal('resourcedump-manifest');
    expect(locsOf(manifest)).to.deep.equal(iris);
    expect([...members.keys()]).to.deep.equal(iris.map(memberOf));
    for (const { loc, metadata } of manifest.entries) {
      const bytes = members.get((metadata?.path ?? '').slice(1)) ?? Buffer.alloc(0);
      expect(metadata?.length).to.equal(bytes.length);
      expect(metadata?.hash).to.deep.equal({ 'sha-256': createHash('sha256').update(bytes).digest('hex') });
      expect(JSON.parse(bytes.toString())).to.include({ id: loc });
    }
    expect(manifest.entries[0]?.links).to.deep.include({
      rel: 'describes',
      href: PDF.url,
      type: PDF.format,
      length: PDF.length,
      hash: { 'sha-256': PDF.sha256 },
    });
    const contents = entry?.links?.find(({ rel }) => rel === 'contents')?.href ?? '';
    expect(await source.read(contents)).to.deep.equal(manifest);
  });

  it('are ZIP files that unzip finds no fault with', async function () {
    try {
      execFileSync('unzip', ['-v']);
    } catch {
      this.skip();
    }
    await source.put(1, 2, 3);
    const directory = await mkdtemp(join(tmpdir(), 'ngr-zip-'));
    try {
      const file = join(directory, 'dump.zip');
      await writeFile(file, await source.bytes((await packages(`${under}/resourcedump.xml`))[0] ?? ''));
      expect(execFileSync('unzip', ['-t', file]).toString()).to.contain('No errors detected');
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('come in packages of bounded size that hold every record once', async () => {
    await open({ packageSize: 3, blockSize: 2 });
    const iris = await source.put(1, 2, 3, 4, 5, 6, 7, 2);
    const all = await Promise.all(
      (await packages(`${under}/resourcedump.xml`)).map(async (loc) => unzip(await source.bytes(loc))),
    );
    expect(all.length).to.be.greaterThan(2);
    for (const { members } of all) expect(members.size).to.be.at.most(3);
    const seen = all.flatMap(({ manifest }) => locsOf(manifest));
    expect(seen.toSorted()).to.deep.equal([...new Set(iris)].toSorted());
  });

  it('never hold what was withdrawn', async () => {
    const [, two = ''] = await source.put(1, 2);
    await source.withdraw(2);
    for (const dump of ['resourcedump', 'changedump']) {
      const bytes = await source.bytes((await packages(`${under}/${dump}.xml`))[0] ?? '');
      const { manifest, members } = await unzip(bytes);
      expect([...members.keys()]).to.not.include(memberOf(two));
      expect(bytes.includes(memberOf(two))).to.equal(false);
      const gone = manifest.entries.find(({ loc }) => loc === two);
      if (dump === 'resourcedump') expect(gone).to.equal(undefined);
      else expect(gone?.metadata).to.include({ change: 'deleted' }).and.not.have.property('path');
    }
  });

  it('of changes hold what was changed on a day and not again since', async () => {
    const [one = '', two = ''] = await source.put(1, 2);
    source.clock.advance(DAY);
    await source.put(1);
    await source.withdraw(2);
    const dump = await source.read(`${under}/changedump.xml`);
    expect(dump.metadata).to.deep.equal({ capability: 'changedump', from: '2026-01-01T00:00:00.000Z' });
    expect(dump.entries.map(({ metadata }) => metadata)).to.deep.equal([
      { type: 'application/zip', from: '2026-01-01T00:00:00.000Z', until: '2026-01-02T00:00:00.000Z' },
      { type: 'application/zip', from: '2026-01-02T00:00:00.000Z' },
    ]);
    const [first, second] = await Promise.all(
      dump.entries.map(async ({ loc }) => unzip(await source.bytes(loc))),
    );
    expect(first?.manifest.entries).to.deep.equal([]);
    expect(second?.manifest.metadata).to.deep.equal({
      capability: 'changedump-manifest',
      from: '2026-01-02T00:00:00.000Z',
    });
    expect(
      second?.manifest.entries.map(({ loc, metadata }) => [loc, metadata?.change, metadata?.path]),
    ).to.deep.equal([
      [one, 'updated', `/${memberOf(one)}`],
      [two, 'deleted', undefined],
    ]);
    expect([...(second?.members.keys() ?? [])]).to.deep.equal([memberOf(one)]);
  });

  for (const file of [
    '0-.tar',
    '0.zip',
    '5-.zip',
    '0-99.zip',
    '2026-01-01.zip',
    '.zip',
    'a.zip',
    '0-.zip.zip',
  ]) {
    it(`have no package ${file}`, async () => {
      await source.put(1);
      expect((await source.get(`/resourcesync/resourcedump/${file}`)).status).to.equal(404);
    });
  }

  describe('a package', () => {
    let address: string;
    let whole: Buffer;
    let etag: string;
    const ask = (headers: Record<string, string>): Promise<Response> => source.get(address, { headers });

    beforeEach(async () => {
      await source.put(1, 2, 3);
      address = (await packages(`${under}/resourcedump.xml`))[0] ?? '';
      const response = await source.get(address);
      etag = response.headers.get('etag') ?? '';
      expect(etag).to.match(/^"/);
      expect(response.headers.get('accept-ranges')).to.equal('bytes');
      whole = Buffer.from(await response.arrayBuffer());
      expect(response.headers.get('content-length')).to.equal(String(whole.length));
    });

    it('is sent from any byte on, and is the same bytes', async () => {
      for (let start = 0; start < whole.length; start += 97) {
        const response = await ask({ Range: `bytes=${start}-` });
        expect(response.status).to.equal(206);
        expect(response.headers.get('content-range')).to.equal(
          `bytes ${start}-${whole.length - 1}/${whole.length}`,
        );
        const bytes = Buffer.from(await response.arrayBuffer());
        expect(bytes.equals(whole.subarray(start))).to.equal(true);
      }
    });

    const ranges: readonly (readonly [string, number, (whole: Buffer) => Buffer])[] = [
      ['bytes=0-0', 206, (all) => all.subarray(0, 1)],
      ['bytes=10-19', 206, (all) => all.subarray(10, 20)],
      ['bytes=-10', 206, (all) => all.subarray(-10)],
      ['bytes=-999999999', 206, (all) => all],
      ['bytes=5-99999999999', 206, (all) => all.subarray(5)],
      ['bytes=19-10', 200, (all) => all],
      ['bytes=0-1,5-9', 200, (all) => all],
      ['bytes=', 200, (all) => all],
      ['bytes=-', 200, (all) => all],
      ['lines=1-2', 200, (all) => all],
      [`bytes=${'9'.repeat(40)}-`, 200, (all) => all],
    ];
    for (const [range, status, expected] of ranges) {
      it(`answers ${range.slice(0, 30)} with ${status}`, async () => {
        const response = await ask({ Range: range });
        expect(response.status).to.equal(status);
        expect(Buffer.from(await response.arrayBuffer()).equals(expected(whole))).to.equal(true);
      });
    }

    for (const range of ['bytes=99999999-', 'bytes=-0']) {
      it(`has no ${range}`, async () => {
        const response = await ask({ Range: range });
        expect(response.status).to.equal(416);
        expect(response.headers.get('content-range')).to.equal(`bytes */${whole.length}`);
        expect(await response.json()).to.include({ code: 'RANGE_NOT_SATISFIABLE' });
      });
    }

    it('goes on only where it is still the same', async () => {
      const headers = { Range: 'bytes=10-', 'If-Range': etag };
      expect((await ask(headers)).status).to.equal(206);
      expect((await ask({ ...headers, 'If-Range': `W/${etag}` })).status).to.equal(200);
      expect((await ask({ ...headers, 'If-Range': 'Thu, 01 Jan 2026 00:01:00 GMT' })).status).to.equal(200);
      await source.put(2);
      const changed = await ask(headers);
      expect(changed.status).to.equal(200);
      expect(changed.headers.get('etag')).to.not.equal(etag);
      expect((await unzip(Buffer.from(await changed.arrayBuffer()))).members.size).to.equal(3);
    });

    it('answers HEAD and 304, and leaves nothing open', async () => {
      const head = await source.get(address, { method: 'HEAD' });
      expect(head.status).to.equal(200);
      expect(head.headers.get('content-length')).to.equal(String(whole.length));
      expect(head.headers.get('etag')).to.equal(etag);
      expect((await ask({ 'If-None-Match': etag })).status).to.equal(304);
      expect((await ask({ 'If-None-Match': etag, Range: 'bytes=1-2' })).status).to.equal(304);
    });

    it('is of one moment, whatever changes while it is sent', async () => {
      const { resources } = source;
      const contents = resources.contents.bind(resources);
      resources.contents = async (places, snapshot) => {
        resources.contents = contents;
        await source.put(1, 2);
        await source.withdraw(3);
        return await contents(places, snapshot);
      };
      const bytes = await source.bytes(address);
      expect(bytes.equals(whole)).to.equal(true);
    });
  });

  it('leave nothing behind of a client that goes away in the middle', async () => {
    await open({ mostPackages: 1 });
    // More than the sockets between the two can hold, of digits that hardly shrink.
    const changes = Array.from({ length: 80 }, (_, n) =>
      aPut(n, { abstracts: [{ value: randomBytes(200_000).toString('hex') }] }),
    );
    for (let at = 0; at < changes.length; at += 20) {
      await source.test.catalogue.put(changes.slice(at, at + 20));
    }
    await source.caughtUp();
    const { resources } = source;
    let opened = 0;
    let closed = 0;
    const snapshot = resources.snapshot.bind(resources);
    resources.snapshot = () => {
      const made = snapshot();
      const close = made.close.bind(made);
      opened += 1;
      made.close = async () => {
        closed += 1;
        await close();
      };
      return made;
    };
    const request = get(`${source.http.url}/resourcesync/resourcedump/0-.zip`);
    request.on('error', () => undefined);
    const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream];
    await once(response, 'data');
    expect((await source.get('/resourcesync/resourcedump/0-.zip')).status).to.equal(503);
    request.destroy();
    await until('the state of the store is let go', () => opened === 1 && closed === 1);
    await until('there is room for another dump', async () => {
      const next = await source.get('/resourcesync/resourcedump/0-.zip', { method: 'HEAD' });
      return next.status === 200;
    });
  });

  describe('on demand', () => {
    const post = (body: string, type = 'application/json'): Promise<Response> =>
      source.get('/resourcesync/dump', { method: 'POST', body, headers: { 'Content-Type': type } });
    const unzipped = async (response: Response): ReturnType<typeof unzip> => {
      expect(response.status).to.equal(200);
      expect(response.headers.get('content-type')).to.equal('application/zip');
      return await unzip(Buffer.from(await response.arrayBuffer()));
    };

    it('hold what is asked for, and tell of what is gone and of what never was here', async () => {
      const [one = '', two = '', three = ''] = await source.put(1, 2, 3);
      await source.withdraw(2);
      const unknown = `${base}/records/${'a'.repeat(20)}`;
      const elsewhere = three.replace(base, 'https://other.example');
      const { manifest, members } = await unzipped(
        await post(JSON.stringify([three, two, unknown, one, elsewhere, one])),
      );
      expect(manifest.metadata.capability).to.equal('resourcedump-manifest');
      expect([...members.keys()]).to.deep.equal([memberOf(three), memberOf(one)]);
      expect(
        manifest.entries.map(({ loc, metadata }) => [loc, metadata?.change, metadata?.path]),
      ).to.deep.equal([
        [three, undefined, `/${memberOf(three)}`],
        [two, 'deleted', undefined],
        [one, undefined, `/${memberOf(one)}`],
        [unknown, undefined, undefined],
        [elsewhere, undefined, undefined],
      ]);
    });

    it('take a text/uri-list, and a Sitemap such as a part of a list', async () => {
      const iris = await source.put(1, 2, 3);
      const wanted = iris.slice(1);
      const lines = `# a comment\r\n${wanted.join('\r\n')}\r\n`;
      expect([...(await unzipped(await post(lines, 'text/uri-list'))).members.keys()]).to.deep.equal(
        wanted.map(memberOf),
      );
      const list = await source.text(`${under}/resourcelist.xml`);
      const ofList = await unzipped(await post(list, 'application/xml; charset=utf-8'));
      expect(ofList.members.size).to.equal(3);
      const plain = writeDocument({
        ...resourceList({ capabilityList: '', at: '' }),
        entries: wanted.map((loc) => ({ loc })),
      });
      expect(parseDocument(plain).entries).to.have.length(2);
      expect((await unzipped(await post(plain, 'text/xml'))).members.size).to.equal(2);
    });

    const many = JSON.stringify(Array.from({ length: 50_001 }, (_, i) => `urn:x:${i}`));
    const wrong: readonly (readonly [string, string, string, number, string])[] = [
      ['nothing', '', 'application/json', 400, 'BODY_INVALID'],
      ['an empty list', '[]', 'application/json', 400, 'BODY_INVALID'],
      ['an object', '{"resources":[]}', 'application/json', 400, 'BODY_INVALID'],
      ['numbers', '[1,2]', 'application/json', 400, 'BODY_INVALID'],
      ['half of a list', '["https://a.example/', 'application/json', 400, 'BODY_INVALID'],
      ['what is no address', '["records"]', 'application/json', 400, 'BODY_INVALID'],
      [
        'an endless address',
        `["https://a.example/${'x'.repeat(3_000)}"]`,
        'application/json',
        400,
        'BODY_INVALID',
      ],
      ['too many addresses', many, 'application/json', 413, 'DUMP_TOO_LARGE'],
      ['a form', 'a=b', 'application/x-www-form-urlencoded', 415, 'BODY_TYPE'],
      ['comments only', '# none\n', 'text/uri-list', 400, 'BODY_INVALID'],
      ['a web page', '<html/>', 'text/xml', 400, 'BODY_INVALID'],
      ['broken XML', '<urlset><url>', 'text/xml', 400, 'BODY_INVALID'],
      [
        'an entity bomb',
        '<!DOCTYPE a [<!ENTITY b "c">]><urlset>&b;</urlset>',
        'text/xml',
        400,
        'BODY_INVALID',
      ],
      ['more than any list has', 'x'.repeat(17 * 1024 * 1024), 'text/uri-list', 413, 'BODY_TOO_LARGE'],
    ];
    for (const [what, body, type, status, code] of wrong) {
      it(`refuse ${what}`, async () => {
        const response = await post(body, type);
        expect(response.status).to.equal(status);
        expect(await response.json()).to.include({ code });
      });
    }

    it('are told to who only looks', async () => {
      const response = await source.get('/resourcesync/dump');
      expect(response.status).to.equal(405);
      expect(response.headers.get('allow')).to.equal('POST, OPTIONS');
    });
  });
});
