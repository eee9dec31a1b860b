import { expect } from 'chai';
import { HeadNews } from '../../node/federation/index.ts';
import type { FeedState } from '../../node/catalogue/index.ts';
import type { SignedHead } from '../../protocols/heads/index.ts';
import { Copies } from '../../scripts/simulate/copies.ts';
import { Delays } from '../../scripts/simulate/delays.ts';
import { EventQueue } from '../../scripts/simulate/event-queue.ts';
import { linePlot } from '../../scripts/simulate/plots.ts';
import { seededRandom } from '../../scripts/random.ts';
import { simulate, type Result } from '../../scripts/simulate/run.ts';
import { restingShare, Spread } from '../../scripts/simulate/spread.ts';
import { Topology } from '../../scripts/simulate/topology.ts';
import { kinds, Traffic } from '../../scripts/simulate/traffic.ts';
import { measureWireSizes, type WireSizes } from '../../scripts/simulate/wire-sizes.ts';
import { asBuilt, makeWorld, wide } from '../../scripts/simulate/world.ts';

const NODES = 20;
const CHANGES = 120;
const WINDOW = 60;

describe('the model of a network', () => {
  let wire: WireSizes;
  before(async () => {
    wire = await measureWireSizes();
  });

  const run = (seed: number, loss = 0.01, region?: number): Result => {
    const random = seededRandom(99);
    const changes = Array.from({ length: CHANGES }, () => ({
      at: random.uniform() * WINDOW,
      node: random.integer(NODES),
    }));
    const lines = { ...wide, loss };
    const world = makeWorld(NODES, seededRandom(5), region);
    return simulate({ name: 'test', nodes: NODES, seed, world, lines, window: WINDOW, changes }, wire);
  };
  const essence = ({ delays, traffic, missing, headsTold }: Result): unknown => [
    delays.percentile(0.5),
    delays.percentile(0.99),
    missing,
    headsTold,
    ...kinds.flatMap((kind) => [traffic.sent(kind).mean, traffic.received(kind).most]),
  ];

  it('takes a little longer, and fewer bytes, where gossip goes in bundles', () => {
    const spread = (bundle: number): { latest: number; bytes: number } => {
      const world = makeWorld(NODES, seededRandom(5));
      const protocol = { ...asBuilt(NODES), bundle };
      const random = seededRandom(1);
      const lines = { ...wide, loss: 0 };
      const topology = new Topology(world, NODES, lines, random);
      const of = { topology, lines, wire, random, isThere: () => true };
      const traffic = new Traffic(NODES);
      const arrival = new Spread({ ...of, protocol, messagesASecond: 20 }).of(
        0,
        1_000,
        'heartbeats',
        traffic,
        { isCalm: false },
      );
      return { latest: Math.max(...arrival), bytes: traffic.sent().mean };
    };
    const [alone, together] = [spread(0), spread(0.1)];
    expect(together.latest).to.be.greaterThan(alone.latest);
    expect(together.bytes).to.be.lessThan(alone.bytes);
  });

  it('goes the same way with the same seed, and another with another', () => {
    expect(essence(run(1))).to.deep.equal(essence(run(1)));
    expect(essence(run(1))).not.to.deep.equal(essence(run(2)));
  });

  it('brings every change to everyone who follows it, once, whatever is lost', () => {
    for (const loss of [0, 0.3, 0.9]) {
      const { missing, delays, changes } = run(1, loss);
      expect(changes).to.equal(CHANGES);
      expect(missing).to.equal(0);
      expect(delays.count).to.equal(CHANGES * (NODES - 1));
    }
  });

  it('brings a change to its region only, where others follow by filters', () => {
    const { missing, delays } = run(1, 0.01, 5);
    expect(missing).to.equal(0);
    expect(delays.count).to.equal(CHANGES * 4);
  });

  it('is slower, the more is lost', () => {
    const slow = [0, 0.2, 0.5, 0.9].map((loss) => run(1, loss).delays.percentile(0.99));
    expect(slow).to.deep.equal([...slow].sort((a, b) => a - b));
    expect(slow[3]).to.be.greaterThan(slow[0] ?? 0);
  });

  it('receives no more than is sent', () => {
    const { traffic } = run(1, 0.3);
    for (const kind of kinds)
      expect(traffic.received(kind).mean).to.be.at.most(traffic.sent(kind).mean * (1 + 1e-9));
  });

  it('recovers from the loss of a third of the nodes', () => {
    const { recovery } = simulate(
      { name: 'test', nodes: 60, seed: 1, window: 10, changes: [], withRecovery: true },
      wire,
    );
    expect(recovery?.gossip).to.be.below(60);
    expect(recovery?.returned.p99).to.be.below(600);
  });

  it('has larger messages for more of the same', () => {
    for (const size of [(count: number) => wire.heads(count), (count: number) => wire.page(count)])
      for (const [few, more] of [
        [0, 1],
        [1, 10],
        [10, 499],
      ] as const)
        expect(size(few)).to.be.below(size(more));
    expect(wire.announcement(1).bytes).to.be.greaterThan(wire.announcement(0).bytes);
    expect(wire.announcement(100)).to.deep.equal({ bytes: wire.announcement(0).bytes, isInline: false });
  });
});

