import { expect } from 'chai';
import * as fc from 'fast-check';
import pino from 'pino';
import { Usage } from '../../../node/analysis/usage/index.ts';
import { DoubleClicks } from '../../../node/analysis/usage/double-clicks.ts';
import { Identity } from '../../../node/identity/index.ts';
import { aPut } from '../../support/builders.ts';
import { silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { aUsage, codeOf, FIREFOX, NOW, type UsageFixture } from './usage-fixture.ts';

describe('usage of the own items', () => {
  let fixture: UsageFixture;
  beforeEach(async () => {
    fixture = await aUsage();
  });
  afterEach(async () => {
    await fixture.close();
  });

  const countsOf = async (item: string): Promise<[number, number]> => {
    const { investigations, requests } = await fixture.usage.counts(item);
    return [investigations, requests];
  };

  it('counts a page that is seen as an investigation, and a file as a request, which is an investigation too', async () => {
    const [item] = fixture.items;
    expect(await fixture.hit({ kind: 'investigation' })).to.equal('counted');
    expect(await countsOf(item)).to.deep.equal([1, 0]);
    expect(await fixture.hit({ kind: 'request' })).to.equal('counted');
    expect(await countsOf(item)).to.deep.equal([2, 1]);
  });

  it('counts by month in UTC and by item, with the most used items first', async () => {
    const [a, b, c] = fixture.items;
    const lastOfOctober = Date.UTC(2026, 9, 31, 23, 59, 59, 999);
    await fixture.hit({ key: a, time: lastOfOctober });
    await fixture.hit({ key: b, kind: 'request', time: lastOfOctober + 1 });
    await fixture.hit({ key: c });
    await fixture.hit({ key: c, address: '192.0.2.2' });
    expect(await fixture.usage.own()).to.deep.equal([
      {
        month: '2026-10',
        investigations: 1,
        requests: 0,
        revision: 1,
        items: [{ key: a, investigations: 1, requests: 0 }],
      },
      {
        month: '2026-11',
        investigations: 3,
        requests: 1,
        revision: 1,
        items: [
          { key: b, investigations: 1, requests: 1 },
          { key: c, investigations: 2, requests: 0 },
        ],
      },
    ]);
  });

  it('shows at most a hundred items', async () => {
    const put = await fixture.test.catalogue.put([...Array(120).keys()].map((n) => aPut(100 + n)));
    for (const [n, { key }] of put.entries())
      for (let i = 0; i <= n % 3; i++) await fixture.hit({ key, address: `192.0.2.${i}` });
    const [month] = await fixture.usage.own();
    expect(month?.items).to.have.length(100);
    expect(month?.items.filter(({ investigations }) => investigations === 3)).to.have.length(40);
    expect(month?.items.filter(({ investigations }) => investigations === 1)).to.have.length(20);
  });

  it('leaves out robots, and who does not say what they are', async () => {
    for (const userAgent of ['Googlebot/2.1 (+http://www.google.com/bot.html)', 'curl/8.5.0', '', '  '])
      expect(await fixture.hit({ userAgent })).to.equal('robot');
    expect(await countsOf(fixture.items[0])).to.deep.equal([0, 0]);
  });

  it('takes the list of robots that it is given', async () => {
    const { test, clock, items } = fixture;
    const usage = new Usage({
      section: test.store.section('usage'),
      catalogue: test.catalogue,
      signer: test.identity,
      clock,
      log: silentLog,
      isRobot: (userAgent) => userAgent === FIREFOX,
    });
    const hit = { kind: 'request', key: items[0], address: '192.0.2.1', time: NOW } as const;
    expect(await usage.record({ ...hit, userAgent: FIREFOX })).to.equal('robot');
    expect(await usage.record({ ...hit, userAgent: 'Something else' })).to.equal('counted');
  });

  describe('a double click (COUNTER 5.1, 7.2)', () => {
    it('is one action: up to 30 seconds, by the same user, on the same item, of the same kind', async () => {
      await fixture.hit();
      expect(await fixture.hit({ time: NOW - 30_000 })).to.equal('double-click');
      expect(await fixture.hit({ address: '192.0.2.2' })).to.equal('counted');
      expect(await fixture.hit({ userAgent: `${FIREFOX} other` })).to.equal('counted');
      expect(await fixture.hit({ key: fixture.items[1] })).to.equal('counted');
      expect(await fixture.hit({ kind: 'request' })).to.equal('counted');
      expect(await countsOf(fixture.items[0])).to.deep.equal([4, 1]);
    });

    it('is two actions after more than 30 seconds', async () => {
      await fixture.hit();
      fixture.clock.advance(30_001);
      expect(await fixture.hit()).to.equal('counted');
    });

    it('goes on as long as each click is within 30 seconds of the one before', async () => {
      await fixture.hit();
      for (let i = 0; i < 5; i++) {
        fixture.clock.advance(25_000);
        expect(await fixture.hit()).to.equal('double-click');
      }
      expect(await countsOf(fixture.items[0])).to.deep.equal([1, 0]);
    });

    it('across midnight is found too, and counts in the month of the last click', async () => {
      const beforeMidnight = Date.UTC(2026, 11, 1) - 10_000;
      fixture.clock.advance(beforeMidnight - NOW);
      await fixture.hit();
      fixture.clock.advance(20_000);
      expect(await fixture.hit()).to.equal('double-click');
      const months = await fixture.usage.own();
      expect(months.map(({ month, investigations }) => [month, investigations])).to.deep.equal([
        ['2026-11', 0],
        ['2026-12', 1],
      ]);
    });

    it('does not depend on the order in which the clicks come', () => {
      fc.assert(
        fc.property(
          fc
            .array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 6 })
            .chain((steps) =>
              fc.tuple(fc.constant(steps), fc.shuffledSubarray(steps, { minLength: steps.length })),
            ),
          ([inOneOrder, inAnother]) => {
            expect(actions(inOneOrder)).to.equal(actions(inAnother));
          },
        ),
        { numRuns: 200, seed: 7_002 },
      );
    });

    it('is looked for among a bounded number of users; beyond it, the log says that it is not', () => {
      const lines: string[] = [];
      const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
      const clicks = new DoubleClicks({ clock: new TestClock(NOW), log, maxRemembered: 10 });
      for (let i = 0; i < 100; i++) take(clicks, { address: `192.0.2.${i}` });
      expect(clicks.size).to.equal(10);
      expect(take(clicks, { address: '192.0.2.99' })).to.equal(true);
      expect(take(clicks, { address: '192.0.2.1' })).to.equal(false);
      expect(lines).to.have.length(1);
      expect(lines[0]).not.to.include('192.0.2');
    });

    it('is forgotten after a minute, user and all', () => {
      const clock = new TestClock(NOW);
      const clicks = new DoubleClicks({ clock, log: silentLog });
      for (let i = 0; i < 100; i++) take(clicks, { address: `192.0.2.${i}`, time: clock.now() });
      clock.advance(60_001);
      take(clicks, { time: clock.now() });
      expect(clicks.size).to.equal(1);
    });
  });

  describe('refuses a hit', () => {
    it('on what is not held, is another node’s, or has been withdrawn', async () => {
      const other = await aUsage();
      try {
        const { catalogue } = fixture.test;
        const { head, feeds } = other.test.catalogue;
        const page = await feeds.page(head.node, 0, { entries: 10, bytes: 1_000_000 });
        await catalogue.accept(head, page?.entries ?? []);
        await catalogue.put([
          { type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'Retracted' },
        ]);
        expect(await codeOf(fixture.hit({ key: 'a'.repeat(20) }))).to.equal('USAGE_UNKNOWN_ITEM');
        expect(await codeOf(fixture.hit({ key: '../../etc/passwd' }))).to.equal('USAGE_UNKNOWN_ITEM');
        expect(await codeOf(fixture.hit({ key: other.items[0] }))).to.equal('USAGE_NOT_OWN');
        expect(await codeOf(fixture.hit({ key: fixture.items[0] }))).to.equal('USAGE_WITHDRAWN_ITEM');
      } finally {
        await other.close();
      }
    });

    it('that is to come, or of long ago, or at no time', async () => {
      const day = 86_400_000;
      for (const time of [NOW + day, NOW - 93 * day, Number.NaN, 1.5, -1, Infinity])
        expect(await codeOf(fixture.hit({ time }))).to.equal('USAGE_BAD_TIME');
      expect(await fixture.hit({ time: NOW - 91 * day })).to.equal('counted');
    });

    it('that cannot be written, and counts it when it is sent again', async () => {
      const { test, clock, items } = fixture;
      const section = test.store.section('usage-of-full-disk');
      await section.open();
      let isFull = true;
      const { db } = section;
      Object.defineProperty(section, 'db', {
        value: {
          batch: () => {
            const batch = db.batch();
            if (isFull) batch.write = () => batch.close().then(() => Promise.reject(new Error('ENOSPC')));
            return batch;
          },
        },
      });
      const usage = new Usage({
        section,
        catalogue: test.catalogue,
        signer: Identity.generate(),
        clock,
        log: silentLog,
      });
      const hit = {
        kind: 'request',
        key: items[0],
        address: '192.0.2.1',
        userAgent: FIREFOX,
        time: NOW,
      } as const;
      expect(await codeOf(usage.record(hit))).to.include('ENOSPC');
      isFull = false;
      expect(await usage.record(hit)).to.equal('counted');
      expect(await usage.counts(items[0])).to.deep.equal({ investigations: 1, requests: 1 });
    });
  });

  it('keeps nothing personal, on disk or in the log', async () => {
    const lines: string[] = [];
    const { test, clock, items } = fixture;
    const section = test.store.section('usage');
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const usage = new Usage({ section, catalogue: test.catalogue, signer: test.identity, clock, log });
    const hit = {
      kind: 'request',
      key: items[0],
      address: '203.0.113.77',
      userAgent: FIREFOX,
      time: NOW,
    } as const;
    await usage.record(hit);
    await usage.record(hit);
    await codeOf(usage.record({ ...hit, key: 'unknown' }));
    await usage.own();
    const stored = (await section.iterator().all()).map(
      ([key, value]) => key + Buffer.from(value).toString('latin1'),
    );
    for (const text of [...stored, ...lines]) {
      expect(text).not.to.include('203.0.113.77');
      expect(text).not.to.include('Firefox');
    }
    expect(stored.map((text) => text.slice(0, 2)).sort()).to.deep.equal(['i!', 'm!', 's!', 't!']);
  });

  it('counts a flood of hits at once, each one time', async () => {
    const hits = [...Array(500).keys()].map((i) => fixture.hit({ address: `10.0.${i >> 8}.${i & 255}` }));
    expect(new Set(await Promise.all(hits))).to.deep.equal(new Set(['counted']));
    expect(await countsOf(fixture.items[0])).to.deep.equal([500, 0]);
    await fixture.restart();
    expect(await countsOf(fixture.items[0])).to.deep.equal([500, 0]);
  });
});

function take(clicks: DoubleClicks, parts: { address?: string; time?: number }): boolean {
  const click = {
    address: '192.0.2.1',
    userAgent: FIREFOX,
    key: 'item',
    kind: 'request' as const,
    time: NOW,
  };
  return clicks.take({ ...click, ...parts }).isRepeat;
}

/** How many actions clicks at these times are, given in tens of seconds. */
function actions(times: readonly number[]): number {
  const clicks = new DoubleClicks({ clock: new TestClock(NOW), log: silentLog });
  let sum = 0;
  for (const time of times) {
    const { changes } = clicks.take({
      address: '192.0.2.1',
      userAgent: FIREFOX,
      key: 'item',
      kind: 'request',
      time: NOW + time * 10_000,
    });
    for (const change of changes.values()) sum += change;
  }
  return sum;
}
