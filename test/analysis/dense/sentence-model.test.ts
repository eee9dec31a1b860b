import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { DenseError } from '../../../node/analysis/dense/errors.ts';
import { loadRuntime } from '../../../node/analysis/dense/runtime.ts';
import { SentenceModel } from '../../../node/analysis/dense/sentence-model.ts';
import type { ModelSettings } from '../../../node/analysis/dense/settings.ts';
import { aModelIn, anOnnxModel } from '../../support/onnx.ts';

const VOCABULARY = {
  '[PAD]': [9, 9, 9],
  '[UNK]': [0, 0, 0],
  '[CLS]': [0, 0, 1],
  '[SEP]': [0, 0, 1],
  whale: [1, 0, 0],
  sea: [0, 1, 0],
};

describe('a sentence model', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const model = async (
    parts: Parameters<typeof aModelIn>[2] = {},
    settings: Partial<ModelSettings> = {},
  ): Promise<SentenceModel> =>
    await SentenceModel.open({
      path: await aModelIn(folder, VOCABULARY, parts),
      pooling: 'mean',
      maxTokens: 16,
      ...settings,
    });

  async function refusal(opening: Promise<unknown>): Promise<DenseError> {
    return await opening.then(
      () => {
        throw new Error('it was opened');
      },
      (error: DenseError) => error,
    );
  }

  it("makes a text's vector of those of its tokens, whatever stands beside it", async () => {
    const opened = await model();
    expect(opened.description.dimensions).to.equal(3);
    const vectors = await opened.embed(['Whale', 'sea sea', '', 'the whale']);
    expect(vectors.map((vector) => [...vector].map((one) => Number(one.toFixed(3))))).to.deep.equal([
      [0.333, 0, 0.667],
      [0, 0.5, 0.5],
      [0, 0, 1],
      [0.25, 0, 0.5],
    ]);
  });

  it('takes the first token, fewer numbers, or the vectors that the model makes itself', async () => {
    const vectorOf = async (...with_: Parameters<typeof model>): Promise<number[]> => [
      ...((await (await model(...with_)).embed(['whale whale']))[0] ?? []),
    ];
    expect(await vectorOf({}, { pooling: 'cls' })).to.deep.equal([0, 0, 1]);
    expect(await vectorOf({}, { dimensions: 2 })).to.deep.equal([0.5, 0]);
    expect(await vectorOf({ output: 'sentence_embedding' })).to.deep.equal([0.5, 0, 0.5]);
    expect(await vectorOf({}, { prefix: 'sea sea:' })).to.not.deep.equal(await vectorOf());
    expect(await vectorOf({ inputs: ['input_ids'] })).to.deep.equal(await vectorOf());
    expect(await vectorOf({ inputs: ['input_ids', 'token_type_ids', 'attention_mask'] })).to.deep.equal(
      await vectorOf(),
    );
  });

  it('is another one with other files and settings, and the same at the next start', async () => {
    const fingerprint = async (...with_: Parameters<typeof model>): Promise<string> =>
      (await model(...with_)).description.fingerprint;
    const all = [
      await fingerprint(),
      await fingerprint({ inputs: ['input_ids'] }),
      await fingerprint({}, { pooling: 'cls' }),
      await fingerprint({}, { dimensions: 2 }),
      await fingerprint({}, { maxTokens: 17 }),
      await fingerprint({}, { prefix: 'query:' }),
    ];
    expect(new Set(all).size).to.equal(all.length);
    expect(await fingerprint()).to.equal(all[0]);
  });

  const refusals: readonly [what: string, code: string, message: RegExp, open: () => Promise<unknown>][] = [
    [
      'there is no file',
      'DENSE_NO_MODEL',
      /There is no .*other\.onnx/,
      async () => await model({}, { path: join(folder, 'other.onnx') }),
    ],
    ['it is a folder', 'DENSE_NO_MODEL', /is no file/, async () => await model({}, { path: folder })],
    [
      'it is no ONNX file',
      'DENSE_BAD_MODEL',
      /cannot be loaded/,
      async () => {
        await writeFile(join(folder, 'text.onnx'), 'Not a model.');
        return await model({}, { path: join(folder, 'text.onnx') });
      },
    ],
    [
      'there is no vocabulary',
      'DENSE_NO_VOCABULARY',
      /no tokenizer\.json or vocab\.txt beside/,
      async () => {
        const apart = join(folder, 'apart', 'onnx');
        await mkdir(apart, { recursive: true });
        await writeFile(join(apart, 'model.onnx'), anOnnxModel({ rows: [[1]] }));
        return await model({}, { path: join(apart, 'model.onnx') });
      },
    ],
    [
      'the named vocabulary is not there',
      'DENSE_NO_VOCABULARY',
      /There is no .*vocabulary\.txt/,
      async () => await model({}, { vocabulary: join(folder, 'vocabulary.txt') }),
    ],
    [
      'the vocabulary is of another model',
      'DENSE_BAD_MODEL',
      /cannot be run with its vocabulary of 7 pieces/,
      async () => {
        const vocabulary = join(folder, 'other.txt');
        await writeFile(vocabulary, [...Object.keys(VOCABULARY), 'ice'].join('\n'));
        return await model({}, { vocabulary });
      },
    ],
    [
      'it wants what is not given',
      'DENSE_BAD_MODEL',
      /wants input_ids, position_ids/,
      async () => await model({ inputs: ['input_ids', 'position_ids'] }),
    ],
    [
      'it reads no texts',
      'DENSE_BAD_MODEL',
      /wants pixel_values/,
      async () => await model({ inputs: ['pixel_values'] }),
    ],
    ['it gives no vectors', 'DENSE_BAD_MODEL', /gives logits/, async () => await model({ output: 'logits' })],
    [
      'its vectors are shorter',
      'DENSE_BAD_MODEL',
      /vectors of 3 numbers, and .* asks for 8/,
      async () => await model({}, { dimensions: 8 }),
    ],
  ];
  for (const [what, code, message, open] of refusals) {
    it(`is refused where ${what}`, async () => {
      const error = await refusal(open());
      expect(error.message).to.match(message);
      expect(error.code).to.equal(code);
      expect(error.remedy).to.match(/\.$/);
    });
  }

  it('is run by native code where that is installed, and needs one of the packages', async () => {
    const wasm = { wasm: {} };
    const installed = (names: readonly string[]) => async (name: string) => {
      if (!names.includes(name)) throw Object.assign(new Error(name), { code: 'ERR_MODULE_NOT_FOUND' });
      return { default: { name, env: wasm } };
    };
    const both = await loadRuntime(installed(['onnxruntime-web', 'onnxruntime-node']));
    expect(both).to.include({ name: 'onnxruntime-node' });
    expect(await loadRuntime(installed(['onnxruntime-web']))).to.include({ name: 'onnxruntime-web' });
    const error = await refusal(loadRuntime(installed([])));
    expect(error.code).to.equal('DENSE_NO_RUNTIME');
    expect(error.remedy).to.include('npm install onnxruntime-web');
  });
});
