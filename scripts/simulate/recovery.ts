import { Delays } from './delays.ts';
import { announcementsADay, NetworkRun, type NetworkOptions } from './network.ts';

/** What the loss of a third of the nodes does, and their return. Seconds. */
export interface Recovery {
  /** Until messages of gossip reach the others again as fast as they did before. */
  gossip: number;
  /** How fast these were before and right after the loss: until 99 of 100 nodes had one. */
  before: number;
  atWorst: number;
  /** By when the nodes that were away an hour had everything again: half of them, 99 of 100. */
  returned: { p50: number; p99: number };
  /** Bytes that each of them received for it, on average. */
  bytes: number;
}

const AWAY = 3_600;
const DAY = 86_400;
/** A host that is gone without a word is missed at the next ping, every 45 s, after 20 s. */
const NOTICED = { least: 20, most: 65 };
const PROBES_A_STEP = 4;
const STEP = 1;
const WATCHED = 60;
/** Trusted nodes and others that the address book calls in ten seconds. */
const DIALS_PER_SECOND = 1.7;
const LONGEST = 3_600;

/** A third of the nodes goes at once, is missed, and comes back an hour later. */
export function recovery(options: NetworkOptions): Recovery {
  const { world, random } = options;
  const network = new NetworkRun(options);
  network.start();
  const [before] = reach(network, options, 30);
  const gone = [...Array(world.nodes).keys()].filter(() => random.uniform() < 1 / 3);
  network.lose(gone);
  const survivors = new Set([...Array(world.nodes).keys()].filter((node) => network.isThere(node)));
  const [gossip, atWorst] = untilHealed(network, options, before);
  passAway(network, options, survivors);
  return { gossip, before, atWorst, ...comeBack(network, gone) };
}

/** Until 99 of 100 nodes have a message: of some messages the worst, and whether each got as far. */
function reach(
  network: NetworkRun,
  { world, wire, random }: NetworkOptions,
  probes: number,
): [seconds: number] {
  const all = new Delays();
  for (let i = 0; i < probes; i++) {
    let author = random.integer(world.nodes);
    while (!network.isThere(author)) author = random.integer(world.nodes);
    const times = network
      .spread(author, wire.announcement(1).bytes)
      .filter((_, node) => network.isThere(node));
    // Who did not get it by gossip hears of it in a round.
    for (const time of times) all.add(Number.isNaN(time) ? 60 : time);
  }
  return [all.percentile(0.99)];
}

function untilHealed(
  network: NetworkRun,
  options: NetworkOptions,
  before: number,
): [healed: number, worst: number] {
  const { world, random } = options;
  const noticed = Float64Array.from(
    { length: world.nodes },
    () => NOTICED.least + random.uniform() * (NOTICED.most - NOTICED.least),
  );
  let [last, worst] = [0, 0];
  for (let at = 0; at <= WATCHED; at += STEP) {
    network.topology.heal(
      (node) => network.isThere(node),
      (node) => (noticed[node] ?? 0) <= at,
    );
    const [now] = reach(network, options, PROBES_A_STEP);
    worst = Math.max(worst, now);
    if (now > before * 1.25) last = at + STEP;
  }
  return [last, worst];
}

/** An hour passes: its changes are with all that were there. */
function passAway(
  network: NetworkRun,
  { world, random }: NetworkOptions,
  survivors: ReadonlySet<number>,
): void {
  for (const feed of survivors) {
    if (network.copies.slot(feed, feed) < 0) continue;
    const times = random.poisson((announcementsADay(world.changes[feed] ?? 0) * AWAY) / DAY);
    if (times === 0) continue;
    const each = Math.max(
      1,
      Math.round((world.changes[feed] ?? 0) / announcementsADay(world.changes[feed] ?? 0)),
    );
    const seq = network.copies.change(feed, times * each, -random.uniform() * AWAY);
    for (const node of survivors)
      network.copies.set(node, network.copies.slot(node, feed), seq, -random.uniform() * AWAY);
  }
}

function comeBack(network: NetworkRun, gone: readonly number[]): Pick<Recovery, 'returned' | 'bytes'> {
  const from = network.now;
  const received = (): number => network.traffic.received().mean;
  const before = received();
  for (const node of gone) network.comeBack(node, DIALS_PER_SECOND);
  const whole = new Delays();
  const lacking = new Set(gone);
  const check = (): void => {
    for (const node of lacking) {
      if (network.copies.lacks(node)) continue;
      lacking.delete(node);
      whole.add(network.now - from);
    }
  };
  for (let at = from; lacking.size > 0 && at < from + LONGEST; at += STEP) {
    network.run(at);
    check();
  }
  for (const _ of lacking) whole.add(Infinity);
  const bytes = ((received() - before) * network.traffic.nodes) / Math.max(1, gone.length);
  return { returned: { p50: whole.percentile(0.5), p99: whole.percentile(0.99) }, bytes };
}
