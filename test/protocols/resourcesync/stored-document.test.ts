import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Entry, ResourceSyncError, writeDocument } from '../../../protocols/resourcesync/index.ts';
import { StoredDocument } from '../../../protocols/resourcesync/stored-document.ts';

const url = 'https://source.example/lists/resourcelist.xml';
const limits = { entries: 1_000, bytes: 10_000_000 };

/** The bytes in pieces of a size. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}

async function open(bytes: Uint8Array, size = 64): Promise<StoredDocument> {
  return await StoredDocument.open({
    url,
    bytes: () => pieces(bytes, size),
    close: () => Promise.resolve(),
    limits,
  });
}

async function entriesOf(document: StoredDocument): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of document.entries()) entries.push(entry);
  return entries;
}

async function refusal(work: Promise<unknown>): Promise<unknown> {
  return await work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

const entries: Entry[] = [
  { loc: 'https://source.example/é/1', lastmod: '2026-01-01T00:00:00Z', metadata: { length: 3 } },
  {
    loc: 'https://source.example/2?a=1&b=2',
    links: [{ rel: 'describedby', href: 'https://source.example/ü' }],
  },
];
const xml = writeDocument({
  root: 'urlset',
  metadata: { capability: 'resourcelist', at: '2026-01-01T00:00:00Z' },
  links: [{ rel: 'up', href: 'https://source.example/capabilitylist.xml' }],
  entries,
});

describe('a document that was fetched', () => {
  it('is the same however it comes in pieces, and can be read again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async (size) => {
        const document = await open(Buffer.from(xml), size);
        expect(document.head.metadata).to.deep.equal({
          capability: 'resourcelist',
          at: '2026-01-01T00:00:00Z',
        });
        expect(await entriesOf(document)).to.deep.equal(entries);
        expect(await entriesOf(document)).to.deep.equal(entries);
      }),
      { seed: 5, numRuns: 50 },
    );
  });

  const forms: readonly (readonly [name: string, bytes: Uint8Array])[] = [
    ['with a byte order mark', Buffer.from(`\ufeff${xml}`)],
    [
      'in UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml.replace('UTF-8', 'UTF-16'), 'utf16le')]),
    ],
    ['packed', gzipSync(xml)],
    ['packed twice in one file', Buffer.concat([gzipSync(xml.slice(0, 200)), gzipSync(xml.slice(200))])],
    ['behind empty lines', Buffer.from(`\n\n  ${xml}`)],
  ];
  for (const [name, bytes] of forms) {
    it(`is read ${name}`, async () => {
      expect(await entriesOf(await open(bytes))).to.deep.equal(entries);
    });
  }

  it('completes addresses by its own', async () => {
    const relative = xml.replace('https://source.example/é/1', '../records/1');
    expect((await entriesOf(await open(Buffer.from(relative))))[0]?.loc).to.equal(
      'https://source.example/records/1',
    );
  });

  it('is refused where it has more entries than are read', async () => {
    const many = xml.replace('<url>', '<url><loc>urn:x</loc></url>'.repeat(1_001) + '<url>');
    const error = await refusal(entriesOf(await open(Buffer.from(many), 4_096)));
    expect(error).to.be.instanceOf(ResourceSyncError).with.property('code', 'RESOURCESYNC_TOO_MANY_ENTRIES');
  });

  it('is refused where it unpacks to more than is read', async () => {
    const long = xml.replace('<url>', `${`<a b="${' '.repeat(1_000)}"/>`.repeat(12_000)}<url>`);
    expect(await refusal(open(gzipSync(long)))).to.have.property('code', 'RESOURCESYNC_TOO_LARGE');
  });

  for (const scrap of [
    '<a>',
    '<url>',
    '&',
    '&amp;',
    '<!--',
    '<![CDATA[',
    '<a b="',
    ' ',
    '<url><loc>x</loc></url>',
    '<x:y xmlns:x="z">',
  ]) {
    it(`is refused in linear time where it repeats “${scrap}”`, async () => {
      const run = scrap.repeat(Math.ceil(2_000_000 / scrap.length));
      for (const text of [run, xml.replace('<url>', `${run}<url>`), xml.replace('</loc>', `${run}</loc>`)]) {
        const error = await refusal(open(Buffer.from(text), 65_536).then(entriesOf));
        if (error !== undefined) expect(error).to.be.instanceOf(ResourceSyncError);
      }
    });
  }
});
