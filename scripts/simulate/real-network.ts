import { channel } from 'node:diagnostics_channel';
import { setMaxListeners } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';
import { Registry } from 'prom-client';
import { Catalogue } from '../../node/catalogue/index.ts';
import { systemClock as clock } from '../../node/clock.ts';
import { createLibp2pNetwork, Federation, Reputation } from '../../node/federation/index.ts';
import { Identity } from '../../node/identity/index.ts';
import { openStore } from '../../node/store/index.ts';
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
const log = pino({ level: 'error' }, pino.destination(2));

/** A change of one of the nodes, and who has it. */
interface MadeChange {
  seq: number;
  at: number;
  seenBy: Set<Catalogue>;
}

interface Member {
  catalogue: Catalogue;
  federation: Federation;
  connected(): number;
  stop(): Promise<void>;
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
  const members: Member[] = [];
  try {
    for (let i = 0; i < nodes; i++)
      members.push(await member(join(directory, String(i)), members[0]?.federation.multiaddrs[0]));
    await until(() => members.every((one) => one.connected() >= nodes - 1), JOIN_MS);
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
  members: readonly Member[],
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

async function member(directory: string, bootstrap: string | undefined): Promise<Member> {
  await mkdir(directory);
  const store = await openStore(directory);
  const identity = Identity.generate();
  const networks = ['simulate'];
  const catalogue = await Catalogue.open({
    section: store.section('catalogue'),
    signer: identity,
    base: `http://${identity.node.slice(-12).toLowerCase()}.example`,
    name: 'Simulated',
    networks,
    clock,
  });
  const reputation = new Reputation({ clock });
  const network = createLibp2pNetwork({
    identity,
    section: store.section('federation'),
    networks,
    host: '127.0.0.1',
    port: 0,
    bootstrap: bootstrap === undefined ? [] : [bootstrap],
    mdns: false,
    colocationLimit: 0,
    privateAddresses: true,
    isRefused: (node) => reputation.isRefused(node),
    isTrusted: () => false,
    clock,
    log,
  });
  const federation = new Federation({
    catalogue,
    network,
    networks,
    rules: { mode: 'network', networks, proof: 'shown', allow: [], deny: [] },
    quota: { records: 1e9, megabytes: 1e9, entriesPerSecond: 1e9 },
    proofs: {
      of: () => 'unchecked',
      profile: () => undefined,
      successor: () => undefined,
      predecessors: () => [],
      isWaiting: () => false,
      want: () => undefined,
      onChange: () => undefined,
    },
    usage: {
      held: noSummaries,
      accept: () => Promise.resolve('known'),
      forget: () => Promise.resolve(),
      onOwnSummary: () => () => undefined,
    },
    section: store.section('forks'),
    reputation,
    registry: new Registry(),
    clock,
    log,
  });
  await federation.start();
  return {
    catalogue,
    federation,
    connected: () => network.connected().length,
    stop: async () => {
      await federation.stop();
      await catalogue.close();
      await store.close();
    },
  };
}

/** What is written to the TCP sockets of this process: those opened and those accepted from now on. */
class SocketBytes {
  readonly #sockets = new Set<Socket>();
  readonly #note = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#closed += socket.bytesWritten;
      this.#sockets.delete(socket);
    });
  };
  #closed = 0;

  constructor() {
    channel('net.client.socket').subscribe(this.#note);
    channel('net.server.socket').subscribe(this.#note);
  }

  async during(work: () => Promise<void>): Promise<number> {
    const before = this.#written();
    await work();
    return this.#written() - before;
  }

  stop(): void {
    channel('net.client.socket').unsubscribe(this.#note);
    channel('net.server.socket').unsubscribe(this.#note);
  }

  #written(): number {
    return [...this.#sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, this.#closed);
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function until(isSo: () => boolean, mostMs: number): Promise<void> {
  for (const end = performance.now() + mostMs; !isSo() && performance.now() < end;) await pause(50);
}

async function* noSummaries(): AsyncGenerator<never> {
  // No usage is counted here.
}
