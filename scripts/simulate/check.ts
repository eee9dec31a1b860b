import { seededRandom } from '../random.ts';
import { measureRealNetwork, type PlannedChange } from './real-network.ts';
import { bytes, count, seconds, type Table } from './report.ts';
import { simulate } from './run.ts';
import type { WireSizes } from './wire-sizes.ts';
import { makeWorld, type Lines } from './world.ts';

const NODES = 20;
const SECONDS = 60;
const IDLE_SECONDS = 30;
const CHANGES_PER_SECOND = 2;
const DAY = 86_400;

/** Nodes of one process: the way is short, but all that they do waits for its turn in one event loop. */
const loopback: Lines = {
  farthest: 0,
  least: 0.005,
  loss: 0,
  bitsPerSecond: 1e10,
  judging: 0.004,
  writing: 0.01,
  writingEach: 0.0001,
  upkeep: 8,
};

/** Real nodes and the model, side by side: the same number, the same changes at the same times. */
export async function check(seed: number, wire: WireSizes): Promise<{ table: Table; missing: number }> {
  const random = seededRandom(seed);
  const changes: PlannedChange[] = [];
  for (let at = random.exponential(1 / CHANGES_PER_SECOND); at < SECONDS;)
    at += changes.push({ at, node: random.integer(NODES) }) && random.exponential(1 / CHANGES_PER_SECOND);
  const real = await measureRealNetwork(NODES, { idleSeconds: IDLE_SECONDS, seconds: SECONDS, changes });
  const world = makeWorld(NODES, random);
  const model = (planned: readonly PlannedChange[]): ReturnType<typeof simulate> =>
    simulate(
      {
        name: 'model',
        nodes: NODES,
        seed,
        world,
        lines: { ...loopback, sharedWork: real.work },
        window: SECONDS,
        changes: planned,
      },
      wire,
    );
  const [busy, idle] = [model(changes), model([])];
  const row = (name: string, a: number, b: number, word: (value: number) => string): string[] => [
    name,
    word(a),
    word(b),
    (a / b).toFixed(2),
  ];
  const perSecond = (result: ReturnType<typeof simulate>): number => result.traffic.sent().mean / DAY;
  return {
    missing: real.missing,
    table: [
      [`${NODES} nodes, ${count(changes.length)} changes in ${SECONDS} s`, 'model', 'measured', 'ratio'],
      row('change to follower, p50', busy.delays.percentile(0.5), real.delays.percentile(0.5), seconds),
      row('change to follower, p99', busy.delays.percentile(0.99), real.delays.percentile(0.99), seconds),
      row('deliveries', busy.delays.count, real.delays.count, count),
      ['processor time a delivery, given to the model', '', seconds(real.work), ''],
      row('sent a node and second, idle', perSecond(idle), real.idle, bytes),
      row('sent a node and second, with changes', perSecond(busy), real.busy, bytes),
    ],
  };
}
