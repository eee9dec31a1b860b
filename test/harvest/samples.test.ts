import { expect } from 'chai';
import { Harvester } from '../../node/harvest/index.ts';
import {
  type RunningSampleRepository,
  sampleDirectory,
  sampleNames,
  startSampleRepository,
} from '../../node/sample/index.ts';
import { isTombstone } from '../../vocab/record.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { aSource, HOUR, loopbackFetch } from '../support/test-harvest.ts';
import { stages } from '../support/harvest-stages.ts';

/** The samples' newest records are of 2026. */
const NOW = Date.UTC(2027, 0, 1);

describe('a sample repository, harvested', () => {
  const clock = new TestClock(NOW);
  let test: TestCatalogue;
  let sample: RunningSampleRepository | undefined;
  beforeEach(async () => {
    test = await aCatalogue({ clock });
  });
  afterEach(async () => {
    await sample?.close();
    await test.close();
  });

  async function harvesterOf(name: string): Promise<Harvester> {
    sample = await startSampleRepository({ directory: await sampleDirectory(name), clock });
    return new Harvester({
      sources: [aSource(sample.url)],
      stages,
      catalogue: test.catalogue,
      section: test.store.section('harvest'),
      fetch: loopbackFetch([sample.url]),
      clock,
      log: silentLog,
      intervalMs: HOUR,
    });
  }

  it('gives a record for each item, with a title and without an error', async () => {
    for (const name of await sampleNames()) {
      const harvester = await harvesterOf(name);
      const [summary] = await harvester.run();
      expect(summary, name).to.include({ outcome: 'complete' });
      for (const identifier of sample?.repository.identifiers ?? []) {
        const [key = ''] = await test.catalogue.holdings.withIdentifier('oai', identifier);
        const holding = await test.catalogue.holdings.get(key);
        expect(holding?.titles[0]?.value, identifier).to.match(/\w/);
      }
      expect(await harvester.issueCounts(), name).to.include({ error: 0 });
      await harvester.stop();
      await sample?.close();
    }
  });

  it('is followed when items change and go', async () => {
    const [name = ''] = await sampleNames();
    const harvester = await harvesterOf(name);
    await harvester.run();
    clock.advance(HOUR);
    const [changed = '', removed = ''] = sample?.repository.identifiers ?? [];
    sample?.repository.update(changed, (xml) => xml.replace(/(<dc:title[^>]*>)[^<]*/, '$1Another title'));
    sample?.repository.remove(removed);
    expect((await harvester.run())[0]).to.include({ kind: 'incremental', updated: 1, deleted: 1 });
    const holdings = await Promise.all(
      [changed, removed].map(async (identifier) => {
        const [key = ''] = await test.catalogue.holdings.withIdentifier('oai', identifier);
        return await test.catalogue.holdings.get(key);
      }),
    );
    expect(holdings[0]?.titles[0]?.value).to.equal('Another title');
    expect(holdings[1] !== undefined && isTombstone(holdings[1])).to.equal(true);
  });
});