describe('the copies of the model', () => {
  it('tell as many heads as the node does', () => {
    const world = makeWorld(NODES, seededRandom(5));
    const copies = new Copies(world);
    const states = new Map<string, FeedState>();
    const news = new HeadNews(() => [...states.values()]);
    const random = seededRandom(3);
    const told = new Map<number, number>();
    const teller = 0;
    for (let now = 1; now < 400; now++) {
      const feed = random.integer(NODES);
      const seq = copies.change(feed, 1, now);
      copies.set(teller, copies.slot(teller, feed), seq, now);
      const head = { node: String(feed), seq, networks: ['x'] } as unknown as SignedHead;
      states.set(head.node, { node: head.node, seq, head } as unknown as FeedState);
      // Each head gets its place in the order when it is first looked at.
      news.for('nobody', () => true, 1_000);
      if (random.uniform() < 0.7) continue;
      const to = 1 + random.integer(NODES - 1);
      const real = news.for(String(to), ({ node }) => node !== String(to), 1_000);
      news.told(String(to), real);
      const model = copies.news(teller, to, told.get(to) ?? 0, () => undefined);
      told.set(to, now);
      expect(model).to.equal(real.heads.length);
    }
  });
});

describe('gossip in bundles', () => {
  it('waits as often as the model says', () => {
    for (const [rate, rest] of [
      [0.5, 0.1],
      [3, 0.1],
      [20, 0.1],
    ] as const) {
      const random = seededRandom(3);
      let [now, freeFrom, isWaiting, waited] = [0, 0, false, 0];
      for (let i = 0; i < 50_000; i++) {
        now += random.exponential(1 / rate);
        // What waited went out at the end of its rest, and the next one began.
        while (now >= freeFrom && isWaiting) [freeFrom, isWaiting] = [freeFrom + rest, false];
        if (now >= freeFrom) freeFrom = now + rest;
        else {
          isWaiting = true;
          waited += 1;
        }
      }
      expect(waited / 50_000).to.be.closeTo(restingShare(rate, rest), 0.01);
    }
    expect(restingShare(0, 0.1)).to.equal(0);
  });
});

describe('the queue of events', () => {
  it('gives the earliest first, and what is at the same time in its order', () => {
    const random = seededRandom(1);
    const queue = new EventQueue();
    const times = Array.from({ length: 5_000 }, () => random.integer(500));
    for (const [i, time] of times.entries()) queue.put(time, 0, i);
    const taken: [number, number][] = [];
    while (queue.take()) taken.push([queue.time, queue.a]);
    const sorted = times
      .map((time, i): [number, number] => [time, i])
      .sort(([a, i], [b, j]) => a - b || i - j);
    expect(taken).to.deep.equal(sorted);
  });
});

describe('delays', () => {
  it('are known to a hundredth', () => {
    const delays = new Delays();
    for (let i = 1; i <= 1_000; i++) delays.add(i / 100);
    expect(delays.percentile(0.5)).to.be.closeTo(5, 0.05);
    expect(delays.percentile(0.99)).to.be.closeTo(9.9, 0.1);
  });
});

describe('a plot', () => {
  it('has a title, a text for those who do not see it, and colours for dark screens', () => {
    const axis = { label: 'x', from: 0, to: 1, marks: [[0, '0']] } as const;
    const svg = linePlot({
      title: 'A & B',
      description: 'It goes up.',
      x: axis,
      y: axis,
      lines: [
        {
          name: 'one',
          points: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    });
    expect(svg).to.include('<title id="t">A &amp; B</title>');
    expect(svg).to.include('<desc id="d">It goes up.</desc>');
    expect(svg).to.include('prefers-color-scheme:dark');
  });
});
