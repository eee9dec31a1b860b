import { expect } from 'chai';
import { CliError } from '../../node/cli/errors.ts';
import { systemClock, type Clock } from '../../node/clock.ts';
import { aNodeDouble } from './node-double.ts';
import { typed, type Typed } from './typed.ts';

const at = (ms: number): string => new Date(ms).toISOString();
const COUNTS = { pages: 2, records: 150, created: 100, updated: 2, deleted: 1, unchanged: 47, issues: 3 };
const SOURCE = { name: 'r.example', type: 'oai-pmh', url: 'https://r.example/oai' };
const BEFORE = {
  ...SOURCE,
  running: false,
  lastRun: { ...COUNTS, outcome: 'complete', startedAt: at(1), endedAt: at(2) },
};
const RUNNING = {
  ...BEFORE,
  running: true,
  progress: {
    ...COUNTS,
    records: 1200,
    total: 60_608,
    ratePerSecond: 3100.4,
    share: 0.0199,
    leftMs: 19_160,
  },
};
const DONE = { ...BEFORE, lastRun: { ...BEFORE.lastRun, startedAt: at(1000), endedAt: at(5000) } };

/** Sleeping takes no time. */
const hurried: Clock = {
  ...systemClock,
  sleep: (_ms, signal) => Promise.resolve(signal?.throwIfAborted()),
};

