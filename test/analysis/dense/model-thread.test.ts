import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { ModelThread } from '../../../node/analysis/dense/index.ts';
import type { ModelSettings } from '../../../node/analysis/dense/index.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

/** A thread that speaks like `worker.ts`, and does what the text says: one number a text, its length. */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
if (workerData.path === 'ends') process.exit(3);
if (workerData.path === 'hangs') setInterval(() => {}, 1000);
else if (workerData.path === 'refused')
  parentPort.postMessage({ refusal: { code: 'DENSE_BAD_MODEL', message: 'No model.', remedy: 'Take one.' } });
else parentPort.postMessage({ description: { dimensions: 1, fingerprint: workerData.path } });
parentPort.on('message', (texts) => {
  if (texts.includes('crash')) throw new Error('crashed');
  if (texts.includes('exit')) process.exit(9);
  if (texts.includes('memory')) { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); }
  if (texts.includes('loop')) for (;;);
  if (texts.includes('fail')) parentPort.postMessage({ failure: 'it cannot' });
  else parentPort.postMessage({ vectors: Float32Array.from(texts, ({ length }) => length) });
});`;

describe('the thread of a model', () => {
  let clock: TestClock;
  let threads: Worker[];
  let open: ModelThread[];

  beforeEach(() => {
    clock = new TestClock();
    threads = [];
    open = [];
  });
  afterEach(async () => {
    await Promise.all(open.map((thread) => thread.stop()));
  });

  async function aThread(path = 'model', nextPath = path): Promise<ModelThread> {
    const settings: ModelSettings = { path, pooling: 'mean', maxTokens: 8 };
    const start = ({ path }: ModelSettings): Worker => {
      const workerData = { path: threads.length === 0 ? path : nextPath };
      const resourceLimits = { maxOldGenerationSizeMb: 32 };
      const worker = new Worker(THREAD, { eval: true, workerData, resourceLimits });
      threads.push(worker);
      return worker;
    };
    const thread = await ModelThread.open({ settings, clock, start });
    open.push(thread);
    return thread;
  }

  const codeOf = async (doing: Promise<unknown>): Promise<unknown> =>
    await doing.then(
      () => 'done',
      (error: { code?: unknown }) => error.code,
    );
  const lengths = (vectors: readonly Float32Array[]): number[] => vectors.map((vector) => vector[0] ?? 0);

  it('answers each question in its turn', async () => {
    const thread = await aThread();
    expect(thread.description).to.deep.equal({ dimensions: 1, fingerprint: 'model' });
    const answers = await Promise.all([thread.embed(['a', 'bb']), thread.embed(['ccc'])]);
    expect(answers.map(lengths)).to.deep.equal([[1, 2], [3]]);
    expect(threads).to.have.length(1);
  });

  for (const [text, code] of [
    ['crash', 'DENSE_ENDED'],
    ['exit', 'DENSE_ENDED'],
    ['memory', 'DENSE_ENDED'],
    ['fail', 'DENSE_FAILED'],
  ] as const) {
    it(`goes on in a new one after a text that has it ${text}`, async () => {
      const thread = await aThread();
      expect(await codeOf(thread.embed([text]))).to.equal(code);
      expect(lengths(await thread.embed(['again']))).to.deep.equal([5]);
      expect(threads).to.have.length(2);
    });
  }

  it('is ended where a text takes too long', async () => {
    const thread = await aThread();
    const { slept } = clock;
    const asked = codeOf(thread.embed(['loop']));
    await until('the question has a time limit', () => clock.slept > slept);
    clock.advance(120_000);
    expect(await asked).to.equal('DENSE_TOO_SLOW');
    expect(lengths(await thread.embed(['again']))).to.deep.equal([5]);
  });

  it('is ended by a stop, whatever it does', async () => {
    const thread = await aThread();
    const { slept } = clock;
    const asked = [codeOf(thread.embed(['loop'])), codeOf(thread.embed(['next']))];
    await until('the question was asked', () => clock.slept > slept);
    await thread.stop();
    expect(await Promise.all(asked)).to.deep.equal(['DENSE_STOPPED', 'DENSE_STOPPED']);
    expect(await codeOf(thread.embed(['late']))).to.equal('DENSE_STOPPED');
    expect(threads).to.have.length(1);
  });

  it('is ended when there is nothing to do, and begun again', async () => {
    const thread = await aThread();
    const ended = new Promise((resolve) => threads[0]?.once('exit', resolve));
    clock.advance(300_000);
    await ended;
    expect(lengths(await thread.embed(['again']))).to.deep.equal([5]);
    expect(threads).to.have.length(2);
  });

  it('has no more than a few questions wait', async () => {
    const thread = await aThread();
    const asked = Array.from({ length: 10 }, () => codeOf(thread.embed(['text'])));
    expect((await Promise.all(asked)).filter((code) => code === 'DENSE_BUSY')).to.have.length(2);
    expect(await codeOf(thread.embed(['text']))).to.equal('done');
  });

  it('says why it cannot be opened', async () => {
    expect(await codeOf(aThread('refused'))).to.equal('DENSE_BAD_MODEL');
    expect(await codeOf(aThread('ends'))).to.equal('DENSE_ENDED');
    const { slept } = clock;
    const hanging = codeOf(aThread('hangs'));
    await until('there is a time limit', () => clock.slept > slept);
    clock.advance(120_000);
    expect(await hanging).to.equal('DENSE_TOO_SLOW');
  });

  it('does not go on with a model that was changed behind its back', async () => {
    const thread = await aThread('model', 'other');
    await codeOf(thread.embed(['exit']));
    expect(await codeOf(thread.embed(['text']))).to.equal('DENSE_CHANGED');
    expect(await codeOf(thread.embed(['text']))).to.equal('DENSE_CHANGED');
  });
});
