import { expect } from 'chai';
import { Usage } from '../../../node/analysis/usage/index.ts';
import { silentLog } from '../../support/test-catalogue.ts';
import { aUsage, FIREFOX, NOW, type UsageFixture } from './usage-fixture.ts';

describe('the items of one session', () => {
  let fixture: UsageFixture;
  let seen: { session: string; key: string }[];
  let usage: Usage;

  beforeEach(async () => {
    fixture = await aUsage();
    seen = [];
    const { test, clock } = fixture;
    usage = new Usage({
      section: test.store.section('usage'),
      catalogue: test.catalogue,
      signer: test.identity,
      sessions: { seen: async (session, key) => void seen.push({ session, key }) },
      clock,
      log: silentLog,
    });
  });
  afterEach(() => fixture.close());

  const hit = (parts: { key?: string; address?: string; userAgent?: string }): Promise<string> =>
    usage.record({
      kind: 'investigation',
      key: fixture.items[0],
      address: '192.0.2.1',
      userAgent: FIREFOX,
      time: fixture.clock.now(),
      ...parts,
    });

  it('are told under a name that says nothing of the user and is another one the next day', async () => {
    await hit({});
    await hit({ key: fixture.items[1] });
    await hit({ address: '192.0.2.2' });
    fixture.clock.advance(86_400_000);
    await hit({});
    const [first, second, other, nextDay] = seen.map(({ session }) => session);
    expect(first).to.equal(second);
    expect(new Set([first, other, nextDay])).to.have.property('size', 3);
    expect(seen.map(({ key }) => fixture.items.indexOf(key))).to.deep.equal([0, 1, 0, 0]);
    expect(JSON.stringify(seen)).to.not.include('192.0.2').and.to.not.include('Firefox');
  });

  it('are what is counted: no robots, no double clicks', async () => {
    await hit({ userAgent: 'Googlebot/2.1' });
    await hit({});
    await hit({});
    expect(seen).to.have.length(1);
    expect(fixture.clock.now()).to.equal(NOW);
  });

  it('take nothing from the count where they cannot be told', async () => {
    const { test, clock, items } = fixture;
    const failing = new Usage({
      section: test.store.section('usage'),
      catalogue: test.catalogue,
      signer: test.identity,
      sessions: { seen: () => Promise.reject(new Error('disk full')) },
      clock,
      log: silentLog,
    });
    const one = {
      kind: 'request',
      key: items[0],
      address: '192.0.2.9',
      userAgent: FIREFOX,
      time: NOW,
    } as const;
    expect(await failing.record(one)).to.equal('counted');
    expect(await failing.counts(items[0])).to.deep.equal({ investigations: 1, requests: 1 });
  });
});