describe('ngr harvest', () => {
  const { node } = aNodeDouble();
  beforeEach(() => {
    node.answers.set('POST /api/harvest', { status: 202, body: {} });
  });

  /** The node's answers to one question after another; the last stays. */
  function states(...rounds: object[][]): void {
    node.answers.set('GET /api/harvest', () => ({
      body: { sources: rounds.length > 1 ? rounds.shift() : rounds[0] },
    }));
  }

  const ngr = (words: string[], given: Parameters<typeof typed>[1] = {}): Promise<Typed> =>
    typed(['harvest', ...words, '--data', node.data], { clock: hurried, ...given });

  it('waits for the end and says what was read', async () => {
    states([BEFORE], [RUNNING], [RUNNING], [DONE]);
    const { exitCode, stdout, stderr } = await ngr([]);
    expect(exitCode).to.equal(0);
    expect(stdout).to.equal(
      'r.example: complete; 150 records in 2 pages and 4 s: 100 new, 2 changed, 1 deleted, 47 as before; 3 issues\n' +
        '  "ngr check" lists what is wrong with the metadata.\n',
    );
    expect(stderr).to.equal(
      'r.example: 2 pages, 1,200 of 60,608 records, 3,100/s, 3 issues, 1 %, 19 s left\n',
    );
  });

  it('rewrites one line on a terminal, and leaves it free', async () => {
    states([BEFORE], [RUNNING], [{ ...RUNNING, progress: { ...RUNNING.progress, pages: 3 } }], [DONE]);
    const { stderr } = await ngr([], { isTerminal: true });
    const shown = stderr.split('\r\u001B[K');
    expect(shown).to.have.length(4);
    expect(shown[2]).to.include('3 pages');
    expect(shown[3]).to.equal('');
  });

  it('counts one as one', async () => {
    const one = { ...COUNTS, pages: 1, records: 1, issues: 1 };
    const running = { ...RUNNING, progress: { ...one, ratePerSecond: 1 } };
    states([BEFORE], [running], [{ ...DONE, lastRun: { ...DONE.lastRun, ...one } }]);
    const { stdout, stderr } = await ngr([]);
    expect(stderr).to.equal('r.example: 1 page, 1 record, 1/s, 1 issue\n');
    expect(stdout).to.match(/^r\.example: complete; 1 record in 1 page and 4 s: .*; 1 issue\n/);
  });

  it('adds up what became of the records', async () => {
    const counts = {
      ...COUNTS,
      records: 160,
      deleted: 4,
      vanished: 3,
      refused: 1,
      repeated: 1,
      elsewhere: 2,
    };
    states([BEFORE], [{ ...DONE, lastRun: { ...DONE.lastRun, ...counts, withdrawn: 2, absent: 4 } }]);
    const { stdout } = await ngr([]);
    expect(stdout).to.include(
      '160 records in 2 pages and 4 s: 100 new, 2 changed, 4 deleted (3 of them no longer in the source), 47 as before, 1 unusable, 1 repeated, 2 left to another source, 2 still withdrawn, 4 deleted there and not here; 3 issues\n',
    );
  });

  it('says once where the issues of several sources are', async () => {
    const other = { ...BEFORE, name: 'other' };
    states([BEFORE, other], [DONE, { ...DONE, name: 'other' }]);
    const { stdout } = await ngr([]);
    expect(stdout).to.match(/^r\.example: .*\nother: .*\n {2}"ngr check" lists .*\n$/);
  });

  it('asks for one set, of the source that has sets', async () => {
    const files = { ...BEFORE, name: 'theses', type: 'files' };
    states([BEFORE, files], [DONE, files]);
    const { exitCode } = await ngr(['--set', 'articles:open']);
    expect(exitCode).to.equal(0);
    expect(node.asked.find(({ method }) => method === 'POST')?.body).to.equal('{"set":"articles:open"}');
  });

  it('is wrongly used with a set that the source does not have', async () => {
    states([BEFORE]);
    const body = { code: 'HARVEST_UNKNOWN_SET', detail: 'There is no set "nope".', remedy: 'Choose a.' };
    node.answers.set('POST /api/harvest', { status: 400, body });
    const { exitCode, stderr } = await ngr(['--set', 'nope']);
    expect(exitCode).to.equal(2);
    expect(stderr).to.equal('ngr: There is no set "nope". Choose a. [HARVEST_UNKNOWN_SET]\n');
  });

  it('asks for one record, and says what became of it', async () => {
    node.answers.set('POST /api/harvest', { body: { key: 'k', outcome: 'updated' } });
    const { exitCode, stdout } = await ngr(['--record', 'oai:r.example:42']);
    expect(exitCode).to.equal(0);
    expect(stdout).to.equal('oai:r.example:42: changed\n');
    expect(node.asked.find(({ method }) => method === 'POST')?.body).to.equal(
      '{"record":"oai:r.example:42"}',
    );
  });

  it('refuses what does not go together', async () => {
    for (const words of [
      ['--set', 'a', '--full'],
      ['--record', 'oai:x:1', '--set', 'a'],
      ['r.example', '--record', 'oai:x:1'],
    ]) {
      expect((await ngr(words)).exitCode, words.join(' ')).to.equal(2);
    }
    expect(node.asked).to.deep.equal([]);
  });

  it('asks for one source, in full', async () => {
    states([BEFORE], [DONE, { ...BEFORE, name: 'other' }]);
    const { exitCode } = await ngr(['r.example', '--full']);
    expect(exitCode).to.equal(0);
    expect(node.asked.find(({ method }) => method === 'POST')?.body).to.equal(
      '{"source":"r.example","full":true}',
    );
  });

  it('ends with 1 and the reason where a harvest failed', async () => {
    const error = {
      code: 'OAI_NOT_XML',
      message: 'It answered with a web page.',
      remedy: 'Check the base URL.',
    };
    states([BEFORE], [{ ...DONE, lastRun: { ...DONE.lastRun, outcome: 'failed', error } }]);
    const { exitCode, stdout } = await ngr([]);
    expect(exitCode).to.equal(1);
    expect(stdout).to.include('  It answered with a web page. Check the base URL. [OAI_NOT_XML]\n');
  });

  it('does not wait for ever for a harvest that does not run', async () => {
    states([BEFORE]);
    const { exitCode, stderr } = await ngr([]);
    expect(exitCode).to.equal(1);
    expect(stderr).to.include('[HARVEST_NOT_RUN]');
  });

  it('says that there is nothing to harvest', async () => {
    states([]);
    const { exitCode, stdout } = await ngr([]);
    expect(exitCode).to.equal(0);
    expect(stdout).to.include('There is no source to harvest');
  });

  it('ends when it is asked to; the node goes on', async () => {
    const stopping = new AbortController();
    states([BEFORE], [RUNNING]);
    node.answers.set('POST /api/harvest', () => {
      stopping.abort(new CliError('STOPPED', 'Stopped before it was done.'));
      return { status: 202, body: {} };
    });
    const { exitCode, stderr } = await ngr([], { stopping: stopping.signal });
    expect(exitCode).to.equal(1);
    expect(stderr).to.include('[STOPPED]');
  });
});
