import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { Registry } from 'prom-client';
import { Catalogue, type CheckerThread } from '../../node/catalogue/index.ts';
import { systemClock as clock } from '../../node/clock.ts';
import { createLibp2pNetwork, Federation, Reputation, type Network } from '../../node/federation/index.ts';
import { Identity } from '../../node/identity/index.ts';
import { openStore } from '../../node/store/index.ts';

/** Catalogue and federation over libp2p, nothing else: what is measured of the network is theirs. */
export interface BareNode {
  catalogue: Catalogue;
  network: Network;
  federation: Federation;
  /** Joins the network. What the catalogue is to have before is put in before. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface BareNodeOptions {
  /** Where its data and its key are, or are made. */
  directory: string;
  base: string;
  name: string;
  /** Of which network it is. */
  network: string;
  /** The address on which it listens; loopback unless told. */
  host?: string;
  bootstrap?: readonly string[];
  checker?: CheckerThread;
  /** What is between the node and libp2p; nothing unless told. */
  line?: (network: Network) => Network;
}

/** A node that follows all of its network, believes all domains, counts no usage, and has no quota. */
export async function openBareNode(options: BareNodeOptions): Promise<BareNode> {
  const { directory, base, name, host = '127.0.0.1', bootstrap = [], checker, line } = options;
  const networks = [options.network];
  const log = pino({ level: 'warn' }, pino.destination(2));
  await mkdir(directory, { recursive: true });
  const store = await openStore(directory);
  const identity = await Identity.load(join(directory, 'identity.pem'));
  const catalogue = await Catalogue.open({
    section: store.section('catalogue'),
    signer: identity,
    base,
    name,
    networks,
    ...(checker === undefined ? {} : { checker }),
    clock,
  });
  const reputation = new Reputation({ clock });
  const libp2p = createLibp2pNetwork({
    identity,
    section: store.section('federation'),
    networks,
    host,
    port: 0,
    bootstrap,
    mdns: false,
    colocationLimit: 0,
    privateAddresses: true,
    isRefused: (node) => reputation.isRefused(node),
    isTrusted: () => false,
    clock,
    log,
  });
  const network = line === undefined ? libp2p : line(libp2p);
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
      marks: () => new Map(),
      statesOf: () => new Map(),
      lackingIn: noSummaries,
      accept: () => Promise.resolve('known'),
      wantedWorks: () => [],
      worksPages: () => Promise.resolve(undefined),
      acceptWorks: () => Promise.resolve(false),
      forget: () => Promise.resolve(),
      onOwnSummary: () => () => undefined,
    },
    section: store.section('forks'),
    reputation,
    registry: new Registry(),
    clock,
    log,
  });
  return {
    catalogue,
    network,
    federation,
    start: () => federation.start(),
    stop: async () => {
      await federation.stop();
      await catalogue.close();
      await store.close();
    },
  };
}

async function* noSummaries(): AsyncGenerator<never> {
  // No usage is counted here.
}
