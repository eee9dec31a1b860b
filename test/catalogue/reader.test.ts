import { expect } from 'chai';
import type { Reader } from '../../node/catalogue/index.ts';
import { HastyClock } from '../support/hasty-clock.ts';
import { aPut } from '../support/builders.ts';
import { describeOnEachStore } from '../support/stores.ts';
import { aCatalogue } from '../support/test-catalogue.ts';

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
