import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { encodeFrame } from '../../../protocols/replication/index.ts';
import { responseToWire } from '../../../protocols/replication/messages.ts';
import { isTombstone, type NodeId } from '../../../vocab/record.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestNetwork, type TestMember } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

const years = (published: string): Parameters<typeof aPut>[1] => ({ published });

describe('a node whose data are of an old backup', () => {
  let net: TestNetwork;
  let follower: TestMember;
  beforeEach(async () => {
    net = new TestNetwork();
    follower = await net.member('follower');
  });
  afterEach(() => net.close());

  /** A node that had two records when the backup was made, and changed since: a third, another year, a withdrawal. */
  async function restored(): Promise<{ back: TestMember; seq: number }> {
    const before = await net.member('origin');
    await before.catalogue.put([aPut(1), aPut(2), aPut(5)]);
    await before.leave();
    const backup = await mkdtemp(join(tmpdir(), 'ngr-test-backup-'));
    await cp(before.directory, backup, { recursive: true });

    const { identity, directory } = before;
    const later = await net.member('origin', { identity, directory });
    net.link(later, follower);
    await later.catalogue.put([aPut(3), aPut(2, years('2001'))]);
    await later.catalogue.put([
      { type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'Retracted' },
    ]);
    await until('the follower has all', () => follower.hasAllOf(later));
    const { seq } = later.catalogue.head;
    net.cut(later, follower);
    await later.leave();
    const back = await net.member('origin', { identity, directory: backup });
    return { back, seq };
  }

  const isRetracted = async ({ catalogue }: TestMember): Promise<boolean> => {
    const [key = ''] = await catalogue.holdings.withIdentifier('oai', 'oai:repository.example:1');
    const holding = await catalogue.holdings.get(key);
    return holding !== undefined && isTombstone(holding);
  };

  /** The first entries that a member lacks of its own feed, as another one sends them. */
  async function pageOf(
    holder: TestMember,
    { node, head }: TestMember['catalogue'],
    entries: number,
  ): Promise<Uint8Array> {
    const page = await holder.catalogue.feeds.page(node, head.seq, { entries, bytes: 1e6 });
    if (page === undefined) throw new Error('nothing to fetch');
    return await encodeFrame(responseToWire({ type: 'page', ...page }));
  }

  it('fetches back what it has lost, and goes on from there', async () => {
    const { back, seq } = await restored();
    expect(back.catalogue.head.seq).to.be.lessThan(seq);
    net.link(back, follower);
    await until('it is whole again', () => back.catalogue.head.seq === seq);
    expect(await isRetracted(back)).to.equal(true);
    await back.catalogue.put([aPut(4)]);
    expect(back.catalogue.head.seq).to.equal(seq + 1);
    await until('the follower has all', () => follower.hasAllOf(back));
    expect(follower.catalogue.feeds.state(back.catalogue.node)).to.include({ live: 5, records: 4 });
  });

  it('writes nothing after a start before it has heard another node', async () => {
    const { back, seq } = await restored();
    const put = back.catalogue.put([aPut(4)]);
    net.link(back, follower);
    await put;
    expect(back.catalogue.head.seq).to.equal(seq + 1);
    await until('the follower has all', () => follower.hasAllOf(back));
  });

  it('has lost all but its key, and tells no second history', async () => {
    const before = await net.member('origin');
    net.link(before, follower);
    await before.catalogue.put([aPut(1), aPut(2), aPut(3)]);
    await until('the follower has all', () => follower.hasAllOf(before));
    net.cut(before, follower);
    await before.leave();
    const back = await net.member('origin', { identity: before.identity });
    const put = back.catalogue.put([aPut(1, years('2001')), aPut(2), aPut(3)]);
    net.link(back, follower);
    await put;
    await until('the follower has all', () => follower.hasAllOf(back));
    expect(follower.sees(back)).to.include({ followed: true, records: 3 });
    expect(back.catalogue.head.seq).to.be.greaterThan(3);
  });

  it('makes one history of two where it had gone on by itself', async () => {
    const { back, seq } = await restored();
    const { identity, directory } = back;
    await back.leave();
    const alone = await aCatalogue({ identity, base: 'https://origin.example', directory });
    await alone.catalogue.put([aPut(6), aPut(7)]);
    await alone.leave();

    const again = await net.member('origin', { identity, directory });
    net.link(again, follower);
    await until('it is behind both', () => again.catalogue.head.seq > seq);
    await until('the follower has all', () => follower.hasAllOf(again));
    expect(again.catalogue.head.live).to.equal(6);
    expect(await isRetracted(again)).to.equal(true);
    expect(await isRetracted(follower)).to.equal(true);
  });

  /** A node with two histories, to which the follower gives its whole copy of that feed, or of another, wherever it is asked from. */
  async function misled(feed?: NodeId): Promise<TestMember> {
    const { back } = await restored();
    const { identity, directory } = back;
    await back.leave();
    const alone = await aCatalogue({ identity, base: 'https://origin.example', directory });
    await alone.catalogue.put([aPut(6), aPut(7)]);
    const old = alone.catalogue.head.seq;
    await alone.leave();

    const { feeds } = follower.catalogue;
    const page = feeds.page.bind(feeds);
    Object.assign(feeds, {
      page: ((asked, after, limits) =>
        asked === identity.node
          ? page(feed ?? asked, 0, limits)
          : page(asked, after, limits)) satisfies typeof page,
    });
    const again = await net.member('origin', { identity, directory });
    net.link(again, follower);
    await until('the follower is blamed', () =>
      again.reputation
        .refusals(follower.catalogue.node)
        .some(({ code, count }) => code === 'FEED_BAD_ORDER' && count > 0),
    );
    const stands = again.catalogue.feeds.state(identity.node);
    Reflect.deleteProperty(feeds, 'page');
    expect(stands).to.include({ seq: old, live: 5 });
    return again;
  }

  it('takes nothing that it signed itself in place of what stands there now', async () => {
    const again = await misled();
    net.cut(again, follower);
    net.link(again, follower);
    await until('the follower has all', () => follower.hasAllOf(again));
    expect(again.catalogue.head.live).to.equal(6);
  });

  it('signs nothing away that somebody leaves out of its feed, and has it back from who does not', async () => {
    const { back, seq } = await restored();
    const old = back.catalogue.head.seq;
    const { node } = back.catalogue;
    const { feeds } = follower.catalogue;
    const page = feeds.page.bind(feeds);
    Object.assign(feeds, {
      page: (async (asked, after, limits) => {
        const whole = await page(asked, after, limits);
        if (whole === undefined || asked !== node) return whole;
        return { ...whole, entries: whole.entries.filter(({ entry }) => entry.seq !== old + 1) };
      }) satisfies typeof page,
    });
    net.link(back, follower);
    await until('the follower is blamed', () =>
      back.reputation
        .refusals(follower.catalogue.node)
        .some(({ code, count }) => code === 'FEED_DIVERGED' && count > 0),
    );
    expect(back.catalogue.head.seq).to.equal(old);
    const [refused] = await Promise.allSettled([back.catalogue.put([aPut(4)])]);
    expect(refused).to.have.nested.property('reason.code', 'CATALOGUE_NOT_RECOVERED');

    Reflect.deleteProperty(feeds, 'page');
    net.cut(back, follower);
    net.link(back, follower);
    await until('it has gone on', () => back.catalogue.head.seq > seq);
    await until('the follower has all', () => follower.hasAllOf(back));
    const [leftOut] = await back.catalogue.holdings.withIdentifier('oai', 'oai:repository.example:3');
    expect(leftOut).to.be.a('string');
    expect(back.catalogue.head.live).to.equal(4);
  });

  it('takes nothing of another feed in place of its own', async () => {
    const other = await net.member('other');
    net.link(other, follower);
    await other.catalogue.put([aPut(1), aPut(2)]);
    await until('the follower has both', () => follower.hasAllOf(other));
    await misled(other.catalogue.node);
  });

  /** Its catalogue by itself, brought back up to the head that others have of it, but broken off after one page. */
  async function brokenOff(): Promise<{
    alone: TestCatalogue;
    restarted: () => Promise<TestMember>;
    seq: number;
    cause: unknown;
  }> {
    const { back, seq } = await restored();
    const { identity, directory } = back;
    await back.leave();
    const alone = await aCatalogue({ identity, base: 'https://origin.example', directory });
    const { catalogue } = alone;
    const head = follower.catalogue.feeds.state(catalogue.node)?.head;
    if (head === undefined) throw new Error('nothing to fetch');
    const frame = await pageOf(follower, catalogue, 1);
    const cause = await catalogue
      .recover(head, async function* () {
        const page = await catalogue.check(frame);
        if (page !== undefined) yield page;
        throw new Error('cut');
      })
      .catch((error: unknown) => error);
    return { alone, restarted: () => net.member('origin', { identity, directory }), seq, cause };
  }

  it('takes no change in until it is whole, and goes on where it was broken off', async () => {
    const { alone, restarted, seq, cause } = await brokenOff();
    const { catalogue } = alone;
    expect(cause).to.have.property('message', 'cut');
    const [refused] = await Promise.allSettled([catalogue.put([aPut(4)])]);
    expect(refused).to.have.nested.property('reason.code', 'CATALOGUE_NOT_RECOVERED');
    const old = catalogue.head.seq;
    expect((await catalogue.renewHead()).seq, 'no head of what lies between').to.equal(old);
    expect(await catalogue.feeds.page(catalogue.node, 0, { entries: 1, bytes: 1e6 })).to.equal(undefined);

    await alone.leave();
    const again = await restarted();
    expect(again.catalogue.head.seq).to.equal(old);
    net.link(again, follower);
    await until('it is whole again', () => again.catalogue.head.seq === seq);
    await until('the follower has all', () => follower.hasAllOf(again));
  });

  it('goes on without what nobody has any more, where its operator says so', async () => {
    const { alone, restarted, seq } = await brokenOff();
    const { catalogue } = alone;
    expect(await catalogue.giveUpRecovery()).to.equal(true);
    expect(catalogue.head.seq, 'behind all that was ever signed').to.be.greaterThan(seq);
    const { live } = catalogue.head;
    await catalogue.put([aPut(99)]);
    expect(catalogue.head.live).to.equal(live + 1);
    expect(await catalogue.giveUpRecovery()).to.equal(false);

    const newcomer = await net.member('newcomer');
    await alone.leave();
    const again = await restarted();
    net.link(again, newcomer);
    await until('who never had it has it in whole', () => newcomer.hasAllOf(again));
    expect(await again.federation.forgive(again.catalogue.node), 'nothing to give up').to.equal(false);
  });
});
