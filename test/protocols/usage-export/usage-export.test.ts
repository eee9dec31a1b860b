import { expect } from 'chai';
import fc from 'fast-check';
import { type ExportEntry, type ExportFormat, readExport } from '../../../protocols/usage-export/index.ts';
import { exportRows, textIn } from '../../../protocols/usage-export/rows.ts';

// eslint-disable-next-line @typescript-eslint/require-await
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function entriesIn(
  content: string | Uint8Array,
  format: ExportFormat,
  size = 50,
): Promise<ExportEntry[]> {
  const entries: ExportEntry[] = [];
  for await (const entry of readExport(inPieces(Buffer.from(content), size), format)) entries.push(entry);
  return entries;
}

const ITEM = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const FILE = '0b7e6679-7425-40de-944b-e07fc1f90ae7';
const TIME = Date.UTC(2026, 2, 5, 10, 0, 1);

describe('an export of the statistics of DSpace', () => {
  const view = {
    type: 2,
    id: ITEM,
    ip: '192.0.2.7',
    userAgent: 'Mozilla/5.0',
    time: '2026-03-05T10:00:01Z',
    statistics_type: 'view',
    isBot: false,
  };
  const download = { ...view, type: 0, id: FILE, owningItem: [ITEM], bundleName: ['ORIGINAL'] };
  const one = async (doc: object): Promise<ExportEntry | undefined> =>
    (await entriesIn(JSON.stringify([doc]), 'dspace-solr'))[0];
  const seen = {
    time: TIME,
    kind: 'investigation',
    names: [`dspace-item:${ITEM}`],
    address: '192.0.2.7',
    agent: 'Mozilla/5.0',
  };
  const had = { ...seen, kind: 'request', names: [`dspace-item:${ITEM}`, `dspace-file:${FILE}`] };

  it('is read as the answer of Solr, as a list and as lines', async () => {
    const docs = [view, download];
    const response = {
      responseHeader: { status: 0, params: { fq: ['type:2', 'isBot:false'] } },
      response: { numFound: 2, docs },
    };
    for (const text of [
      JSON.stringify(response),
      JSON.stringify(docs, undefined, 2),
      docs.map((doc) => JSON.stringify(doc)).join('\n'),
    ])
      for (const size of [1, 13, 10_000])
        expect(await entriesIn(text, 'dspace-solr', size), text.slice(0, 20)).to.deep.equal([seen, had]);
  });

  it('is read as CSV', async () => {
    const csv = [
      'bundleName,id,ip,isBot,owningItem,statistics_type,time,type,userAgent',
      `,${ITEM},192.0.2.7,false,,view,2026-03-05T10:00:01Z,2,Mozilla/5.0`,
      `ORIGINAL,${FILE},192.0.2.7,false,"${ITEM}\\,${FILE}",view,2026-03-05T10:00:01.000Z,0,Mozilla/5.0`,
    ].join('\r\n');
    for (const size of [1, 40, 10_000])
      expect(await entriesIn(csv, 'dspace-solr', size)).to.deep.equal([seen, had]);
  });

  for (const [what, doc, entry] of [
    ['a search', { ...view, statistics_type: 'search' }, 'other'],
    ['a collection', { ...view, type: 3 }, 'other'],
    ['a thumbnail', { ...download, bundleName: ['THUMBNAIL'] }, 'other'],
    ['a robot', { ...view, isBot: true }, 'robot'],
    ['an address that is none', { ...view, ip: '192.0.2' }, 'EXPORT_ROW_ADDRESS'],
    ['no address', { ...view, ip: undefined }, 'EXPORT_ROW_ADDRESS'],
    ['an impossible time', { ...view, time: '5 March' }, 'EXPORT_ROW_TIME'],
    ['no item', { ...view, id: undefined }, 'EXPORT_ROW_UNREADABLE'],
    ['something else', { a: 1 }, 'EXPORT_ROW_UNREADABLE'],
  ] as const)
    it(`tells ${what} as ${entry}`, async () => expect(await one(doc)).to.equal(entry));
});

