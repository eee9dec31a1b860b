import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { daysIn } from '../../node/usage-logs/days.ts';
import { UsageImports } from '../../node/usage-logs/usage-imports.ts';
import type { ImportRequest } from '../../node/usage-logs/index.ts';
import { codeOf } from '../support/code-of.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { FIRST, logLines, NotedCounting } from './support/noted-counting.ts';

const KEY = 'abcdefghijklmnopqrst';

// eslint-disable-next-line @typescript-eslint/require-await
async function* one(bytes: Uint8Array | string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(bytes);
}

describe('an import of usage', () => {
  let counting: NotedCounting;
  let clock: TestClock;
  let imports: UsageImports;

  beforeEach(() => {
    counting = new NotedCounting();
    clock = new TestClock();
    imports = new UsageImports({
      log: silentLog,
      counting,
      clock,
      ready: () => Promise.resolve(),
      finderOf: () => ({
        generation: 1,
        find: (lists) =>
          Promise.resolve(
            lists.map((names) =>
              names.some((name) => /10029\/1$|^dspace-item:7$/.test(name)) ? { key: KEY } : 'unknown',
            ),
          ),
      }),
    });
  });

  afterEach(() => imports.stop());

  const begin = (request: Partial<ImportRequest> = {}): Promise<string> =>
    imports.begin({ format: 'combined', repository: 'dspace-6', ...request });
  async function send(id: string, name: string, content: Uint8Array | string, size = 10_000): Promise<void> {
    const bytes = Buffer.from(content);
    for (let first = 0; first < bytes.length; first += size)
      await imports.receive(id, name, {
        first,
        bytes: one(bytes.subarray(first, first + size)),
        isLast: (received) => received >= bytes.length,
      });
  }

  it('counts the lines of files, packed or not, in parts', async () => {
    const id = await begin();
    await send(id, 'a.log', logLines(0, 500));
    await send(id, 'b.log.gz', gzipSync(logLines(500, 1_000)), 700);
    expect(imports.report(id)).to.deep.include({ files: 2, damaged: [] });
    const { figures } = await imports.finish(id);
    expect(figures).to.deep.include({ lines: 1_000, counted: 1_000, refused: {} });
    expect(counting.seconds.length).to.equal(1_000);
  });

  it('counts what stands before the damage, and tells the file', async () => {
    const id = await begin();
    const packed = gzipSync(logLines(0, 2_000));
    await send(id, 'a.log.gz', packed.subarray(0, packed.length - 1_000));
    const { damaged, figures } = await imports.finish(id);
    expect(damaged).to.deep.equal(['a.log.gz']);
    expect(figures.counted).to.be.within(1_000, 1_999);
  });

  it('counts the downloads and views that Matomo and DSpace have noted', async () => {
    const matomo = await begin({ format: 'matomo' });
    const visit = {
      visitIp: '192.0.2.0',
      visitorId: 'ab12',
      actionDetails: [
        { type: 'action', url: 'https://r.example/handle/10029/1', timestamp: FIRST / 1000 },
        {
          type: 'download',
          url: 'https://r.example/bitstream/handle/10029/1/a.pdf',
          timestamp: FIRST / 1000 + 40,
        },
        { type: 'outlink', url: 'https://elsewhere.example/', timestamp: FIRST / 1000 + 50 },
      ],
    };
    await send(matomo, 'visits.json', JSON.stringify([visit]));
    await imports.finish(matomo);
    const solr = await begin({ format: 'dspace-solr' });
    const rows = [
      'type,id,owningItem,ip,time,statistics_type,userAgent',
      '2,7,,192.0.2.9,2026-11-20T10:02:00Z,view,Mozilla/5.0',
    ];
    await send(solr, 'statistics.csv', `${rows.join('\n')}\n`);
    const { figures } = await imports.finish(solr);
    expect(figures).to.deep.include({ lines: 1, counted: 1 });
    expect(
      [...counting.events.values()].map(({ kind, time }) => [kind, (time - FIRST) / 1000]),
    ).to.deep.equal([
      ['investigation', 0],
      ['request', 40],
      ['investigation', 120],
    ]);
  });

  it('gives days anew, and leaves out others', async () => {
    const id = await begin({ restate: '2026-11-20' });
    await send(id, 'a.log', logLines(0, 20) + logLines(20, 30).replaceAll('20/Nov', '21/Nov'));
    expect(counting.restated, 'before all files have come').to.equal(undefined);
    const { otherDays } = await imports.finish(id);
    expect(otherDays).to.equal(10);
    expect(counting.restated?.days).to.deep.equal(['2026-11-20']);
    expect(counting.restated?.events.length).to.equal(20);
    expect(counting.given, 'nothing is counted beside').to.equal(0);
  });

  it('restates nothing where it is broken off', async () => {
    const id = await begin({ restate: '2026-11' });
    await imports.receive(id, 'a.log', { first: 0, bytes: one(logLines(0, 100)), isLast: () => false });
    imports.stop();
    await Promise.resolve();
    expect(counting.restated).to.equal(undefined);
  });

  it('restates nothing where a file has not come to its end', async () => {
    const id = await begin({ restate: '2026-11' });
    await imports.receive(id, 'a.log', { first: 0, bytes: one(logLines(0, 100)), isLast: () => false });
    expect(await codeOf(imports.finish(id))).to.equal('USAGE_IMPORT_BAD_PART');
    expect(await counting.restating?.catch(({ code }: { code: string }) => code)).to.equal(
      'USAGE_IMPORT_BAD_PART',
    );
    expect(counting.restated).to.equal(undefined);
  });

  it('is refused a part that does not fit, and is given up then', async () => {
    const id = await begin();
    await imports.receive(id, 'a.log', { first: 0, bytes: one('half a li'), isLast: () => false });
    const wrong = imports.receive(id, 'a.log', { first: 5, bytes: one('ne'), isLast: () => true });
    expect(await codeOf(wrong)).to.equal('USAGE_IMPORT_BAD_PART');
    expect(await codeOf(imports.finish(id))).to.equal('USAGE_IMPORT_UNKNOWN');
  });

  it('tells when the counting fails', async () => {
    counting.before = () => Promise.reject(new Error('the disk is full'));
    const id = await begin();
    const sent = send(id, 'a.log', logLines(0, 100));
    expect(await sent.catch((error: Error) => error.message)).to.equal('the disk is full');
  });

  it('is one of four at a time, and given up where nothing more comes', async () => {
    for (let n = 0; n < 4; n += 1) await begin();
    expect(await codeOf(begin())).to.equal('USAGE_IMPORT_TOO_MANY');
    clock.advance(16 * 60_000);
    expect(await begin()).to.be.a('string');
  });
});

describe('the days that are restated', () => {
  it('are a day, a month, or from one to another', () => {
    expect(daysIn('2026-03-05')).to.deep.equal(['2026-03-05']);
    expect(daysIn('2026-02').length).to.equal(28);
    expect(daysIn('2026-01..2026-03-02')).to.have.length(61).and.to.include('2026-02-28');
  });

  for (const wrong of [
    '',
    '2026',
    '2026-13',
    '2026-02-30',
    '2026-03..2026-02',
    '2020..2026',
    '2020-01..2026-01',
    'a..b',
  ])
    it(`are not “${wrong}”`, () => expect(() => daysIn(wrong)).to.throw('names no days'));
});
