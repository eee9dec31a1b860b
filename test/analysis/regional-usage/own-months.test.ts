import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { SignatureVerifier } from '../../../protocols/heads/index.ts';
import {
  decodeSummary,
  encodeSummary,
  verifySummary,
  type SignedSummary,
} from '../../../protocols/usage-summary/index.ts';
import { all } from '../../support/all.ts';
import { aRegion, aSigned, use, type RegionFixture } from './a-region.ts';

const MONTH = '2026-10';
const DAY = 86_400_000;
const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(20)) as [string, string, string];

describe('the own months', () => {
  let region: RegionFixture;
  beforeEach(async () => {
    region = await aRegion();
  });
  afterEach(() => region.close());

  const stated = async (): Promise<SignedSummary | undefined> => {
    await region.usage.state();
    return await region.usage.summary(region.identity.node, MONTH);
  };

  it('are told again by a node that has another id, and lets go of what it said under the former one', async () => {
    const { own, usage, identity } = region;
    own.add(MONTH, a, use(5, 3, 2, 1));
    expect((await stated())?.revision).to.equal(1);
    await usage.forget(identity.node);
    expect((await stated())?.total).to.deep.equal(use(5, 3, 2, 1));
  });

  it('are told with types, languages, top items and works, signed, in a form that others take', async () => {
    const { own, described, identity } = region;
    described.set(a, { names: [`record:${a}`, 'doi:10.1/a'], title: 'A', type: 'c_6501', language: 'es' });
    described.set(b, { names: [`record:${b}`], title: 'ß'.repeat(80), type: 'c_6501', language: 'en' });
    own.add(MONTH, a, use(5, 3, 2, 1));
    own.add(MONTH, b, use(7, 6, 1, 1));
    own.add(MONTH, c, use(1, 1, 0, 0));
    const summary = await stated();
    if (summary === undefined) throw new Error('nothing was stated');
    expect(summary).to.deep.include({
      node: identity.node,
      month: MONTH,
      revision: 1,
      total: use(13, 10, 3, 2),
      machine: { investigations: 7, requests: 3 },
      byType: [{ value: 'c_6501', metrics: use(12, 9, 3, 2) }],
      byLanguage: [
        { value: 'en', metrics: use(7, 6, 1, 1) },
        { value: 'es', metrics: use(5, 3, 2, 1) },
      ],
      byCountry: [],
      days: { first: '2026-10-03', last: '2026-10-20', count: 2 },
      isFinal: true,
    });
    expect(summary.top.map(({ key, requests }) => [key, requests])).to.deep.equal([
      [a, 2],
      [b, 1],
      [c, 0],
    ]);
    expect(summary.top[1]?.title).to.match(/^ß+…$/);
    expect(Buffer.byteLength(summary.top[1]?.title ?? '')).to.be.within(110, 120);
    expect(summary.works.count).to.equal(3);
    expect(decodeSummary(encodeSummary(summary))).to.deep.equal(summary);
    expect(await verifySummary(summary, new SignatureVerifier())).to.equal(true);
    const other = await aRegion();
    try {
      expect(await other.usage.accept(summary)).to.equal('new');
      const [wanted] = other.usage.wantedWorks();
      if (wanted === undefined) throw new Error('no works are wanted');
      const pages = (await region.usage.worksPages(wanted, 0, 1e9)) ?? [];
      expect(await other.usage.acceptWorks(wanted, pages)).to.equal(true);
      expect(other.usage.wantedWorks()).to.deep.equal([]);
      const { metrics } = await other.usage.work(['doi:10.1/a', `record:${a}`]);
      expect(metrics).to.deep.equal(use(5, 3, 2, 1));
    } finally {
      await other.close();
    }
  });

  it('tell countries only where the operator wants that, small ones together', async () => {
    const { own } = region;
    own.add(MONTH, a, use(60, 50, 0, 0));
    own.byCountry.set('MX', use(35, 30));
    own.byCountry.set('PE', use(12, 9));
    own.byCountry.set('BO', use(3, 2));
    own.byCountry.set('ZZ', use(9, 8));
    expect((await stated())?.byCountry).to.deep.equal([]);
    const open = await aRegion({ publishCountries: true });
    try {
      open.own.add(MONTH, a, use(60, 50, 0, 0));
      for (const [country, metrics] of own.byCountry) open.own.byCountry.set(country, metrics);
      await open.usage.state();
      expect((await open.usage.summary(open.identity.node, MONTH))?.byCountry).to.deep.equal([
        { value: 'MX', metrics: use(35, 30) },
        { value: 'ZZ', metrics: use(24, 19) },
      ]);
      // Countries of other counts than the items', as when a month changes while it is summed up, are left out.
      open.own.byCountry.set('MX', use(500, 400));
      open.own.noteChange([MONTH]);
      await open.usage.state();
      expect((await open.usage.summary(open.identity.node, MONTH))?.byCountry).to.deep.equal([]);
    } finally {
      await open.close();
    }
  });

  it('are signed when counts have changed, with a revision that goes up, and not otherwise', async () => {
    region.own.add(MONTH, a);
    const first = await stated();
    expect(first?.revision).to.equal(1);
    region.clock.advance(DAY);
    region.own.noteChange([MONTH]);
    expect(await stated()).to.deep.equal(first);
    await region.restart();
    expect(await stated()).to.deep.equal(first);
    region.own.add(MONTH, b);
    expect(await stated()).to.deep.include({ revision: 2, total: use(2) });
    const { total } = await region.usage.totals({ by: 'month' });
    expect(total).to.deep.equal(use(2));
  });

  it('are final when all their days are over and counted, and not before', async () => {
    const { own, clock } = region;
    own.openDays = 1;
    own.add('2026-11', a);
    own.add(MONTH, a);
    expect((await stated())?.isFinal).to.equal(false);
    own.openDays = 0;
    expect((await stated())?.isFinal).to.equal(true);
    const november = async (): Promise<boolean | undefined> => {
      await region.usage.state();
      return (await region.usage.summary(region.identity.node, '2026-11'))?.isFinal;
    };
    expect(await november()).to.equal(false);
    clock.advance(11 * DAY);
    expect(await november()).to.equal(false);
    clock.advance(2 * DAY);
    expect(await november()).to.equal(true);
  });

  it('go above a revision that a peer still has from before a restore, and are told of again', async () => {
    const told: SignedSummary[] = [];
    region.usage.onOwnSummary((summary) => told.push(summary));
    region.own.add(MONTH, a);
    region.usage.start();
    await announced(region, () => told.length === 1);
    const lost = aSigned(region.identity, { revision: 7, total: use(40) });
    expect(await region.usage.accept(lost)).to.equal('new');
    await announced(region, () => told.length === 2);
    expect(told.map(({ revision, total }) => [revision, total.totalInvestigations])).to.deep.equal([
      [1, 1],
      [8, 1],
    ]);
    expect(await region.usage.accept(lost)).to.equal('known');
  });

  it('are told of some seconds after the first of many changes, and then now and then', async () => {
    const told: SignedSummary[] = [];
    region.usage.onOwnSummary((summary) => told.push(summary));
    region.usage.start();
    region.own.openDays = 1;
    region.own.add(MONTH, a);
    for (let i = 0; i < 10; i++) region.own.add('2026-11', b);
    await announced(region, () => told.length >= 2);
    expect(told.map(({ month, total }) => [month, total.totalInvestigations])).to.deep.equal([
      [MONTH, 1],
      ['2026-11', 10],
    ]);
    const before = region.clock.now();
    region.own.add('2026-11', b);
    await announced(region, () => told.length >= 3);
    expect(told[2]).to.deep.include({ month: '2026-11', revision: 2, total: use(11) });
    expect(region.clock.now() - before).to.be.within(14 * 60_000, 17 * 60_000);
  });

  it('are told of to nobody who has left', async () => {
    const [told, stayed]: SignedSummary[][] = [[], []];
    const stop = region.usage.onOwnSummary((summary) => told?.push(summary));
    region.usage.onOwnSummary((summary) => stayed?.push(summary));
    stop();
    region.own.add(MONTH, a);
    region.usage.start();
    await announced(region, () => stayed?.length === 1);
    expect(told).to.deep.equal([]);
  });

  it('of a former id of the node are forgotten with it', async () => {
    const { node } = region.identity;
    region.own.add(MONTH, a);
    await stated();
    await region.usage.succeed([node]);
    expect(await all(region.usage.summaries())).to.deep.equal([]);
    expect((await region.usage.totals({ by: 'month' })).coverage.nodes).to.deep.equal([]);
  });
});

/** Lets seconds pass until it is done; what is being summed up is waited for. */
async function announced({ clock, usage }: RegionFixture, isDone: () => boolean): Promise<void> {
  const end = clock.now() + 60 * 60_000;
  while (!isDone()) {
    if (clock.now() > end) throw new Error('it was not told of');
    if (clock.sleeping > 0) clock.advance(5_000);
    await usage.state();
    for (let i = 0; i < 20; i++) await setImmediate();
  }
}
