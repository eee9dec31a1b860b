import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDense } from '../../node/assembly/dense.ts';
import type { Config } from '../../node/config/index.ts';
import { aPut } from '../support/builders.ts';
import { aModelIn } from '../support/onnx.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../support/test-catalogue.ts';

const VOCABULARY = { '[PAD]': [0, 0], '[UNK]': [0, 1], '[CLS]': [0, 1], '[SEP]': [0, 1], whales: [1, 0] };

describe('the model of related.model', () => {
  let test: TestCatalogue;

  beforeEach(async () => {
    test = await aCatalogue();
  });
  afterEach(async () => {
    await test.close();
  });

  const open = (path: string | undefined, offline = false): ReturnType<typeof openDense> => {
    const related: Config['related'] =
      path === undefined ? {} : { model: { path, pooling: 'mean', maxTokens: 16 } };
    const { store, clock } = test;
    return openDense({ config: { related }, store, clock, log: silentLog, offline });
  };
  const rows = async (): Promise<number> => (await test.store.section('dense').keys().all()).length;

  it('reads the records, and what it read is gone when it is not configured any more', async () => {
    const folder = join(test.directory, 'model');
    await mkdir(folder);
    const path = await aModelIn(folder, VOCABULARY);
    const [put] = await test.catalogue.put([aPut(1, { titles: [{ value: 'Whales' }] })]);
    const { vectors } = await open(path);
    if (vectors === undefined) throw new TypeError('no reader');
    await (await test.run(vectors)).caughtUp();
    await vectors.interrupt();

    const { meaning, ...others } = await open(path, true);
    expect(others, 'for one command').to.deep.equal({});
    const [likeness] = (await meaning?.likeness(put?.key ?? '', [put?.key ?? ''])) ?? [];
    expect(likeness).to.be.closeTo(1, 1e-6);

    expect(await open(undefined, true)).to.deep.equal({});
    expect(await rows()).to.be.above(0);
    expect(await open(undefined)).to.deep.equal({});
    expect(await rows()).to.equal(0);
  });

  it('refuses the start where it cannot be used', async () => {
    const code = await open(join(test.directory, 'other.onnx')).then(
      () => 'started',
      (error: { code?: unknown }) => error.code,
    );
    expect(code).to.equal('DENSE_NO_MODEL');
  });
});
