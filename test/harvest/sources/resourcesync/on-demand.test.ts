import { constants, crc32, deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import {
  type Entry,
  directoryEnd,
  directoryEntry,
  memberHeader,
  memberLength,
  writeDocument,
  type ZipMember,
} from '../../../../protocols/resourcesync/index.ts';
import { oaiDc, type Reply } from '../../../support/misbehaving-repository.ts';
import { aSync, putRecords, read, type TestSync } from './support.ts';

const MINUTE = 60_000;
const DUMP = '/dump';
const GIBIBYTE = 1024 ** 3;

describe('a source that makes packages on demand', () => {
  let test: TestSync;
  beforeEach(async () => {
    test = await aSync();
    test.server.onDemandDump = `${test.server.url}${DUMP}`;
  });
  afterEach(() => test.close());

  const three = { 1: 'Title 1', 2: 'Title 2', 3: 'Title 3' };
  const at = (n: number): string => `${test.server.url}/records/${n}.xml`;
  const path = (n: number): string => `/records/${n}.xml`;

  it('is asked for all that its list tells of with one request', async () => {
    putRecords(test.server, 1, 2, 3);
    test.clock.advance(MINUTE);
    const { titles, items, codes, lost } = await read(test.source());
    expect(titles).to.deep.equal(three);
    expect(items[0]?.metadata?.text).to.equal(oaiDc('Title 1'));
    expect({ codes, lost }).to.deep.equal({ codes: [], lost: 0 });
    expect(test.server.posted).to.deep.equal([[at(1), at(2), at(3)]]);
    expect(test.server.fetched).to.deep.equal([]);
  });

  it('is asked for what has changed, and for nothing that was deleted', async () => {
    putRecords(test.server, 1, 2, 3, 4);
    const { time } = await read(test.source());
    test.clock.advance(MINUTE);
    putRecords(test.server, 2, 5);
    test.server.remove(path(1));
    test.clock.advance(MINUTE);
    test.server.posted.length = 0;
    const since = new Date(Date.parse(time) + MINUTE).toISOString();
    const { titles } = await read(test.source(), { since });
    expect(titles).to.deep.equal({ 1: 'deleted', 2: 'Title 2', 5: 'Title 5' });
    expect(test.server.posted).to.deep.equal([[at(2), at(5)]]);
    expect(test.server.fetched).to.deep.equal([]);
  });

  it('is asked in lots, and gives pages in the order of the list that can be gone on with', async () => {
    const numbers = Array.from({ length: 1_300 }, (_, i) => i);
    putRecords(test.server, ...numbers);
    test.clock.advance(MINUTE);
    const { items, pages } = await read(test.source());
    expect(items.map(({ oaiIdentifier }) => oaiIdentifier)).to.deep.equal(numbers.map(at));
    expect(test.server.posted.map(({ length }) => length)).to.deep.equal([1_000, 300]);
    test.server.posted.length = 0;
    const rest = await read(test.source(), { position: pages[0]?.next ?? '' });
    expect(rest.items).to.have.length(1_100);
    expect(test.server.posted.map(({ length }) => length)).to.deep.equal([1_000, 100]);
  });

  it('is asked in lots of so many bytes as the list tells', async () => {
    const body = Buffer.alloc(9 * 1024 * 1024, ' ');
    for (const n of [1, 2, 3, 4, 5, 6]) {
      test.server.put(path(n), Buffer.concat([Buffer.from(oaiDc(`Title ${n}`)), body]));
    }
    test.clock.advance(MINUTE);
    expect(Object.keys((await read(test.source())).titles)).to.have.length(6);
    expect(test.server.posted.map(({ length }) => length)).to.deep.equal([4, 2]);
  });

  it('is not asked for one alone, nor for what is in its dump', async () => {
    putRecords(test.server, 1);
    expect((await read(test.source())).titles).to.deep.equal({ 1: 'Title 1' });
    test.server.offers = ['resourcelist', 'changelist', 'resourcedump'];
    putRecords(test.server, 2, 3);
    test.clock.advance(MINUTE);
    expect((await read(test.source())).titles).to.deep.equal(three);
    expect(test.server.posted).to.deep.equal([]);
  });

  it('is not asked at another site', async () => {
    test.server.onDemandDump = 'https://elsewhere.example/dump';
    putRecords(test.server, 1, 2, 3);
    test.clock.advance(MINUTE);
    expect(await read(test.source())).to.deep.include({ titles: three, codes: [] });
    expect(test.server.fetched).to.have.length(3);
  });

  describe('and answers badly', () => {
    beforeEach(() => {
      putRecords(test.server, 1, 2, 3);
      test.clock.advance(MINUTE);
    });
    const spoilDump = (reply: (answer: Buffer, count: number) => Reply | undefined): void => {
      test.server.spoil = (asked, answer, count) => (asked === DUMP ? reply(answer, count) : undefined);
    };

    for (const { what, member } of [
      { what: 'is not in the package', member: (): Buffer | undefined => undefined },
      { what: 'is another there', member: (): Buffer => Buffer.from(oaiDc('Forged')) },
      { what: 'is cut off there', member: (body: Buffer): Buffer => body.subarray(0, 40) },
    ]) {
      it(`has what ${what} fetched by itself`, async () => {
        test.server.member = (asked, body) => (asked === path(2) ? member(body) : body);
        expect(await read(test.source())).to.deep.include({ titles: three, codes: [], lost: 0 });
        expect(test.server.fetched).to.deep.equal([path(2)]);
      });
    }

    it('has what its manifest does not name fetched by itself, and what was not asked for left aside', async () => {
      spoilDump(() => ({
        body: zipOf([
          { name: 'one', bytes: Buffer.from(oaiDc('Title 1')), entry: { loc: at(1) } },
          { name: 'more', bytes: Buffer.from(oaiDc('Extra')), entry: { loc: at(99) } },
          { name: 'again', bytes: Buffer.from(oaiDc('Again')), entry: { loc: at(1) } },
          { name: 'unnamed', bytes: Buffer.from(oaiDc('Unnamed')) },
        ]),
      }));
      expect(await read(test.source())).to.deep.include({ titles: three, codes: [], lost: 0 });
      expect(test.server.fetched).to.have.members([path(2), path(3)]);
    });

    it('is held against the list where its manifest tells of other bytes', async () => {
      spoilDump(() => ({
        body: zipOf([{ name: 'one', bytes: Buffer.from(oaiDc('Newer')), entry: { loc: at(1) } }]),
      }));
      expect(await read(test.source())).to.deep.include({ titles: three, codes: [], lost: 0 });
    });

    it('has a resource missed that is nowhere', async () => {
      test.server.member = (asked, body) => (asked === path(2) ? undefined : body);
      test.server.spoil = (asked) => (asked === path(2) ? { status: 404 } : undefined);
      const { titles, codes } = await read(test.source());
      expect(titles).to.deep.equal({ 1: 'Title 1', 3: 'Title 3' });
      expect(codes).to.deep.equal(['RESOURCESYNC_RESOURCE_MISSING']);
    });

    for (const [what, reply, times] of [
      ['an error', (): Reply => ({ status: 500 }), 2],
      ['that it is busy', (): Reply => ({ status: 503, headers: { 'retry-after': '30' } }), 2],
      ['that it is too much', (): Reply => ({ status: 413 }), 1],
      ['a redirect', (): Reply => ({ status: 307, headers: { location: '/elsewhere' } }), 1],
      ['a web page', (): Reply => ({ body: '<html>', headers: { 'content-type': 'text/html' } }), 1],
      ['nothing', (): Reply => ({ body: '' }), 1],
      ['half a ZIP file', (answer: Buffer): Reply => ({ body: answer.subarray(0, answer.length / 2) }), 1],
      ['and breaks off', (answer: Buffer): Reply => ({ body: answer, cutOff: true }), 2],
      ['a package without a manifest', (): Reply => ({ body: plainZip([]) }), 1],
      [
        'a damaged manifest',
        (): Reply => ({ body: plainZip([{ name: 'manifest.xml', bytes: Buffer.from('<urlset>') }]) }),
        1,
      ],
    ] as const) {
      it(`${what}: is read one by one, and that is told`, async () => {
        spoilDump(reply);
        const { titles, codes, lost } = await read(test.source());
        expect(titles).to.deep.equal(three);
        expect(codes).to.deep.equal(['RESOURCESYNC_DUMP_REFUSED']);
        expect(lost).to.equal(0);
        expect(test.server.posted).to.have.length(times);
        expect(test.server.fetched).to.have.length(3);
      });
    }

    it('is not asked again in this harvest', async () => {
      putRecords(test.server, ...Array.from({ length: 1_002 }, (_, i) => i));
      test.clock.advance(MINUTE);
      spoilDump(() => ({ status: 400 }));
      const { items, codes } = await read(test.source());
      expect(items).to.have.length(1_002);
      expect(codes).to.deep.equal(['RESOURCESYNC_DUMP_REFUSED']);
      expect(test.server.posted).to.have.length(1);
      test.server.spoil = () => undefined;
      test.server.asked.length = 0;
      await read(test.source());
      expect(test.server.fetched).to.deep.equal([]);
    });

    for (const length of [10 * GIBIBYTE, 1_000]) {
      it(`is no harm by ten gigabytes of nothing in a member that is said to have ${length} bytes`, async () => {
        const packed = tenGigabytes();
        spoilDump(() => ({
          body: zipOf([
            { name: 'bomb', packed, length, entry: { loc: at(1) } },
            { name: 'two', bytes: Buffer.from(oaiDc('Title 2')), entry: { loc: at(2) } },
            { name: 'three', bytes: Buffer.from(oaiDc('Title 3')), entry: { loc: at(3) } },
          ]),
        }));
        expect(await read(test.source())).to.deep.include({ titles: three, codes: [], lost: 0 });
        expect(test.server.fetched).to.deep.equal([path(1)]);
      });
    }

    it('is no harm by ten gigabytes of nothing for a manifest', async () => {
      spoilDump(() => ({
        body: plainZip([{ name: 'manifest.xml', packed: tenGigabytes(), length: 1_000 }]),
      }));
      const { titles, codes } = await read(test.source());
      expect(titles).to.deep.equal(three);
      expect(codes).to.deep.equal(['RESOURCESYNC_DUMP_REFUSED']);
    });
  });
});

/** Of one mebibyte that is deflated so that it can be repeated. */
function tenGigabytes(): Buffer {
  const piece = deflateRawSync(Buffer.alloc(1024 ** 2), { finishFlush: constants.Z_FULL_FLUSH });
  const pieces = Array.from({ length: 10 * 1024 }, () => piece);
  return Buffer.concat([...pieces, deflateRawSync(Buffer.alloc(0))]);
}

interface Packed {
  name: string;
  bytes?: Buffer;
  /** Instead of bytes: deflated ones, and how many they are said to be. */
  packed?: Buffer;
  length?: number;
  /** In the manifest. */
  entry?: Entry;
}

/** A package with a manifest that names some of its members, and tells neither lengths nor digests. */
function zipOf(members: readonly Packed[]): Buffer {
  const entries = members.flatMap(({ name, entry }) =>
    entry === undefined ? [] : [{ ...entry, metadata: { path: `/${name}` } }],
  );
  const manifest = writeDocument({
    root: 'urlset',
    metadata: { capability: 'resourcedump-manifest', at: '2026-01-01T00:00:00Z' },
    links: [],
    entries,
  });
  return plainZip([{ name: 'manifest.xml', bytes: Buffer.from(manifest) }, ...members]);
}

function plainZip(members: readonly Packed[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes = Buffer.alloc(0), packed = deflateRawSync(bytes), length } of members) {
    const member: ZipMember = {
      name,
      crc32: crc32(bytes),
      length: Math.min(length ?? bytes.length, 0xffff_fffe),
      packed: packed.length,
      time: 0,
    };
    parts.push(memberHeader(member), packed);
    directory.push(directoryEntry(member, offset));
    offset += memberLength(member);
  }
  const end = Buffer.concat(directory);
  return Buffer.concat([
    ...parts,
    end,
    directoryEnd({ members: members.length, length: end.length, offset }),
  ]);
}
