import { expect } from 'chai';
import { Harvester, type Stage } from '../../node/harvest/index.ts';
import { aHarvest, aSource, HOUR, loopbackFetch, type TestHarvest } from '../support/test-harvest.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { until } from '../support/until.ts';
import { stages } from '../support/harvest-stages.ts';

/*
 * A source that takes a second for a page is to cost its own time and nothing else: so the next page has to be on its way
 * before the one that has arrived is worked on. The stage here waits until the test has seen the request.
 */
describe('a harvest of a source that is slow', () => {
  let test: TestHarvest;
  beforeEach(async () => {
    test = await aHarvest();
  });
  afterEach(async () => {
    await test.close();
  });

  /** For each page that is being worked on: how many pages had been asked for, and that no more are while it lasts. */
  async function askedWhileAtWork(pages: number, sets: string[] = []): Promise<number[]> {
    const asked: number[] = [];
    let page = 0;
    const busy: Stage = {
      name: 'busy',
      apply: async () => {
        page += 1;
        const wanted = Math.min(page + 1, pages);
        await until(`page ${wanted} to be asked for`, () => test.repository.pagesAsked >= wanted);
        // As long as it takes a request to arrive that should not be made.
        await new Promise((resolve) => setImmediate(resolve));
        asked.push(test.repository.pagesAsked);
      },
    };
    const harvester = new Harvester({
      sources: [aSource(test.repository.url, { sets })],
      stages: [busy, ...stages],
      catalogue: test.catalogue,
      section: test.store.section('harvest'),
      fetch: loopbackFetch([test.repository.url]),
      clock: test.clock,
      log: silentLog,
      intervalMs: HOUR,
    });
    const [summary] = await harvester.run();
    expect(summary).to.include({ outcome: 'complete', records: test.repository.records.size });
    await harvester.stop();
    return asked;
  }

  it('has the next page on its way while one is worked on, and never more than that one', async () => {
    for (let n = 1; n <= 15; n += 1) test.repository.put(n);
    expect(await askedWhileAtWork(5)).to.deep.equal([2, 3, 4, 5, 5]);
  });

  it('has it so from one list to the next, too', async () => {
    test.repository.sets = ['a', 'b', 'c'].map((spec) => ({ spec, name: spec }));
    for (let n = 1; n <= 9; n += 1)
      test.repository.put(n, `Title ${n}`, undefined, [['a', 'b', 'c'][n % 3] ?? '']);
    expect(await askedWhileAtWork(3, ['a', 'b', 'c'])).to.deep.equal([2, 3, 3]);
  });
});
