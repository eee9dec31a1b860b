import { expect } from 'chai';
import type { Change } from '../../node/catalogue/index.ts';
import { RecentChanges } from '../../node/catalogue/recent-changes.ts';

const change = (position: number): Change => ({ position, key: '', holding: undefined });

describe('the changes that were decoded last', () => {
  it('are kept as they are, a thousand of them, whoever reads earlier ones meanwhile', () => {
    const recent = new RecentChanges();
    const changes = Array.from({ length: 5_000 }, (_, i) => change(i + 1));
    for (const one of changes) recent.keep(one, 1_000);
    for (const one of changes.slice(0, 2_000)) recent.keep(one, 1_000);
    expect(recent.at(5_000)).to.equal(changes.at(-1));
    expect(recent.at(4_001)).to.equal(changes[4_000]);
    expect(recent.at(3_000)).to.equal(undefined);
  });

  it('are no more than memory has room for: a few large ones, and small ones again when those are past', () => {
    const recent = new RecentChanges();
    const kept = (): number =>
      Array.from({ length: 5_000 }, (_, i) => recent.at(i)).filter((one) => one !== undefined).length;
    for (let position = 0; position < 1_100; position += 1) recent.keep(change(position), 4_000_000);
    expect(kept()).to.equal(2);
    for (let position = 1_100; position < 3_200; position += 1) recent.keep(change(position), 1_000);
    expect(kept()).to.equal(1_024);
  });
});
