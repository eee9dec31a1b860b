import { expect } from 'chai';
import * as fc from 'fast-check';
import type { HarvestSummary } from '../../../../node/harvest/index.ts';
import type { ListManners } from '../../../support/misbehaving-repository.ts';
import { aHarvest, aSource, HOUR, type TestHarvest } from '../../../support/test-harvest.ts';

const PAGE = 10;
const MINUTE = 60_000;
const START = Date.UTC(2016, 0, 1);

const stamp = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** Numbers from 0 up, in an order that is no order, always the same. */
function shuffled(count: number): number[] {
  let seed = 7;
  const numbers = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    const j = seed % (i + 1);
    [numbers[i], numbers[j]] = [numbers[j]!, numbers[i]!];
  }
  return numbers;
}

describe('a repository whose list breaks off', () => {
  let test: TestHarvest;
  beforeEach(async () => {
    test = await aHarvest();
    test.repository.pageSize = PAGE;
  });
  afterEach(async () => {
    await test.close();
  });

  /** So many records, half an hour from one to the next, in the order of their numbers or in none. */
  function fill(count: number, numbers = Array.from({ length: count }, (_, i) => i)): void {
    for (const [i, n] of numbers.entries())
      test.repository.put(n, `Title ${n}`, stamp(START + i * 30 * MINUTE));
  }

  const manners = (some: Partial<ListManners>): void => {
    test.repository.manners = { ...test.repository.manners, ...some };
  };

  async function run(full = false): Promise<HarvestSummary> {
    const [summary] = await test.harvester.run({ full });
    if (summary === undefined) throw new Error('no summary');
    return summary;
  }

  const codes = async (): Promise<string[]> =>
    (await test.harvester.issues({ limit: 100 })).map(({ code }) => code);

  const held = async (): Promise<number> =>
    Object.values(await test.content()).filter((it) => it !== 'deleted').length;

  /** Nothing is taken for vanished: the next full harvest deletes one that has vanished, and no other. */
  async function findsWhatVanished(count: number): Promise<void> {
    test.repository.drop(3);
    expect(await run(true)).to.include({ outcome: 'complete', deleted: 1 });
    expect(await held()).to.equal(count - 1);
  }

  describe('because its tokens do not last', () => {
    it('is gone on with where it was, when it is in order of dates: hardly a record is read twice', async () => {
      fill(300);
      manners({ tokensLast: 12 });
      const { outcome, created, records } = await run();
      expect({ outcome, created }).to.deep.equal({ outcome: 'complete', created: 300 });
      // Each part begins with the last record of the one before.
      expect(records).to.be.within(300, 305);
      expect(test.repository.pagesAsked).to.be.lessThan(50);
      expect(await codes()).to.deep.equal(['OAI_TOKENS_EXPIRE']);
      await findsWhatVanished(300);
    });

    it('is read in windows, when it is in no order, and no window is read twice', async () => {
      fill(300, shuffled(300));
      manners({ tokensLast: 12, order: 'identifier' });
      const { outcome, created, records } = await run();
      expect({ outcome, created }).to.deep.equal({ outcome: 'complete', created: 300 });
      // What was read before it broke off is read again, once.
      expect(records).to.be.lessThan(300 + 120 + 10);
      await findsWhatVanished(300);
    });

    it('is read in windows, when it does not say how long it is', async () => {
      fill(300);
      manners({ tokensLast: 12, tellsSize: false });
      const { outcome, created, records } = await run();
      expect({ outcome, created }).to.deep.equal({ outcome: 'complete', created: 300 });
      expect(records).to.be.lessThan(300 + 2 * 120);
      await findsWhatVanished(300);
    });

    it('is gone on with after a restart, and what was read is not read again', async () => {
      fill(300, shuffled(300));
      manners({ tokensLast: 12, order: 'identifier' });
      let pages = 0;
      test.repository.spoil = (_answer, { verb, parameters }) =>
        verb === 'ListRecords' && parameters.has('until') && (pages += 1) > 6 ? { status: 404 } : undefined;
      expect(await run()).to.include({ outcome: 'failed' });
      const { windows } = test.repository;
      const before = windows.at(-1);
      const records = await held();
      expect(records).to.be.greaterThan(120);
      test.repository.spoil = () => undefined;
      test.repository.asked.length = 0;
      await test.reopen();
      expect(await run()).to.include({ outcome: 'complete', created: 300 - records });
      // The very window that failed, of the size that had been learnt.
      expect(test.repository.windows[0]).to.deep.equal(before);
      expect(test.repository.froms.every((from) => (from ?? '') >= (before?.from ?? ''))).to.equal(true);
    });

    it('takes changes during the harvest in, wherever they fall', async () => {
      fill(300, shuffled(300));
      manners({ tokensLast: 8, order: 'identifier' });
      let answers = 0;
      test.repository.spoil = () => {
        answers += 1;
        if (answers % 10 !== 0) return undefined;
        test.clock.advance(1_000);
        test.repository.put(answers, `Changed ${answers}`);
        return undefined;
      };
      expect(await run()).to.include({ outcome: 'complete' });
      test.repository.spoil = () => undefined;
      test.clock.advance(HOUR);
      await run();
      const content = await test.content();
      for (const { header, metadata } of test.repository.records.values()) {
        const title = /<dc:title>([^<]*)/.exec(metadata ?? '')?.[1];
        expect(content[header.identifier.replace('oai:repository.example:', '')]).to.equal(title);
      }
    });

    it('and that counts days, is read by days, though one day is too long for it: that is told', async () => {
      test.repository.identify = { granularity: 'YYYY-MM-DD', earliestDatestamp: '2016-01-01' };
      for (let n = 0; n < 100; n += 1) test.repository.put(n, `Title ${n}`, `2016-01-${10 + (n % 5)}`);
      for (let n = 100; n < 200; n += 1) test.repository.put(n, `Title ${n}`, '2016-03-01');
      manners({ tokensLast: 5, order: 'identifier', takesSeconds: false });
      expect(await run()).to.include({ outcome: 'complete' });
      const issue = (await test.harvester.issues({ limit: 10 })).find(
        ({ code }) => code === 'OAI_WINDOW_TOO_LARGE',
      );
      expect(issue).to.include({ severity: 'error' });
      expect(issue?.message).to.include('at 2016-03-01');
      // All but what is behind the fifth page of that day.
      expect(await held()).to.equal(150);
      test.repository.drop(3);
      expect(await run(true)).to.include({ deleted: 0 });
      expect(await codes()).to.include('HARVEST_INCOMPLETE_LIST');
      manners({ tokensLast: Infinity });
      expect(await run(true)).to.include({ created: 50, deleted: 1 });
      expect(await codes()).to.deep.equal([]);
    });

    it('and that ignores until, is gone on with in its order', async () => {
      fill(300);
      manners({ tokensLast: 12, ignoresUntil: true });
      expect(await run()).to.include({ outcome: 'complete', created: 300 });
      expect(test.repository.pagesAsked).to.be.lessThan(45);
      await findsWhatVanished(300);
    });

    it('and that ignores until and does not say how long it is: nothing is taken for vanished', async () => {
      fill(300);
      manners({ tokensLast: 12, ignoresUntil: true, tellsSize: false });
      expect(await run()).to.include({ outcome: 'complete', created: 300 });
      expect(await codes()).to.have.members(['OAI_TOKENS_EXPIRE', 'OAI_UNTIL_IGNORED']);
      test.repository.drop(3);
      expect(await run(true)).to.include({ outcome: 'complete', deleted: 0 });
    });

    it('and that ignores until and has no order: it says what to do', async () => {
      fill(300, shuffled(300));
      manners({ tokensLast: 12, ignoresUntil: true, order: 'identifier' });
      const { error } = await run();
      expect(error).to.include({ code: 'HARVEST_DATES_IGNORED' });
      expect(error?.remedy).to.include('lifetime');
      expect(await held()).to.be.greaterThan(100);
    });

    for (const earliestDatestamp of [
      '0001-01-01T00:00:00Z',
      '2999-01-01T00:00:00Z',
      '2016-01-20T00:00:00Z',
      'never',
    ]) {
      it(`and whose earliest date is said to be ${earliestDatestamp}`, async () => {
        test.repository.identify = { earliestDatestamp };
        fill(300, shuffled(300));
        manners({ tokensLast: 12, order: 'identifier' });
        expect(await run()).to.include({ outcome: 'complete', created: 300 });
        expect(test.repository.pagesAsked).to.be.lessThan(130);
        expect(await codes()).to.have.members(['OAI_TOKENS_EXPIRE', 'OAI_EARLIEST_WRONG']);
        await findsWhatVanished(300);
      });
    }

    it('ends with what the repository has, whatever its manners', async () => {
      const any = fc.record({
        count: fc.integer({ min: 1, max: 120 }),
        order: fc.constantFrom('datestamp' as const, 'identifier' as const),
        tellsSize: fc.boolean(),
        tokensLast: fc.integer({ min: 3, max: 12 }),
        ignoresUntil: fc.boolean(),
        /** Minutes from one record to the next. */
        apart: fc.constantFrom(0, 1, 60, 10_000),
        mixed: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(any, async ({ count, apart, mixed, ...some }) => {
          const one = await aHarvest();
          try {
            one.repository.pageSize = PAGE;
            one.repository.manners = { ...one.repository.manners, ...some };
            const numbers = mixed ? shuffled(count) : Array.from({ length: count }, (_, i) => i);
            for (const [i, n] of numbers.entries())
              one.repository.put(n, `T${n}`, stamp(START + i * apart * MINUTE));
            const [summary] = await one.harvester.run();
            await one.harvester.run({ full: true });
            const content = Object.values(await one.content());
            expect(content).not.to.include('deleted');
            const told = (await one.harvester.issues({ limit: 100 })).map(({ code }) => code);
            const isTold = told.includes('OAI_WINDOW_TOO_LARGE') || told.includes('HARVEST_DATES_IGNORED');
            if (summary?.outcome === 'complete' && !isTold) expect(content).to.have.length(count);
            else expect(isTold, told.join()).to.equal(true);
          } finally {
            await one.close();
          }
        }),
        { seed: 20261121, numRuns: 12 },
      );
    });
  });

  describe('because a list can be too long for it', () => {
    /** The runs that it takes to see that it is the place, and the one in which it is gone round. */
    async function afterSomeRuns(): Promise<HarvestSummary> {
      for (let n = 0; n < 3; n += 1) expect(await run()).to.include({ outcome: 'failed' });
      return await run();
    }

    it('is read in windows that it bears', async () => {
      fill(400, shuffled(400));
      manners({ mostListed: 60, order: 'identifier' });
      expect(await afterSomeRuns()).to.include({ outcome: 'complete', created: 400 });
      expect(await codes()).to.deep.equal(['HARVEST_STALLED']);
      expect(test.repository.pagesAsked).to.be.lessThan(140);
      manners({ mostListed: Infinity });
      await findsWhatVanished(400);
    });

    it('is not taken for out of order when it is: what was read stays read, and it goes on later', async () => {
      fill(400, shuffled(400));
      manners({ mostListed: 60, order: 'identifier' });
      let down = false;
      test.repository.spoil = (answer) => {
        down ||= answer.includes('Title 5<');
        return down ? { status: 500 } : undefined;
      };
      for (let n = 0; n < 3; n += 1) expect(await run()).to.include({ outcome: 'failed' });
      expect((await run()).error).to.include({ code: 'OAI_HTTP_STATUS' });
      const before = await held();
      expect(before).to.be.within(10, 390);
      expect(await codes()).not.to.include('OAI_WINDOW_UNREADABLE');
      test.repository.spoil = () => undefined;
      test.repository.asked.length = 0;
      expect(await run()).to.include({ outcome: 'complete', created: 400 - before });
    });
  });

  describe('because it fails over a record', () => {
    async function afterSomeRuns(): Promise<HarvestSummary> {
      let summary = await run();
      for (let n = 0; n < 4 && summary.outcome === 'failed'; n += 1) summary = await run();
      return summary;
    }

    it('is read but for that record, which is named', async () => {
      fill(200);
      manners({ poison: new Set([117]) });
      expect(await afterSomeRuns()).to.include({ outcome: 'complete' });
      expect(await held()).to.equal(199);
      const [issue] = await test.harvester.issues({ severity: 'error', limit: 10 });
      expect(issue).to.include({ code: 'OAI_RECORD_FAILS', oaiIdentifier: 'oai:repository.example:117' });
      manners({ poison: new Set() });
      expect(await run(true)).to.include({ outcome: 'complete', created: 1, deleted: 0 });
      expect(await codes()).to.deep.equal([]);
    });

    it('keeps the record as it was before', async () => {
      fill(100);
      await run();
      manners({ poison: new Set([42]) });
      test.clock.advance(HOUR);
      test.repository.drop(7);
      let summary = await run(true);
      for (let n = 0; n < 4 && summary.outcome === 'failed'; n += 1) summary = await run(true);
      expect(summary).to.include({ outcome: 'complete', deleted: 1 });
      expect(await test.content()).to.include({ 42: 'Title 42', 7: 'deleted' });
    });

    it('names the dates where not even its identifier is to be had, and goes on behind them', async () => {
      fill(200);
      const bad = stamp(START + 117 * 30 * MINUTE);
      manners({ poison: new Set([117]) });
      test.repository.spoil = (answer, { verb }) =>
        verb === 'ListIdentifiers' && answer.includes(bad) ? { status: 500 } : undefined;
      expect(await afterSomeRuns()).to.include({ outcome: 'complete' });
      expect(await held()).to.equal(199);
      const [issue] = await test.harvester.issues({ severity: 'error', limit: 10 });
      expect(issue).to.include({ code: 'OAI_WINDOW_UNREADABLE' });
      expect(issue?.message).to.include(bad);
      expect(issue?.detail).to.include('500');
      test.repository.drop(3);
      expect(await run(true)).to.include({ deleted: 0 });
      test.repository.spoil = () => undefined;
      manners({ poison: new Set() });
      expect(await run(true)).to.include({ created: 1, deleted: 1 });
      expect(await codes()).to.deep.equal([]);
    });
  });

  it('tells how much has been read, by the time that its windows cover', async () => {
    fill(300, shuffled(300));
    manners({ tokensLast: 8, order: 'identifier' });
    const shares: number[] = [];
    const totals = new Set<number | undefined>();
    const end = test.harvester.onProgress(() => {
      const progress = test.harvester.state()[0]?.progress;
      if (progress?.share === undefined) return;
      shares.push(progress.share);
      totals.add(progress.total);
    });
    await run();
    end();
    expect([...totals]).to.deep.equal([300, undefined]);
    expect(shares.at(-1)).to.equal(1);
    const inWindows = shares.slice(8);
    expect(inWindows.toSorted((a, b) => a - b)).to.deep.equal(inWindows);
  });

  it('has each of its sets gone through by itself', async () => {
    await test.reopen([aSource(test.repository.url, { sets: ['a', 'b'] })]);
    test.repository.sets = [
      { spec: 'a', name: 'A' },
      { spec: 'b', name: 'B' },
    ];
    for (const [i, n] of shuffled(200).entries()) {
      test.repository.put(
        n,
        `Title ${n}`,
        stamp(START + i * 30 * MINUTE),
        n % 4 === 0 ? [] : [n % 2 === 0 ? 'a' : 'b'],
      );
    }
    manners({ tokensLast: 4, order: 'identifier' });
    expect(await run()).to.include({ outcome: 'complete', created: 150 });
  });
});
