import { expect } from 'chai';
import type { Reader, ReaderRunner } from '../../node/catalogue/index.ts';
import { HastyClock } from '../support/hasty-clock.ts';
import { TestClock } from '../support/test-clock.ts';
import { until } from '../support/until.ts';
import { aPut } from '../support/builders.ts';
import { describeOnEachStore } from '../support/stores.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';

describeOnEachStore('a reader that failed', () => {
  it('gets no change before it has opened again from what is on disk', async () => {
    const test = await aCatalogue({ clock: new HastyClock() });
    const seen: string[] = [];
    let failures = 0;
    const reader: Reader = {
      name: 'fragile',
      version: 1,
      open: () => {
        seen.push('open');
        // The first opening succeeds, the two after the failed change do not.
        return seen.length > 1 && failures++ < 2
          ? Promise.reject(new Error('the disk is away'))
          : Promise.resolve();
      },
      apply: () => {
        seen.push('apply');
        return seen.length === 2 ? Promise.reject(new Error('no')) : Promise.resolve([]);
      },
    };
    try {
      await test.catalogue.put([aPut(1)]);
      const runner = await test.run(reader);
      await runner.caughtUp();
      expect(seen).to.deep.equal(['open', 'apply', 'open', 'open', 'open', 'apply']);
      expect(runner.failing).to.equal(false);
    } finally {
      await test.close();
    }
  });
});

describe('the changes of a batch', () => {
  it('are fewer where there is much to be done with them, and each comes once and in order', async () => {
    const test = await aCatalogue();
    const batches: number[][] = [];
    const weights = new Map([
      [3, 150],
      [4, 1_000],
      [5, 60],
      [6, 141],
    ]);
    const reader: Reader = {
      name: 'weighing',
      version: 1,
      weightOf: ({ position }) => weights.get(position) ?? 1,
      apply: (changes) => {
        batches.push(changes.map(({ position }) => position));
        return Promise.resolve([]);
      },
    };
    try {
      await test.catalogue.put(Array.from({ length: 8 }, (_, n) => aPut(n + 1)));
      const runner = await test.run(reader);
      await runner.caughtUp();
      expect(batches).to.deep.equal([[1, 2, 3], [4], [5], [6, 7, 8]]);
      expect(runner.lag).to.equal(0);
    } finally {
      await test.close();
    }
  });
});

describe('a reader that rests when it has caught up', () => {
  let test: TestCatalogue;
  let runner: ReaderRunner;
  let clock: TestClock;
  let batches: number[][];
  beforeEach(async () => {
    clock = new TestClock();
    batches = [];
    test = await aCatalogue({ clock });
    runner = await test.run(gathering(batches), { restMs: 250 });
    await test.catalogue.put([aPut(1)]);
    await until('it rests', () => clock.sleeping === 1);
  });
  // It rests still, and ends all the same.
  afterEach(() => test.close());

  it('reads the first change at once, and those that come meanwhile together', async () => {
    await test.catalogue.put([aPut(2)]);
    await test.catalogue.put([aPut(3)]);
    clock.advance(249);
    expect([batches, runner.lag]).to.deep.equal([[[1]], 2]);
    clock.advance(1);
    await until('it goes on', () => runner.lag === 0);
    expect(batches).to.deep.equal([[1], [2, 3]]);
  });

  it('goes on as soon as somebody waits for it', async () => {
    await test.catalogue.put([aPut(2)]);
    await runner.caughtUp();
    await test.catalogue.put([aPut(3)]);
    await runner.caughtUp();
    expect(batches).to.deep.equal([[1], [2], [3]]);
  });
});

function gathering(batches: number[][]): Reader {
  return {
    name: 'gathering',
    version: 1,
    apply: (changes) => {
      batches.push(changes.map(({ position }) => position));
      return Promise.resolve([]);
    },
  };
}
