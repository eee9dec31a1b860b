import { expect } from 'chai';
import { Clocks } from '../../../node/federation/heads/clocks.ts';
import { aCatalogue, silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';

const HOUR_MS = 3_600_000;

describe('the clock of this machine', () => {
  it('is doubted when most of several nodes differ from it, and no longer when they do not', async () => {
    const clock = new TestClock();
    const test = await aCatalogue({ clock });
    const { head } = test.catalogue;
    await test.close();
    const clocks = new Clocks({ clock, log: silentLog });
    const note = (node: string, ahead: number): boolean =>
      clocks.note({ ...head, node, time: clock.now() + ahead });
    note('a', 0);
    note('b', HOUR_MS);
    note('c', HOUR_MS);
    expect(clocks.ownAheadSeconds).to.equal(undefined);
    note('d', HOUR_MS);
    expect(clocks.ownAheadSeconds).to.equal(-3_600);
    // It is set.
    clock.advance(HOUR_MS);
    for (const node of ['a', 'b', 'c', 'd']) note(node, 0);
    expect(clocks.ownAheadSeconds).to.equal(undefined);
  });
});
