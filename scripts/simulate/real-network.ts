import { setMaxListeners } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Catalogue } from '../../node/catalogue/index.ts';
import { openBareNode, type BareNode } from '../bench/bare-node.ts';
import { SocketBytes } from '../bench/socket-bytes.ts';
import { harvestedRecord } from '../bench/filling.ts';
import { benchRecords } from '../bench/records.ts';
import { Delays } from './delays.ts';

/** One record is changed: when, in seconds, and at which node. */
export interface PlannedChange {
  at: number;
  node: number;
}

export interface Measured {
  delays: Delays;
  /** Deliveries that did not come in time. */
  missing: number;
  /** Written to all sockets, a node and second: while nothing is changed, and while changes are made. */
  idle: number;
  busy: number;
  /** Processor time of a delivery, over what the idle network takes; seconds. */
  work: number;
}

const SETTLE_MS = 20_000;
const JOIN_MS = 60_000;
const LAST_MS = 20_000;

/** A change of one of the nodes, and who has it. */
interface MadeChange {
  seq: number;
  at: number;
  seenBy: Set<Catalogue>;
}

/** Nodes in this process, with real catalogues and libp2p over the loopback interface, measured from outside. */
export async function measureRealNetwork(
  nodes: number,
  {
    idleSeconds,
    seconds,
    changes,
  }: { idleSeconds: number; seconds: number; changes: readonly PlannedChange[] },
): Promise<Measured> {
  // libp2p listens for the end of each of its streams on one signal.
  setMaxListeners(100);
  const directory = await mkdtemp(join(tmpdir(), 'ngr-simulate-'));
  const wire = new SocketBytes();
  const members: BareNode[] = [];
  try {
    for (let i = 0; i < nodes; i++) {
      const member = await openBareNode({
        directory: join(directory, String(i)),
        base: `http://n${i}.example`,
        name: 'Simulated',
        network: 'simulate',
        bootstrap: members[0]?.federation.multiaddrs.slice(0, 1) ?? [],
      });
      members.push(member);
      await member.start();
    }
    await until(() => members.every(({ network }) => network.connected().length >= nodes - 1), JOIN_MS);
    await pause(SETTLE_MS);
    const idleFrom = cpuSeconds();
    const idle = await wire.during(() => pause(idleSeconds * 1_000));
    const idleCpu = (cpuSeconds() - idleFrom) / idleSeconds;
    const made = new Map<string, MadeChange[]>();
    const delays = new Delays();
    for (const { catalogue } of members)
      catalogue.onCommit(({ node }) => {
        if (node === catalogue.node) return;
        const seq = catalogue.feeds.state(node)?.seq ?? 0;
        for (const change of made.get(node) ?? []) {
          if (change.seq > seq || change.seenBy.has(catalogue)) continue;
          change.seenBy.add(catalogue);
          delays.add((performance.now() - change.at) / 1_000);
        }
      });
    const busyFrom = cpuSeconds();
    const busy = await wire.during(async () => {
      await make(changes, members, made);
      await pause(Math.max(0, seconds * 1_000 - (changes.at(-1)?.at ?? 0) * 1_000));
    });
    const cpu = cpuSeconds() - busyFrom;
    const missing = (): number =>
      [...made.values()].flat().reduce((sum, { seenBy }) => sum + nodes - 1 - seenBy.size, 0);
    await until(() => missing() === 0, LAST_MS);
    return {
      work: (cpu - idleCpu * seconds) / delays.count,
      delays,
      missing: missing(),
      idle: idle / nodes / idleSeconds,
      busy: busy / nodes / seconds,
    };
  } finally {
    await Promise.all(members.map((one) => one.stop()));
    wire.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

async function make(
  changes: readonly PlannedChange[],
  members: readonly BareNode[],
  made: Map<string, MadeChange[]>,
): Promise<void> {
  const from = performance.now();
  const records = benchRecords();
  for (const { at, node } of changes) {
    await pause(Math.max(0, from + at * 1_000 - performance.now()));
    const catalogue = members[node]?.catalogue;
    if (catalogue === undefined) continue;
    // The change is there for others from its commit, which a listener hears before the promise resolves.
    const end = catalogue.onCommit(({ node: origin, entries }) => {
      if (origin !== catalogue.node) return;
      for (const { entry } of entries) {
        const change = { seq: entry.seq, at: performance.now(), seenBy: new Set<Catalogue>() };
        made.set(origin, [...(made.get(origin) ?? []), change]);
      }
    });
    const next = await records.next();
    if (!next.done) await catalogue.put([{ type: 'put', record: harvestedRecord(next.value) }]);
    end();
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function until(isSo: () => boolean, mostMs: number): Promise<void> {
  for (const end = performance.now() + mostMs; !isSo() && performance.now() < end;) await pause(50);
}
