import { expect } from 'chai';
import { failingDisk } from './failing-disk.ts';
import { codeOf } from '../../support/code-of.ts';
import { aUsage } from './usage-fixture.ts';

describe('a hit that was acknowledged', () => {
  it('is counted once, whichever of the writes is the last one before the end', async () => {
    const fixture = await aUsage();
    try {
      for (let writes = 0; writes < 9; writes++) {
        const { store } = fixture.test;
        let left = writes;
        const dying = await failingDisk(store.section(`dying-${writes}`), () => left-- <= 0);
        const before = fixture.fresh({ section: dying });
        let acknowledged = 0;
        for (let n = 0; n < 3; n++) {
          const events = Array.from({ length: 1_500 * n + 1 }, (_, i) =>
            fixture.event({ address: `10.${n}.${i >> 8}.${i & 255}` }),
          );
          acknowledged += await before.take(events).then(
            ({ taken }) => taken,
            () => 0,
          );
          await codeOf(before.months());
        }
        const after = fixture.fresh({ section: store.section(`dying-${writes}`) });
        expect((await after.counts(fixture.items[0] ?? '')).totalInvestigations).to.equal(acknowledged);
        const [month] = await after.months();
        expect(month?.metrics.totalInvestigations ?? 0).to.equal(acknowledged);
      }
    } finally {
      await fixture.close();
    }
  });
});