describe('an export of Matomo', () => {
  const visit = {
    idSite: '1',
    visitIp: '192.0.2.0',
    visitorId: 'ab12',
    browser: 'Firefox 143.0',
    actionDetails: [
      {
        type: 'action',
        url: 'https://r.example/items/1',
        timestamp: TIME / 1000,
        customVariables: [{ a: '}' }],
      },
      { type: 'download', url: 'https://r.example/a.pdf', timestamp: TIME / 1000 + 60 },
      { type: 'outlink', url: 'https://elsewhere.example', timestamp: TIME / 1000 + 70 },
      { type: 'search', siteSearchKeyword: 'open "access" {' },
    ],
  };
  const seen = {
    time: TIME,
    kind: 'investigation',
    url: 'https://r.example/items/1',
    names: ['https://r.example/items/1'],
    address: '192.0.2.0',
    agent: 'Mozilla/5.0 (Firefox 143.0; ab12)',
  };
  const had = {
    ...seen,
    time: TIME + 60_000,
    kind: 'request',
    url: 'https://r.example/a.pdf',
    names: ['https://r.example/a.pdf'],
  };

  it('is read as JSON, however it comes', async () => {
    for (const text of [JSON.stringify([visit]), JSON.stringify(visit)])
      for (const size of [1, 17, 10_000])
        expect(await entriesIn(text, 'matomo', size)).to.deep.equal([seen, had, 'other', 'other']);
  });

  it('is read as CSV, in UTF-16 as Matomo writes it', async () => {
    const csv = [
      'visitIp,visitorId,browser,actionDetails_0_type,actionDetails_0_url,actionDetails_0_timestamp,actionDetails_1_type,actionDetails_1_url,actionDetails_1_timestamp',
      `192.0.2.0,ab12,Firefox 143.0,action,https://r.example/items/1,${TIME / 1000},download,https://r.example/a.pdf,${TIME / 1000 + 60}`,
    ].join('\n');
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(csv, 'utf16le')]);
    for (const content of [csv, `\uFEFF${csv}`, utf16])
      for (const size of [1, 64]) expect(await entriesIn(content, 'matomo', size)).to.deep.equal([seen, had]);
  });

  it('without any address tells visitors apart by their number', async () => {
    const [entry] = await entriesIn(JSON.stringify([{ ...visit, visitIp: undefined }]), 'matomo');
    expect(entry).to.include({ address: '0.0.0.0', agent: 'Mozilla/5.0 (Firefox 143.0; ab12)' });
  });
});

describe('an export', () => {
  it('that is cut off gives what stands before', async () => {
    const docs = Array.from({ length: 5 }, (_, id) => ({
      type: 2,
      id,
      ip: '192.0.2.7',
      time: '2026-03-05T10:00:01Z',
    }));
    const entries = await entriesIn(JSON.stringify(docs).slice(0, -20), 'dspace-solr');
    expect(entries.map((entry) => typeof entry)).to.deep.equal([
      'object',
      'object',
      'object',
      'object',
      'string',
    ]);
    expect(entries.at(-1)).to.equal('EXPORT_ROW_UNREADABLE');
  });

  it('with an object that never ends keeps no more than one', async () => {
    const endless = `[{"type":2,"id":"${'x'.repeat(3_000_000)}"},{"type":2,"id":1,"ip":"::1","time":"2026-03-05T10:00:01Z"}]`;
    const [first, second] = await entriesIn(endless, 'dspace-solr', 65_536);
    expect(first).to.equal('EXPORT_ROW_UNREADABLE');
    expect(second).to.include({ address: '::1' });
  });

  it('has rows as long as their cells, however long the heading is', async () => {
    const rows: unknown[] = [];
    const bytes = inPieces(Buffer.from('type,id,ip\n2\n2,1\n2,1,::1,more\n'), 5);
    for await (const row of exportRows(textIn(bytes))) rows.push(row);
    expect(rows).to.deep.equal([{ type: '2' }, { type: '2', id: '1' }, { type: '2', id: '1', ip: '::1' }]);
  });

  it('of any bytes is read, and never throws', async () => {
    const csv = Buffer.from('type,id,ip\n2,"1",::1\n');
    const json = Buffer.from('[{"type":2,"id":"a","ip":"::1"},{"actionDetails":[{"type":"action"}]}]');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(csv, json),
        fc.nat(70),
        fc.uint8Array({ maxLength: 30 }),
        async (good, at, bytes) => {
          const content = Buffer.concat([good.subarray(0, at), Buffer.from(bytes), good.subarray(at)]);
          for (const format of ['matomo', 'dspace-solr'] as const)
            for (const entry of await entriesIn(content, format, 9))
              expect(['string', 'object']).to.include(typeof entry);
        },
      ),
      { seed: 5, numRuns: 150 },
    );
  });
});
