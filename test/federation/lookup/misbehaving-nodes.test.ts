import { expect } from 'chai';
import {
  encodeSegment,
  packDigests,
  packWorkKeys,
  segmentDigest,
  signManifest,
  workKeys,
  type Manifest,
  type SignedManifest,
} from '../../../protocols/holdings-filter/index.ts';
import {
  LookupClient,
  LOOKUP_PROTOCOL,
  serveLookup,
  type LookupRequest,
  type LookupResponse,
} from '../../../protocols/lookup/index.ts';
import type { HarvestedRecord, ReceivedEntry } from '../../../node/catalogue/index.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { aPut } from '../../support/builders.ts';
import { TestNetwork } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';
import { aDay, aLookupMember, type LookupMember } from './lookup-network.ts';

const HOUR_MS = 60 * 60 * 1_000;
const work = (n: number): Partial<HarvestedRecord> => ({
  titles: [{ value: `Measurements of coral reef number ${n} over ten years` }],
  identifiers: [{ scheme: 'doi', value: `10.5555/reef.${n}` }],
});

describe('a node that misbehaves in lookups', () => {
  let net: TestNetwork;
  let victim: LookupMember;
  let attacker: LookupMember;
  let bystander: LookupMember;
  let key: string;
  let ownKeys: string[];

  beforeEach(async () => {
    net = new TestNetwork();
    [victim, attacker, bystander] = [
      await aLookupMember(net, 'victim'),
      await aLookupMember(net, 'attacker'),
      await aLookupMember(net, 'bystander'),
    ];
    [key = ''] = await holding(0, 20);
    await attacker.catalogue.put(Array.from({ length: 20 }, (_, i) => aPut(1_000 + i, work(1_000 + i))));
    await bystander.catalogue.put([aPut(2_000, work(0))]);
    net.link(victim, attacker, bystander);
    await until('all know one another', () =>
      [attacker, bystander].every((other) => victim.sees(other)?.headSeq === other.catalogue.head.seq),
    );
  });
  afterEach(() => net.close());

  /** Puts records of the victim's own. @returns their keys; their work keys are in `ownKeys`, in order */
  async function holding(from: number, count: number): Promise<string[]> {
    const puts = Array.from({ length: count }, (_, i) => aPut(from + i, work(from + i)));
    const records = (await victim.catalogue.put(puts)).map(({ key }) => key);
    const held = await victim.catalogue.holdings.getMany(records);
    const theirs = held.flatMap((one) => (one === undefined || isTombstone(one) ? [] : workKeys(one)));
    ownKeys = [...(from === 0 ? [] : ownKeys), ...theirs].toSorted();
    return records;
  }

  /** Lets the attacker answer as it likes. @returns what the victim asks it */
  function answering(
    answer: (request: LookupRequest) => LookupResponse | Promise<LookupResponse>,
  ): LookupRequest[] {
    const asked: LookupRequest[] = [];
    attacker.network.serve(LOOKUP_PROTOCOL, (from, channel, signal) =>
      serveLookup(
        channel,
        async (request) => {
          if (from === victim.catalogue.node) asked.push(request);
          return await answer(request);
        },
        signal,
      ),
    );
    return asked;
  }

  /** A filter of these keys, in one segment. */
  function filterOf(
    keys: readonly string[],
    parts: Partial<Manifest> = {},
  ): { manifest: SignedManifest; segment: Uint8Array } {
    const segment = encodeSegment(packWorkKeys(keys));
    const manifest = {
      node: attacker.catalogue.node,
      seq: attacker.catalogue.head.seq,
      time: 0,
      keys: keys.length,
      bits: 0,
      digests: packDigests([segmentDigest(segment)]),
      ...parts,
    };
    return { manifest: signManifest(manifest, attacker.identity), segment };
  }

  /** Answers with a filter of these keys, and to questions for records with these. */
  function promising(keys: readonly string[], records: () => Promise<ReceivedEntry[]>): LookupRequest[] {
    const { manifest, segment } = filterOf(keys);
    return answering(async ({ type }) => {
      if (type === 'filter') return { type, manifest };
      if (type === 'segments') return { type, segments: [segment] };
      return { type: 'records', head: attacker.catalogue.head, records: await records() };
    });
  }

  const refusals = (): string[] =>
    victim.reputation.refusals(attacker.catalogue.node).map(({ code }) => code);
  const found = async (): Promise<string[]> =>
    (await victim.lookups.copiesOf(key)).map(({ record }) => record.node);

  it('is ignored for a day where its filter promises everything', async () => {
    await holding(100, 280);
    const asked = promising(ownKeys, () => Promise.resolve([]));
    // Within what so few records may have.
    await attacker.catalogue.put(Array.from({ length: 20 }, (_, i) => aPut(3_000 + i, work(3_000 + i))));
    await until('the victim knows', () => victim.sees(attacker)?.headSeq === attacker.catalogue.head.seq);
    await aDay(victim, bystander);
    expect(refusals()).to.deep.equal(['LOOKUP_EMPTY_PROMISES']);
    expect(asked.filter(({ type }) => type === 'records')).to.have.length(Math.ceil(ownKeys.length / 256));
    expect(await found()).to.deep.equal([bystander.catalogue.node]);
    const before = asked.length;
    victim.time.advance(2 * HOUR_MS);
    await victim.round();
    expect(asked).to.have.length(before);
    const rows = await victim.store.section('filters').keys().all();
    expect(rows.some((row) => row.includes(attacker.catalogue.node))).to.equal(false);
  });

  it('is refused a filter that it has not signed', async () => {
    const { manifest, segment } = filterOf(ownKeys.slice(0, 10));
    const asked = answering(({ type }) =>
      type === 'filter'
        ? { type, manifest: { ...manifest, keys: 11 } }
        : { type: 'segments', segments: [segment] },
    );
    await aDay(victim, bystander);
    expect(refusals()).to.deep.equal(['FILTER_BAD_SIGNATURE']);
    expect(asked.every(({ type }) => type === 'filter')).to.equal(true);
    expect(await found()).to.deep.equal([bystander.catalogue.node]);
  });

  it('is refused a filter of more keys than its records can have', async () => {
    const { manifest } = filterOf([], { keys: 20 * 64 + 1 });
    const asked = answering(() => ({ type: 'filter', manifest }));
    await aDay(victim);
    expect(refusals()).to.deep.equal(['FILTER_TOO_LARGE']);
    expect(asked.every(({ type }) => type === 'filter')).to.equal(true);
  });

  it('is refused segments of more keys than it says', async () => {
    const { manifest, segment } = filterOf(ownKeys, { keys: 10 });
    answering(({ type }) =>
      type === 'filter' ? { type, manifest } : { type: 'segments', segments: [segment] },
    );
    await aDay(victim);
    expect(refusals()).to.deep.equal(['FILTER_TOO_LARGE']);
  });

  it('is refused a segment that is none', async () => {
    const segment = Buffer.alloc(100, 0xff);
    const { manifest } = filterOf([], { keys: 100, digests: packDigests([segmentDigest(segment)]) });
    answering(({ type }) =>
      type === 'filter' ? { type, manifest } : { type: 'segments', segments: [segment] },
    );
    await aDay(victim);
    expect(refusals()).to.deep.equal(['FILTER_BAD_SEGMENT']);
  });

  it('is refused a filter that is older than the one it gave before', async () => {
    promising([], () => Promise.resolve([]));
    await aDay(victim);
    expect(refusals()).to.deep.equal([]);
    const { manifest } = filterOf([], { seq: 3 });
    answering(() => ({ type: 'filter', manifest }));
    await aDay(victim);
    expect(refusals()).to.deep.equal(['FILTER_STALE']);
  });

  it('gets nowhere with segments that are not those of its manifest', async () => {
    const { manifest } = filterOf(ownKeys.slice(0, 10));
    const asked = answering(({ type }) =>
      type === 'filter'
        ? { type, manifest }
        : { type: 'segments', segments: [encodeSegment(new Uint8Array())] },
    );
    await aDay(victim);
    expect(asked.map(({ type }) => type)).not.to.include('records');
    expect(await found()).to.deep.equal([]);
  });

  describe('by what it answers', () => {
    const entryOf = async (member: LookupMember, n: number): Promise<ReceivedEntry[]> => {
      const { feeds, node } = member.catalogue;
      return (await feeds.page(node, n - 1, { entries: 1, bytes: 1 }))?.entries ?? [];
    };

    const answers: [string, string, () => Promise<ReceivedEntry[]>][] = [
      ['a record of another node', 'FEED_FOREIGN_ENTRY', () => entryOf(bystander, 1)],
      ['a record that was not asked for', 'LOOKUP_UNASKED', () => entryOf(attacker, 5)],
      [
        'an altered record',
        'FEED_BAD_DIGEST',
        async () =>
          (await entryOf(attacker, 5)).map(({ entry, block }) => ({
            entry,
            block: Buffer.concat([block, block]),
          })),
      ],
      [
        'a record under a wrong signature',
        'FEED_BAD_SIGNATURE',
        async () =>
          (await entryOf(attacker, 5)).map(({ entry, block }) => ({ entry: { ...entry, time: 1 }, block })),
      ],
    ];
    for (const [what, code, records] of answers) {
      it(`is refused ${what}`, async () => {
        promising(ownKeys.slice(0, 10), records);
        await aDay(victim, bystander);
        expect(refusals()).to.deep.equal([code]);
        expect(await found()).to.deep.equal([bystander.catalogue.node]);
      });
    }

    it('is refused a head of another node', async () => {
      const { manifest, segment } = filterOf(ownKeys.slice(0, 10));
      answering(({ type }) => {
        if (type === 'filter') return { type, manifest };
        if (type === 'segments') return { type, segments: [segment] };
        return { type: 'records', head: bystander.catalogue.head, records: [] };
      });
      await aDay(victim);
      expect(refusals()).to.deep.equal(['LOOKUP_BAD_HEAD']);
    });

    it('cannot bring back what it has withdrawn', async () => {
      await attacker.catalogue.put([aPut(4_000, work(0))]);
      const { seq } = attacker.catalogue.head;
      const old = await entryOf(attacker, seq);
      promising(ownKeys, () => Promise.resolve(old));
      await until('the victim knows', () => victim.sees(attacker)?.headSeq === seq);
      await aDay(victim);
      expect(await found()).to.deep.equal([attacker.catalogue.node]);
      await attacker.catalogue.put([
        { type: 'withdraw', oaiIdentifier: 'oai:repository.example:4000', reason: 'Retracted' },
      ]);
      const gone = await entryOf(attacker, seq + 1);
      answering(({ type }) => ({
        type: 'records',
        head: attacker.catalogue.head,
        records: type === 'current' ? gone : old,
      }));
      await until('the victim knows', () => victim.sees(attacker)?.headSeq === seq + 1);
      await victim.round();
      expect(await found()).to.deep.equal([]);
      promising(ownKeys, () => Promise.resolve(old));
      victim.time.advance(2 * HOUR_MS);
      await victim.round();
      expect(await found()).to.deep.equal([]);
    });
  });

  it('holds nobody up by saying nothing', async () => {
    attacker.network.serve(LOOKUP_PROTOCOL, () => new Promise(() => undefined));
    await aDay(victim, bystander);
    expect(refusals()).to.deep.equal([]);
    expect(await found()).to.deep.equal([bystander.catalogue.node]);
  });

  it('is told to come again later when it asks too much', async () => {
    await aDay(victim);
    const { signal } = new AbortController();
    const channel = await attacker.network.open(victim.catalogue.node, LOOKUP_PROTOCOL, signal);
    const client = new LookupClient(channel);
    let answers = 0;
    try {
      for (; answers < 1_000; answers++)
        await client.ask({ type: 'records', keys: ownKeys.slice(0, 8) }, ['records'], signal);
    } catch (error) {
      expect(error).to.include({ code: 'LOOKUP_BUSY' });
    }
    expect(answers).to.equal(60);
    const other = new LookupClient(
      await bystander.network.open(victim.catalogue.node, LOOKUP_PROTOCOL, signal),
    );
    expect(await other.ask({ type: 'filter' }, ['filter'], signal)).to.have.property('type', 'filter');
  });
});
