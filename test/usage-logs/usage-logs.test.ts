import {
  appendFile,
  copyFile,
  link,
  mkdtemp,
  rename,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import pino from 'pino';
import { openStore, type Store } from '../../node/store/index.ts';
import { UsageLogs, type LogReport, type LogSettings } from '../../node/usage-logs/index.ts';
import { LogOutcomes } from '../../node/usage-logs/log-outcomes.ts';
import { TestClock } from '../support/test-clock.ts';
import { logLines, NotedCounting } from './support/noted-counting.ts';

const KEY = 'abcdefghijklmnopqrst';
const NOW = Date.UTC(2026, 10, 21);
const upTo = (many: number): number[] => Array.from({ length: many }, (_, i) => i);

describe('the logs of usage', () => {
  let directory: string;
  let path: string;
  let store: Store;
  let counting: NotedCounting;
  let told: LogReport | undefined;
  let clock: TestClock;
  let logs: UsageLogs;

  function opened(settings: Partial<LogSettings> = {}): UsageLogs {
    return new UsageLogs({
      logs: [{ name: 'web', path, repository: 'dspace-6', rules: [], ...settings }],
      section: store.section('usage-logs'),
      counting,
      ready: () => Promise.resolve(),
      items: {
        generation: 1,
        find: (lists) =>
          Promise.resolve(lists.map((names) => (names.includes('hdl:10029/1') ? { key: KEY } : 'unknown'))),
      },
      issues: {
        replace: (_, report) => {
          told = report;
          return Promise.resolve();
        },
      },
      clock,
      log: pino({ level: 'silent' }),
    });
  }
  const figures = (): Record<string, unknown> => ({ ...logs.state()[0]?.figures });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-logs-'));
    path = join(directory, 'access.log');
    store = await openStore(join(directory, 'data'));
    counting = new NotedCounting();
    clock = new TestClock(NOW);
    logs = opened();
  });

  afterEach(async () => {
    await logs.stop();
    await store.close();
    await rm(directory, { recursive: true, force: true });
  });

  it('are read as they grow, each line once', async () => {
    await writeFile(path, logLines(0, 10));
    await logs.pass();
    await appendFile(path, logLines(10, 15));
    await logs.pass();
    await logs.pass();
    expect(counting.seconds).to.deep.equal(upTo(15));
    expect(counting.given).to.equal(15);
    expect(figures()).to.deep.include({ lines: 15, counted: 15, passedOver: 0 });
    expect(logs.state()[0]).to.include({ files: 1, behind: 0, readAt: NOW });
  });

  it('are read up to the last line that is whole', async () => {
    const text = logLines(0, 3);
    await writeFile(path, text.slice(0, -30));
    await logs.pass();
    expect(counting.seconds).to.deep.equal([0, 1]);
    await writeFile(path, text);
    await logs.pass();
    expect(counting.seconds).to.deep.equal([0, 1, 2]);
    expect(figures()['refused']).to.deep.equal({});
  });

  it('are read on where they were, by a node that starts again', async () => {
    await writeFile(path, logLines(0, 10));
    await logs.pass();
    await logs.stop();
    await appendFile(path, logLines(10, 12));
    logs = opened();
    await logs.pass();
    expect(counting.given).to.equal(12);
    expect(figures()).to.deep.include({ lines: 12, counted: 12 });
  });

  it('lose nothing where the counting fails in the midst', async () => {
    await writeFile(path, logLines(0, 10));
    counting.before = () => Promise.reject(new Error('the disk is full'));
    await logs.pass().then(
      () => expect.fail('the failure is told'),
      (error: Error) => expect(error.message).to.equal('the disk is full'),
    );
    counting.before = () => Promise.resolve();
    await logs.pass();
    expect(counting.seconds).to.deep.equal(upTo(10));
    expect(figures()).to.deep.include({ lines: 10, counted: 10 });
  });

  describe('that are rotated', () => {
    it('by another name, are read to the end there', async () => {
      await writeFile(path, logLines(0, 10));
      await logs.pass();
      await appendFile(path, logLines(10, 12));
      await rename(path, `${path}.1`);
      await writeFile(path, logLines(12, 20));
      await logs.pass();
      expect(counting.seconds).to.deep.equal(upTo(20));
      expect(counting.given).to.equal(20);
    });

    it('by a copy of which the rest is emptied, are read to the end in the copy', async () => {
      await writeFile(path, logLines(0, 10));
      await logs.pass();
      await appendFile(path, logLines(10, 12));
      await copyFile(path, `${path}-20261120`);
      await truncate(path);
      await appendFile(path, logLines(12, 30));
      await logs.pass();
      expect(counting.seconds).to.deep.equal(upTo(30));
      expect(counting.given).to.equal(30);
    });

    it('while they are being read, lose nothing and double nothing', async () => {
      await writeFile(path, logLines(0, 20_000));
      let isRotated = false;
      counting.before = async () => {
        if (isRotated) return;
        isRotated = true;
        await copyFile(path, `${path}.1`);
        await truncate(path);
        await appendFile(path, logLines(20_000, 20_050));
      };
      await logs.pass();
      await logs.pass();
      expect(counting.seconds).to.deep.equal(upTo(20_050));
    });

    it('and packed, are not read again', async () => {
      const text = logLines(0, 3_000);
      await writeFile(path, text);
      await logs.pass();
      await writeFile(`${path}.1.gz`, gzipSync(text));
      await rm(path);
      await writeFile(path, logLines(3_000, 3_001));
      await logs.pass();
      await logs.pass();
      expect(counting.seconds).to.deep.equal(upTo(3_001));
      expect(counting.given).to.equal(3_001);
    });

    it('and packed before they were read to the end, are read on in the archive', async () => {
      const text = logLines(0, 3_000);
      await writeFile(path, text.slice(0, 100_000));
      await logs.pass();
      await writeFile(`${path}.2.gz`, gzipSync(text));
      await rm(path);
      await logs.pass();
      expect(counting.seconds).to.deep.equal(upTo(3_000));
      expect(counting.given).to.equal(3_000);
    });

    it('long ago, are read as they lie there', async () => {
      await writeFile(`${path}.3.gz`, gzipSync(logLines(0, 5)));
      await writeFile(join(directory, 'access-20261118.log'), logLines(5, 8));
      await writeFile(`${path}.1`, logLines(8, 9));
      await writeFile(path, logLines(9, 10));
      await writeFile(join(directory, 'error.log'), logLines(50, 60));
      await logs.pass();
      expect(counting.seconds).to.deep.equal(upTo(10));
    });
  });

  it('are known under any name: a link and a copy are not read', async () => {
    await writeFile(path, logLines(0, 10));
    await logs.pass();
    await link(path, `${path}.1`);
    await copyFile(path, `${path}.2`);
    await logs.pass();
    expect(counting.given).to.equal(10);
  });

  it('may be several, by one name with a star', async () => {
    await writeFile(join(directory, 'access_a.log'), logLines(0, 2));
    await writeFile(join(directory, 'access_b.log'), logLines(2, 4));
    logs = opened({ path: join(directory, 'access_*.log') });
    await logs.pass();
    expect(counting.seconds).to.deep.equal(upTo(4));
  });

  it('give a last line without an end when nobody writes any more', async () => {
    await writeFile(`${path}.1`, logLines(0, 3).trimEnd());
    await utimes(`${path}.1`, NOW / 1000, NOW / 1000);
    await logs.pass();
    expect(counting.seconds).to.deep.equal([0, 1]);
    clock.advance(3_600_000);
    await logs.pass();
    expect(counting.seconds).to.deep.equal([0, 1, 2]);
  });

  it('are told as damaged where an archive is cut off; what stands before counts', async () => {
    const archive = gzipSync(logLines(0, 3_000));
    await writeFile(`${path}.1.gz`, archive.subarray(0, archive.length - 2_000));
    await logs.pass();
    const before = counting.given;
    expect(before).to.be.within(1_000, 2_999);
    expect(told?.troubles).to.deep.equal([{ code: 'LOG_FILE_DAMAGED', files: ['access.log.1.gz'] }]);
    await logs.pass();
    expect(counting.given, 'not read again').to.equal(before);
    await writeFile(`${path}.1.gz`, archive);
    await logs.pass();
    expect(told?.troubles).to.deep.equal([]);
    expect(counting.seconds).to.deep.equal(upTo(3_000));
    expect(counting.given).to.equal(3_000);
  });

  it('tell how many lines were refused and why, and nothing of the lines', async () => {
    const bad = [
      logLines(0, 1).replace('192.0.2.0', '999.0.2.0'),
      `${logLines(1, 2).slice(0, 70)}\n`,
      `${'\u0001'.repeat(50)}\n`,
      `${'x'.repeat(1_000_000)}\n`,
      logLines(2, 3, '/handle/10029/77'),
      logLines(3, 4, '/static/a.css'),
      logLines(4, 5),
    ];
    await writeFile(path, bad.join(''));
    await logs.pass();
    expect(counting.seconds).to.deep.equal([4]);
    const refused = {
      LOG_LINE_ADDRESS: 1,
      LOG_LINE_CUT: 1,
      LOG_LINE_BINARY: 1,
      LOG_LINE_TOO_LONG: 1,
      LOG_ITEM_UNKNOWN: 1,
    };
    expect(told).to.deep.equal({ troubles: [], refused });
    expect(figures()).to.deep.include({ lines: 7, counted: 1, passedOver: 1, refused });
    expect(JSON.stringify(told)).not.to.match(/192|999|Mozilla/);
    clock.advance(8 * 86_400_000);
    await appendFile(path, logLines(5, 6));
    await logs.pass();
    expect(told?.refused, 'a week later').to.deep.equal({});
  });

  it('are told as missing where nothing is there', async () => {
    await logs.pass();
    expect(told?.troubles).to.deep.equal([{ code: 'LOG_FILE_MISSING', files: [path] }]);
    await writeFile(`${path}.1.xz`, 'x');
    await writeFile(path, logLines(0, 1));
    await logs.pass();
    expect(told?.troubles).to.deep.equal([{ code: 'LOG_FILE_FORMAT', files: ['access.log.1.xz'] }]);
  });

  it('obey rules of their own before those of the repository', async () => {
    logs = opened({
      rules: [
        { path: '^/bitstream/.*draft', kind: 'ignore', item: '$1' },
        { path: '^/p/(\\d+)$', kind: 'investigation', item: 'hdl:10029/$1' },
      ],
    });
    await writeFile(
      path,
      logLines(0, 1, '/p/1') + logLines(1, 2, '/bitstream/handle/10029/1/draft.pdf') + logLines(2, 3),
    );
    await logs.pass();
    expect([...counting.events.values()].map(({ kind }) => kind)).to.deep.equal(['investigation', 'request']);
  });

  it('have the same figures where the store fails while they are opened, and they are opened again', async () => {
    await writeFile(path, logLines(0, 3));
    await logs.pass();
    await logs.stop();
    const before = figures();
    const section = store.section('usage-logs');
    const outcomes = new LogOutcomes({ section, log: 'web' });
    for (let times = 0; times < 2; times += 1) await outcomes.open();
    expect(outcomes.figures).to.deep.equal(before);
  });

  it('wait where a rule takes too long over a path, and are read on under a better one', async () => {
    const slow = { path: '^/(a+)+$', kind: 'request', item: 'hdl:10029/1' } as const;
    logs = opened({ rules: [slow] });
    await writeFile(path, logLines(0, 3) + logLines(3, 4, `/${'a'.repeat(500)}!`) + logLines(4, 6));
    await logs.pass();
    expect(told?.troubles).to.deep.equal([{ code: 'LOG_RULE_SLOW', files: ['access.log'] }]);
    await logs.pass();
    expect(told?.troubles, 'it is not tried again at once').to.have.lengthOf(1);
    await logs.stop();
    logs = opened({ rules: [{ ...slow, path: '^/a+$' }] });
    await logs.pass();
    expect(told?.troubles).to.deep.equal([]);
    expect(counting.seconds).to.deep.equal([0, 1, 2, 4, 5]);
  });

  it('are refused at the start with a rule that is no expression', () => {
    expect(() => opened({ rules: [{ path: '(', kind: 'request', item: '$1' }] })).to.throw(
      'no regular expression',
    );
  });
});
