import { expect } from 'chai';
import { Identity } from '../../../node/identity/index.ts';
import { ReplicationClient } from '../../../protocols/replication/index.ts';
import { encodeSummary, type SignedSummary } from '../../../protocols/usage-summary/index.ts';
import {
  aRegion,
  aSigned,
  aSignedWithWorks,
  use,
  type RegionFixture,
} from '../../analysis/regional-usage/a-region.ts';
import { all } from '../../support/all.ts';
import { TestClock } from '../../support/test-clock.ts';
import { TestNetwork, type TestMember } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

interface Member extends TestMember {
  region: RegionFixture;
}

describe('usage that gossip lost', () => {
  let net: TestNetwork;
  let clock: TestClock;
  const regions: RegionFixture[] = [];
  beforeEach(() => {
    net = new TestNetwork();
    clock = new TestClock(Date.UTC(2026, 10, 21));
  });
  afterEach(async () => {
    await net.close();
    for (const region of regions.splice(0)) await region.close();
  });

  async function member(name: string): Promise<Member> {
    const region = await aRegion();
    regions.push(region);
    const { identity, usage } = region;
    return Object.assign(await net.member(name, { clock, usage, identity, isKeyNew: true }), { region });
  }
  const passing =
    (condition: () => boolean): (() => boolean) =>
    () => {
      clock.advance(20_000);
      return condition();
    };
  async function met(a: Member, b: Member): Promise<void> {
    net.link(a, b);
    await until(
      'they follow each other',
      passing(() => b.sees(a)?.followed === true && a.sees(b)?.followed === true),
    );
  }
  const revisionAt = (at: Member, of: Member): number | undefined =>
    at.region.usage.statesOf(of.catalogue.node).get('2026-10')?.revision;
  const refusedCodes = (at: Member, of: Member): string[] =>
    at
      .sees(of)
      ?.refused.map(({ code }) => code)
      .filter((code) => code.startsWith('USAGE')) ?? [];

  it('comes by an exchange in pairs, with its works, and what both hold is not sent again', async () => {
    const [a, b] = [await member('a'), await member('b')];
    await met(a, b);
    net.hub.deliveries = () => 0;
    for (const revision of [1, 2]) {
      const items = Array.from(
        { length: 50 * revision },
        (_, i) => [[`doi:10.1/${i}`], use(2, 1, 1)] as const,
      );
      const { summary, pages, name } = aSignedWithWorks(a.identity, items, {
        revision,
        isFinal: true,
        time: Date.UTC(2026, 10, 10) + revision,
      });
      await a.region.usage.accept(summary);
      await a.region.usage.acceptWorks(name, pages);
      await until(
        `b has revision ${revision}`,
        passing(() => revisionAt(b, a) === revision && b.region.usage.wantedWorks().length === 0),
      );
      expect((await b.region.usage.work(['doi:10.1/7'])).metrics).to.deep.equal(use(2, 1, 1));
    }
    let asked = 0;
    const lackingIn = b.region.usage.lackingIn.bind(b.region.usage);
    b.region.usage.lackingIn = (...args) => {
      asked += 1;
      return lackingIn(...args);
    };
    const later = clock.now() + 60 * 60_000;
    await until(
      'an hour has passed',
      passing(() => clock.now() > later),
    );
    expect(asked).to.equal(0);
    expect([...refusedCodes(a, b), ...refusedCodes(b, a)]).to.deep.equal([]);
  });

  it('comes of third nodes too, as far as they are followed, and its works from whoever has them', async () => {
    const [a, b, c] = [await member('a'), await member('b'), await member('c')];
    const { summary, pages, name } = aSignedWithWorks(a.identity, [[['doi:10.1/a'], use(3)]], {});
    const stranger = aSigned(Identity.generate());
    await a.region.usage.accept(summary);
    await a.region.usage.acceptWorks(name, pages);
    await met(a, b);
    await until(
      'b has it',
      passing(() => revisionAt(b, a) === 1 && b.region.usage.wantedWorks().length === 0),
    );
    await b.region.usage.accept(stranger);
    net.cut(a, b);
    await met(b, c);
    await until(
      'c has it',
      passing(() => revisionAt(c, a) === 1 && c.region.usage.wantedWorks().length === 0),
    );
    expect((await c.region.usage.work(['doi:10.1/a'])).metrics).to.deep.equal(use(3));
    expect((await all(c.region.usage.summaries())).map(({ node }) => node)).to.deep.equal([a.catalogue.node]);
  });

  it('goes on from the page where it was broken off, at another source', async () => {
    const [a, b] = [await member('a'), await member('b')];
    const items = Array.from({ length: 600 }, (_, i) => [[`doi:10.1/${i}`], use(1)] as const);
    const { summary, pages, name } = aSignedWithWorks(a.identity, items, {});
    await a.region.usage.accept(summary);
    await a.region.usage.acceptWorks(name, pages);
    const from: number[] = [];
    const worksPages = a.region.usage.worksPages.bind(a.region.usage);
    let isBroken = true;
    a.region.usage.worksPages = async (of, page) => {
      from.push(page);
      if (isBroken && page > 100) throw new Error('the line is down');
      return await worksPages(of, page, 500);
    };
    await met(a, b);
    await until(
      'it is broken off',
      passing(() => from.some((page) => page > 100)),
    );
    const reached = from.at(-1) ?? 0;
    isBroken = false;
    const before = from.length;
    await until(
      'it is there',
      passing(() => b.region.usage.wantedWorks().length === 0 && revisionAt(b, a) === 1),
    );
    expect(from[before] ?? 0).to.be.at.least(reached);
    expect((await b.region.usage.work(['doi:10.1/599'])).metrics).to.deep.equal(use(1));
  });

  it('is refused where works are not those that were signed, and held against who gave them', async () => {
    const [a, b] = [await member('a'), await member('b')];
    const { summary, pages, name } = aSignedWithWorks(a.identity, [[['doi:10.1/a'], use(3)]], {});
    await a.region.usage.accept(summary);
    await a.region.usage.acceptWorks(name, pages);
    const longer = [pages.map(() => new Uint8Array()), pages.map(() => Uint8Array.of(1, 2, 3))];
    let given = 0;
    a.region.usage.worksPages = () => Promise.resolve(longer[given++ % 2]);
    await met(a, b);
    await until(
      'both are counted',
      passing(() => new Set(refusedCodes(b, a)).size === 2),
    );
    expect(refusedCodes(b, a)).to.have.members(['USAGE_WORKS_ALTERED', 'USAGE_WORKS_TOO_LONG']);
    expect((await b.region.usage.work(['doi:10.1/a'])).nodes).to.deep.equal([]);
  });

  it('is not taken of another node by gossip, and not as a revision that goes down', async () => {
    const [a, b] = [await member('a'), await member('b')];
    await met(a, b);
    const own = a.identity;
    const at = Date.UTC(2026, 10, 15);
    const gossip = async (summary: SignedSummary): Promise<void> =>
      await a.network.publish('/ngr/1/usage/test', encodeSummary(summary));
    await gossip(aSigned(own, { revision: 5, time: at }));
    await until('b has it', () => revisionAt(b, a) === 5);
    await gossip(aSigned(own, { revision: 4, time: at - 1 }));
    await gossip(aSigned(own, { revision: 5, time: at }));
    await gossip(aSigned(own, { revision: 4, time: at + 1, total: use(10_000) }));
    await gossip(aSigned(Identity.generate(), { total: use(10_000) }));
    await until('both are counted', () => refusedCodes(b, a).length === 2);
    expect(refusedCodes(b, a)).to.have.members(['USAGE_REVISION_DOWN', 'USAGE_FOREIGN_SUMMARY']);
    expect((await b.region.usage.totals({ by: 'month' })).total).to.deep.equal(use(10, 8, 4, 3));
  });

  it('is asked for once, however often a node says that it has it', async () => {
    const [a, b] = [await member('a'), await member('b')];
    await a.region.usage.accept(aSigned(a.identity));
    const marks = a.region.usage.marks.bind(a.region.usage);
    a.region.usage.marks = () =>
      Object.assign(new Map(marks()), {
        *[Symbol.iterator]() {
          for (let i = 0; i < 1_000; i++) yield* marks().entries();
        },
      });
    let asked = 0;
    const lackingIn = a.region.usage.lackingIn.bind(a.region.usage);
    a.region.usage.lackingIn = (...args) => {
      asked += 1;
      return lackingIn(...args);
    };
    await met(a, b);
    await until('b has it', () => revisionAt(b, a) === 1);
    expect(asked).to.be.at.most(2);
  });

  it('is not given without end to who asks again and again', async () => {
    const [a, b] = [await member('a'), await member('b')];
    await a.region.usage.accept(aSigned(a.identity));
    await met(a, b);
    const channel = await b.network.open(
      a.catalogue.node,
      '/ngr/replication/1.0.0',
      new AbortController().signal,
    );
    const client = new ReplicationClient(channel);
    const ask = async (): Promise<void> => {
      for (let i = 0; i < 40; i++) await client.usage('', () => undefined);
    };
    await ask().catch(() => undefined);
    client.end();
    await until('it is counted', () => refusedCodes(a, b).includes('USAGE_TOO_MANY'));
  });
});
