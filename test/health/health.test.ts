import { tmpdir } from 'node:os';
import { expect } from 'chai';
import { pino } from 'pino';
import { diskRoom, type DiskRoom } from '../../node/disk-room.ts';
import {
  backupCheck,
  clockCheck,
  diskCheck,
  Health,
  peersCheck,
  readersCheck,
  sourcesCheck,
  storeCheck,
  writingCheck,
  type Check,
  type Finding,
} from '../../node/health/index.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { until } from '../support/until.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('what makes a node degraded', () => {
  let clock: TestClock;
  beforeEach(() => {
    clock = new TestClock();
  });
  const one = async (check: Check): Promise<Finding> => {
    const [finding, ...others] = await check.examine();
    if (finding === undefined) throw new Error('nothing was found');
    expect(others).to.deep.equal([]);
    return finding;
  };
  const status = async (check: Check): Promise<string> => (await one(check)).status;

  it('a store that is tried again; one that cannot be read is the end of it', async () => {
    let answer: () => void = () => undefined;
    let reads = 0;
    const check = storeCheck({
      read: () => new Promise<void>((resolve) => (answer = resolve)).finally(() => (reads += 1)),
      clock,
    });
    const slow = one(check);
    clock.advance(2_000);
    expect((await slow).status).to.equal('warn');
    // It still waits for the same answer.
    const asked = one(check);
    answer();
    expect((await asked).status).to.equal('pass');
    expect(reads).to.equal(1);
    const gone = Object.assign(new Error('The database cannot be reached.'), {
      remedy: 'Look whether it runs.',
    });
    const dead = storeCheck({ read: () => Promise.reject(gone), clock });
    expect(await one(dead)).to.deep.equal({
      status: 'fail',
      output: 'The store cannot be read. The log of the node says why.',
      why: 'The database cannot be reached. Look whether it runs.',
    });
  });

  it('nothing more that can be written', async () => {
    let failure: { message: string; remedy: string } | undefined;
    const check = writingCheck(() => failure);
    expect(await status(check)).to.equal('pass');
    failure = { message: 'The disk is full.', remedy: 'Free some space.' };
    expect(await one(check)).to.include({ status: 'warn', why: 'The disk is full. Free some space.' });
  });

  it('a disk that is nearly full', async () => {
    const real = await diskRoom(tmpdir());
    expect(real.freeBytes).to.be.within(1, real.sizeBytes);
    const room: DiskRoom = { ...real, isLittle: false };
    expect(await one(diskCheck(() => Promise.resolve(room)))).to.include({ status: 'pass', unit: 'bytes' });
    expect(await status(diskCheck(() => Promise.resolve({ ...room, isLittle: true })))).to.equal('warn');
  });

  it('a reader of the log that fails, or does not come to where the log was half an hour ago', async () => {
    const reader = { name: 'search', cursor: 0, lag: 500, failing: false };
    const check = readersCheck(() => [reader], clock);
    expect(await status(check)).to.equal('pass');
    clock.advance(29 * MINUTE);
    // The log grows as fast as it is read, and it is never at its end: that is well.
    Object.assign(reader, { cursor: 500, lag: 500 });
    expect(await status(check)).to.equal('pass');
    clock.advance(29 * MINUTE);
    Object.assign(reader, { cursor: 600, lag: 1_500 });
    expect(await status(check)).to.equal('pass');
    clock.advance(2 * MINUTE);
    expect(await one(check)).to.include({ status: 'warn', of: 'search', value: 1_500, unit: 'changes' });
    Object.assign(reader, { cursor: 2_100, lag: 0 });
    expect(await status(check)).to.equal('pass');
    reader.failing = true;
    expect(await status(check)).to.equal('warn');
  });

  it('a source that has failed for a day', async () => {
    const failingSince = clock.now();
    const lastRun = { error: { message: 'It does not answer.' } };
    const check = sourcesCheck(() => [{ name: 'theses', failingSince, lastRun }], clock);
    clock.advance(23 * HOUR);
    expect(await status(check)).to.equal('pass');
    clock.advance(HOUR);
    const finding = await one(check);
    expect(finding).to.include({ status: 'warn', of: 'theses', value: 86_400 });
    expect(finding.output).to.contain('2026-01-01T00:00:00.000Z');
    expect(finding.why).to.equal('It does not answer.');
    expect(await status(sourcesCheck(() => [{ name: 'theses' }], clock))).to.equal('pass');
  });

  it('no peer for ten minutes, where there should be some', async () => {
    let [connected, isMeantToHaveSome] = [0, true];
    const check = peersCheck(
      { connected: () => connected, isMeantToHaveSome: () => isMeantToHaveSome },
      clock,
    );
    expect(await status(check)).to.equal('pass');
    clock.advance(10 * MINUTE);
    expect(await one(check)).to.include({ status: 'warn', value: 0 });
    isMeantToHaveSome = false;
    expect(await status(check)).to.equal('pass');
    isMeantToHaveSome = true;
    connected = 1;
    expect(await status(check)).to.equal('pass');
    connected = 0;
    expect(await status(check)).to.equal('pass');
  });

  it('a clock that is wrong', async () => {
    expect(await status(clockCheck(() => undefined))).to.equal('pass');
    const finding = await one(clockCheck(() => -1_200));
    expect(finding).to.include({ status: 'warn', value: -1_200, unit: 'seconds' });
    expect(finding.output).to.contain('1200 seconds behind');
  });

  it('an old backup, where there was one, or one that failed', async () => {
    let lastSuccess: number | undefined;
    let last: { endedAt: number; error?: { message: string } } | undefined;
    const backups = {
      get lastSuccess() {
        return lastSuccess;
      },
      state: () => ({ ...(last && { last }) }),
    };
    const check = backupCheck(backups, { warnAfterHours: 48, clock });
    expect(await one(check)).to.deep.equal({ status: 'pass' });
    lastSuccess = clock.now();
    clock.advance(47 * HOUR);
    expect(await one(check)).to.include({ status: 'pass', value: 47 * 3_600 });
    clock.advance(HOUR);
    expect((await one(check)).output).to.contain('48 hours old');
    lastSuccess = clock.now();
    last = { endedAt: clock.now(), error: { message: 'The disk is full.' } };
    expect(await one(check)).to.include({
      output: 'The last backup failed. The log of the node says why.',
      why: 'The disk is full.',
    });
  });
});

