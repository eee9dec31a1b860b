import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  DenseVectors,
  ModelThread,
  RecordLikeness,
  type ModelSettings,
} from '../../../node/analysis/dense/index.ts';
import { DenseError } from '../../../node/analysis/dense/errors.ts';
import type { Model } from '../../../node/analysis/dense/dense-vectors.ts';
import { RelatedItems } from '../../../node/analysis/related/index.ts';
import type { ReaderRunner } from '../../../node/catalogue/index.ts';
import { aPut } from '../../support/builders.ts';
import { aModelIn } from '../../support/onnx.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';

/** Words for the same thing have the same vector. */
const VOCABULARY = {
  '[PAD]': [0, 0, 0, 0],
  '[UNK]': [0, 0, 0, 0.01],
  '[CLS]': [0, 0, 0, 0.01],
  '[SEP]': [0, 0, 0, 0.01],
  car: [1, 0, 0, 0],
  automobile: [1, 0, 0, 0],
  garden: [0, 1, 0, 0],
};
const TITLES = ['A car in Peru', 'A garden in Peru', 'Automobile roads'];

/** A model that reads texts as they are told, and keeps what it was asked. */
function aModel(fingerprint = 'a1'.repeat(32)): Model & { asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    description: { dimensions: 2, fingerprint },
    embed: (texts) => {
      asked.push([...texts]);
      if (texts.some((text) => text.includes('poison')))
        return Promise.reject(new DenseError('DENSE_ENDED', 'It has ended.', 'Nothing to do.'));
      return Promise.resolve(texts.map((text) => Float32Array.of(text.length, 1)));
    },
    stop: () => Promise.resolve(),
  };
}

describe('vectors of the records', () => {
  let test: TestCatalogue;

  beforeEach(async () => {
    test = await aCatalogue();
  });
  afterEach(async () => {
    await test.close();
  });

  const put = async (titles: readonly (string | undefined)[], abstract?: string): Promise<string[]> =>
    (
      await test.catalogue.put(
        titles.map((value, i) =>
          aPut(i, {
            titles: value === undefined ? [] : [{ value }],
            abstracts: abstract === undefined ? [] : [{ value: abstract }],
          }),
        ),
      )
    ).map(({ key }) => key);

  async function run(model: Model): Promise<{ meaning: RecordLikeness; runner: ReaderRunner }> {
    const runner = await test.run(new DenseVectors({ model, log: silentLog }));
    await runner.caughtUp();
    return { meaning: new RecordLikeness({ section: test.store.section('dense') }), runner };
  }
  const rows = async (): Promise<string[]> =>
    await test.store.section('dense').keys({ gt: 'v!', lt: 'v"' }).all();

  it('have what says the same in other words suggested first, by a real model in its thread', async () => {
    const folder = join(test.directory, 'model');
    await mkdir(folder);
    const settings: ModelSettings = {
      path: await aModelIn(folder, VOCABULARY),
      pooling: 'mean',
      maxTokens: 32,
    };
    const model = await ModelThread.open({ settings, clock: test.clock });
    const keys = await put(TITLES);
    const { meaning } = await run(model);
    const [car = '', garden = '', automobile = ''] = keys;
    const words = {
      garden: { key: garden, score: 0.5, terms: ['peru'] },
      automobile: { key: automobile, score: 0.3, terms: ['roads'] },
    };
    const parts = {
      text: { similarTo: async () => [words.garden, words.automobile] },
      works: { workOf: async () => undefined, copiesOf: async () => [] },
      held: test.catalogue.holdings,
    };
    const related = async (meaning?: RecordLikeness) =>
      await new RelatedItems({ ...parts, meaning }).related(car, 3);
    const [without, having] = [await related(), await related(meaning)];
    expect(without.map(({ key }) => key)).to.deep.equal([garden, automobile]);
    expect(having.map(({ key }) => key)).to.deep.equal([automobile, garden]);
    expect(having[0]?.reasons.map(({ kind }) => kind)).to.deep.equal(['similar meaning', 'words']);
    expect(without.flatMap(({ reasons }) => reasons.map(({ kind }) => kind))).to.not.include(
      'similar meaning',
    );
  });

  it('are made once of a text, again of another, and go with the record', async () => {
    const model = aModel();
    const [first = ''] = await put(['one', 'two', undefined]);
    const { runner } = await run(model);
    expect(model.asked.flat().toSorted()).to.deep.equal(['one', 'two']);
    expect(await rows()).to.have.length(2);

    await put(['one', 'three', undefined]);
    await test.catalogue.put([aPut(0, { titles: [{ value: 'one' }], subjects: [{ value: 'new' }] })]);
    await runner.caughtUp();
    expect(model.asked.flat().toSorted()).to.deep.equal(['one', 'three', 'two']);

    await put(['one'], 'And an abstract');
    await runner.caughtUp();
    expect(model.asked.at(-1)).to.deep.equal(['one\nAnd an abstract']);

    const oaiIdentifier = 'oai:repository.example:0';
    await test.catalogue.put([{ type: 'withdraw', oaiIdentifier, reason: 'A test' }]);
    await runner.caughtUp();
    const left = await rows();
    expect(left).to.have.length(1).and.not.include(`v!${first}`);
  });

  it('are those of one model: another one reads all texts again, the same one none', async () => {
    await put(['one', 'two']);
    await run(aModel());
    test = await test.reopen();
    const same = aModel();
    await run(same);
    expect(same.asked).to.deep.equal([]);
    test = await test.reopen();
    const other = aModel('b2'.repeat(32));
    await run(other);
    expect(other.asked.flat().toSorted()).to.deep.equal(['one', 'two']);
  });

  it('are none for a text that ends the model, and the others have theirs', async () => {
    const model = aModel();
    const keys = await put(['one', 'poison', 'two']);
    const { meaning } = await run(model);
    expect(await rows()).to.have.length(2);
    const [own, poisoned, other] = await meaning.likeness(keys[0] ?? '', keys);
    expect(own).to.be.closeTo(1, 1e-6);
    expect(other).to.be.above(0);
    expect(poisoned).to.equal(undefined);
    expect(await meaning.likeness(keys[1] ?? '', keys)).to.deep.equal([undefined, undefined, undefined]);
  });

  it('are waited for by nobody when the node stops', async () => {
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    let stop = (): void => undefined;
    const stuck: Model = {
      description: aModel().description,
      embed: () =>
        new Promise((_, reject) => {
          stop = () =>
            reject(new DenseError('DENSE_STOPPED', 'The node is being stopped.', 'Start it again.'));
          asked();
        }),
      stop: () => Promise.resolve(stop()),
    };
    await put(['one']);
    const runner = await test.run(new DenseVectors({ model: stuck, log: silentLog }));
    await isAsked;
    await runner.stop();
    expect([runner.cursor, runner.failing]).to.deep.equal([0, false]);
  });
});
