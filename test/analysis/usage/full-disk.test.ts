import { expect } from 'chai';
import type { Usage, UsageEvent } from '../../../node/analysis/usage/index.ts';
import type { Section } from '../../../node/store/index.ts';
import { failingDisk } from './failing-disk.ts';
import { codeOf } from '../../support/code-of.ts';
import { aUsage, four, NOW, type UsageFixture } from './usage-fixture.ts';

describe('a disk that takes nothing', () => {
  let fixture: UsageFixture;
  let section: Section;
  let usage: Usage;
  let isFull = false;
  beforeEach(async () => {
    isFull = false;
    fixture = await aUsage();
    section = await failingDisk(fixture.test.store.section('full'), () => isFull);
    usage = fixture.fresh({ section });
  });
  afterEach(() => fixture.close());

  const counts = async (): Promise<number[]> => four(await usage.counts(fixture.items[0] ?? ''));

  it('lets no event be acknowledged; when it comes again it counts', async () => {
    isFull = true;
    expect(await codeOf(usage.record(fixture.event()))).to.include('ENOSPC');
    expect(await codeOf(usage.take([fixture.event(), fixture.event()]))).to.include('ENOSPC');
    expect(await usage.months()).to.deep.equal([]);
    isFull = false;
    expect(await usage.record(fixture.event({ kind: 'request' }))).to.equal('counted');
    expect(await counts()).to.deep.equal([1, 1, 1, 1]);
  });

  it('leaves what was counted before to be told; what came since counts when there is room', async () => {
    await usage.record(fixture.event());
    const before = await usage.months();
    expect(await counts()).to.deep.equal([1, 1, 0, 0]);
    await usage.record(fixture.event({ address: '192.0.2.2' }));
    isFull = true;
    expect(await counts()).to.deep.equal([1, 1, 0, 0]);
    expect(await usage.months()).to.deep.equal(before);
    isFull = false;
    expect(await counts()).to.deep.equal([2, 2, 0, 0]);
  });

  it('makes no other users of those of a day that is being given anew', async () => {
    async function* interrupted(): AsyncGenerator<UsageEvent[]> {
      yield [];
      isFull = true;
      expect(await codeOf(usage.record(fixture.event({ time: NOW - 120_000 })))).to.include('ENOSPC');
      isFull = false;
      await usage.record(fixture.event({ time: NOW - 120_000 }));
      throw new Error('broken off');
    }
    expect(await codeOf(usage.restate(['2026-11-21'], interrupted()))).to.include('broken off');
    usage = fixture.fresh({ section });
    await usage.record(fixture.event({ time: NOW - 60_000 }));
    expect(await counts()).to.deep.equal([2, 1, 0, 0]);
  });

  it('keeps nothing from being counted once it can be read', async () => {
    const open = section.open.bind(section);
    section.open = () => Promise.reject(new Error('EIO'));
    expect(await codeOf(usage.record(fixture.event()))).to.include('EIO');
    section.open = open;
    expect(await usage.record(fixture.event())).to.equal('counted');
  });
});