describe('the health of a node', () => {
  it('is that of its worst check, and told to the log when it changes', async () => {
    const clock = new TestClock();
    const lines: { msg: string; check: string; amiss?: object[] }[] = [];
    const log = pino(
      {},
      { write: (line: string) => lines.push(JSON.parse(line) as { msg: string; check: string }) },
    );
    let found: Finding = { status: 'pass' };
    const checks: Check[] = [
      { name: 'a:b', type: 'system', examine: () => [found, { status: 'pass', of: 'another' }] },
      { name: 'c:d', type: 'component', examine: () => [] },
    ];
    const health = new Health({ checks, clock, log });
    health.start();
    try {
      await until('it has looked', () => clock.sleeping > 0);
      expect((await health.report()).status).to.equal('pass');
      expect(lines).to.deep.equal([]);
      for (const [status, msg] of [
        ['warn', 'something is amiss'],
        ['fail', 'something is amiss'],
        ['pass', 'all is well again'],
      ] as const) {
        found = { status, output: 'what', why: 'why' };
        // By itself, a minute later.
        clock.advance(MINUTE);
        await until('it has looked again', () => lines.length > 0);
        const amiss = status === 'pass' ? {} : { amiss: [{ output: 'what', why: 'why' }] };
        const [line, ...others] = lines.splice(0);
        expect(others).to.deep.equal([]);
        expect(line).to.deep.include({ msg, ...amiss });
        expect((await health.report()).status).to.equal(status);
      }
    } finally {
      await health.stop();
    }
  });

  it('is told when checks fail to tell, or take too long', async () => {
    const clock = new TestClock();
    const checks: Check[] = [
      { name: 'a:b', type: 'system', examine: () => Promise.reject(new Error('no such folder')) },
      { name: 'c:d', type: 'system', examine: () => new Promise(() => undefined) },
    ];
    const health = new Health({ checks, clock, log: silentLog });
    const [first, second] = [health.report(), health.report()];
    await until('it waits', () => clock.sleeping > 0);
    clock.advance(5_000);
    expect(await first).to.equal(await second);
    expect((await first).checks.map(({ status, findings }) => [status, findings[0]?.output])).to.deep.equal([
      ['warn', 'It cannot be told: the log of the node says why.'],
      ['warn', 'It could not be told in time.'],
    ]);
  });
});
