import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { InOrder, PATIENCE_MS } from '../../../node/federation/heads/in-order.ts';
import type { Announcement } from '../../../protocols/heads/index.ts';
import { TestClock } from '../../support/test-clock.ts';

const NODE = '12D3KooWSomebody';

describe('announcements of one node', () => {
  let clock: TestClock;
  let have: number;
  let taken: string[];
  let inOrder: InOrder;
  let isBusy: Promise<void>;
  beforeEach(() => {
    clock = new TestClock();
    have = 0;
    taken = [];
    isBusy = Promise.resolve();
    inOrder = new InOrder({
      have: () => have,
      take: async ({ head, after }) => {
        await isBusy;
        taken.push(`${after}-${head.seq}`);
        if (after <= have) have = Math.max(have, head.seq);
      },
      clock,
    });
  });

  const put = (after: number, seq: number, changes = 1): void =>
    inOrder.put({
      head: { node: NODE, seq },
      after,
      changes: Array.from({ length: changes }, () => ({})),
    } as unknown as Announcement);

  it('are taken in at once where nothing is missing before them', async () => {
    put(0, 1);
    await setImmediate();
    put(1, 2);
    await setImmediate();
    expect(taken).to.deep.equal(['0-1', '1-2']);
  });

  it('wait for one that they have overtaken', async () => {
    put(1, 2);
    put(2, 3);
    await setImmediate();
    expect(taken).to.deep.equal([]);
    put(0, 1);
    await setImmediate();
    expect(taken).to.deep.equal(['0-1', '1-2', '2-3']);
  });

  it('wait for it a moment only', async () => {
    put(1, 2);
    await setImmediate();
    clock.advance(PATIENCE_MS);
    await setImmediate();
    expect(taken, 'now it is a gap to be fetched').to.deep.equal(['1-2']);
  });

  it('do not wait where they bring no changes: there is nothing to gain', async () => {
    put(5, 5, 0);
    await setImmediate();
    expect(taken).to.deep.equal(['5-5']);
  });

  it('are taken in one after another, however long it takes to write them', async () => {
    let written = (): void => undefined;
    isBusy = new Promise((resolve) => {
      written = resolve;
    });
    put(0, 1);
    put(1, 2);
    await setImmediate();
    expect(taken).to.deep.equal([]);
    written();
    await setImmediate();
    expect(taken).to.deep.equal(['0-1', '1-2']);
  });

  it('wait no longer when the node stops', async () => {
    put(1, 2);
    await inOrder.stop();
    put(0, 1);
    clock.advance(PATIENCE_MS);
    await setImmediate();
    expect(taken).to.deep.equal([]);
  });

  it('are kept in bounded number: of too many the newest tells how far the gap goes', async () => {
    for (let seq = 2; seq < 1_000; seq++) put(seq - 1, seq);
    clock.advance(PATIENCE_MS);
    await setImmediate();
    expect(taken).to.have.length.below(17);
    expect(taken.at(-1)).to.equal('998-999');
  });
});
