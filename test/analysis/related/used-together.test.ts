import { expect } from 'chai';
import { UsedTogether } from '../../../node/analysis/related/index.ts';
import type { Store } from '../../../node/store/index.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

describe('what is used together', () => {
  let test: TestCatalogue;
  let store: Store;
  let clock: TestClock;
  let used: UsedTogether;

  beforeEach(async () => {
    clock = new TestClock();
    test = await aCatalogue({ clock });
    store = test.store;
    used = new UsedTogether({ section: store.section('used-together'), clock });
  });
  afterEach(() => test.close());

  const sessions = async (count: number, keys: readonly string[], name = 's'): Promise<void> => {
    for (let i = 0; i < count; i += 1) for (const key of keys) await used.seen(`${name}${i}`, key);
  };

  it('is told only where five sessions had both', async () => {
    await sessions(4, ['a', 'b']);
    expect(await used.usedWith('a', 10)).to.deep.equal([]);
    await sessions(1, ['b', 'a'], 'fifth');
    expect(await used.usedWith('a', 10)).to.deep.equal([{ key: 'b', sessions: 5 }]);
    expect(await used.usedWith('b', 10)).to.deep.equal([{ key: 'a', sessions: 5 }]);
  });

  it('counts a session once, however often it comes back to a work', async () => {
    await sessions(1, ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']);
    await sessions(4, ['a', 'b'], 't');
    expect((await used.usedWith('a', 10))[0]?.sessions).to.equal(5);
  });

  it('begins another session after half an hour', async () => {
    for (let i = 0; i < 8; i += 1) {
      await used.seen('reader', 'a');
      clock.advance(31 * MINUTE);
      await used.seen('reader', 'b');
      clock.advance(31 * MINUTE);
    }
    expect(await used.usedWith('a', 10)).to.deep.equal([]);
  });

  it('is forgotten slowly', async () => {
    await sessions(12, ['a', 'b']);
    clock.advance(182 * DAY);
    expect((await used.usedWith('a', 10))[0]?.sessions).to.equal(6);
    clock.advance(182 * DAY);
    expect(await used.usedWith('a', 10)).to.deep.equal([]);
  });

  it('keeps pairs of records and counts, and nothing of who used them', async () => {
    await sessions(6, ['a', 'b', 'c'], 'name-of-a-session');
    const rows = await store.section('used-together').iterator().all();
    expect(rows.map(([key]) => key)).to.deep.equal(['u!a', 'u!b', 'u!c']);
    for (const [, value] of rows) expect(Buffer.from(value).toString('latin1')).to.not.include('name-of');
  });

  it('learns nothing more from who leafs through everything, and remembers fifty works beside one', async () => {
    const all = Array.from({ length: 80 }, (_, i) => `k${String(i).padStart(2, '0')}`);
    await sessions(6, all);
    expect(await used.usedWith('k00', 100)).to.have.length(19);
    expect(await used.usedWith('k30', 100)).to.deep.equal([]);
    for (const key of all) await sessions(6, ['hub', key], `hub-${key}`);
    expect(await used.usedWith('hub', 100)).to.have.length.at.most(50);
  });

  it('is there after a restart', async () => {
    await sessions(5, ['a', 'b']);
    await used.idle();
    const again = new UsedTogether({ section: store.section('used-together'), clock });
    expect(await again.usedWith('a', 10)).to.deep.equal([{ key: 'b', sessions: 5 }]);
  });
});
