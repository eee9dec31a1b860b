import { expect } from 'chai';
import { pino } from 'pino';
import { BegunJob, runJob, type JobOptions } from '../../node/telemetry/index.ts';
import { jobId } from '../../node/telemetry/job-id.ts';
import { TestClock } from '../support/test-clock.ts';

interface Line {
  level: number;
  msg: string;
  job: string;
  kind: string;
  [field: string]: unknown;
}

const INFO = 30;
const DEBUG = 20;
const WARN = 40;

describe('a job', () => {
  let lines: Line[];
  let options: JobOptions;
  beforeEach(() => {
    lines = [];
    const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line) as Line) });
    const words = { done: 'was done', failed: 'was not done' };
    options = { kind: 'backup', of: { folder: '/b' }, words, log, clock: new TestClock() };
  });

  it('has one id from its first line to the last, in those between them, too', async () => {
    const result = await runJob(options, async (job) => {
      job.log.info('half of it');
      job.tell({ rows: 1 });
      job.tell({ bytes: 2 });
      return await Promise.resolve('what it gives');
    });
    expect(result).to.equal('what it gives');
    expect(lines.map(({ msg, level }) => [msg, level])).to.deep.equal([
      ['begun', INFO],
      ['half of it', INFO],
      ['was done', INFO],
    ]);
    const id = lines[0]?.job ?? '';
    expect(id).to.match(/^[0-9a-z]{14}$/);
    for (const line of lines) expect(line).to.include({ job: id, kind: 'backup', folder: '/b' });
    expect(lines[2]).to.include({ outcome: 'done', rows: 1, bytes: 2 }).and.have.property('durationMs');
  });

  it('tells why it failed, and has others know, too', async () => {
    const failing = runJob({ ...options, failsAs: 'warn', isSmall: true }, () =>
      Promise.reject(new Error('no room')),
    );
    expect(await failing.catch((error: Error) => error.message)).to.equal('no room');
    expect(lines[0]).to.include({ level: DEBUG });
    expect(lines[1]).to.include({ level: WARN, msg: 'was not done', outcome: 'failed' });
    expect(lines[1]).to.have.nested.property('err.message', 'no room');
  });

  it('that was stopped has not failed', async () => {
    const abort = new AbortController();
    const stopped = runJob({ ...options, signal: abort.signal }, () => {
      abort.abort(new Error('the node is stopped'));
      return Promise.reject(abort.signal.reason as Error);
    });
    await stopped.catch(() => undefined);
    expect(lines[1]).to.include({ level: INFO, outcome: 'stopped' }).and.not.have.property('err');
  });

  it('may end by another way than a function', () => {
    const job = new BegunJob(options);
    job.fail({ code: 'GONE' });
    job.end();
    expect(lines.map(({ outcome }) => outcome)).to.deep.equal([undefined, 'failed']);
  });

  it('has an id that later ones sort behind', () => {
    const ids = [0, 1, 31, 32, 1_000, 2 ** 31, Date.UTC(2026, 10, 22), Date.UTC(2300, 0)].map(jobId);
    expect(ids.toSorted()).to.deep.equal(ids);
    expect(new Set(Array.from({ length: 100 }, () => jobId(7))).size).to.be.greaterThan(90);
  });
});
