import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Duplicates } from './analysis/duplicates/index.ts';
import { RelatedItems } from './analysis/related/index.ts';
import { TextIndex } from './analysis/search/index.ts';
import { Usage } from './analysis/usage/index.ts';
import { Catalogue, ReaderRunner, storedBase, type Reader } from './catalogue/index.ts';
import { systemClock, type Clock } from './clock.ts';
import { installation, type Config, type SourceConfig } from './config/index.ts';
import {
  createLibp2pNetwork,
  Federation,
  offlineNetwork,
  Reputation,
  type Network,
} from './federation/index.ts';
import { Harvester } from './harvest/index.ts';
import { createApp, listen, type Readiness, type Site } from './http/index.ts';
import { Identity } from './identity/index.ts';
import { Inbox } from './inbox/index.ts';
import { guardedFetch } from './outbound/index.ts';
import { apiToken, tellRunning } from './run-files.ts';
import { sampleDirectory, startSampleRepository, type RunningSampleRepository } from './sample/index.ts';
import { openError, openStore, type Section, type Store } from './store/index.ts';

export interface StartOptions {
  log: Logger;
  clock?: Clock;
  /** For one command: the HTTP side on a free loopback port, and neither peers nor a schedule. */
  offline?: boolean;
}

export interface RunningNode {
  /** The address of its HTTP side on this machine. */
  url: string;
  multiaddrs: readonly string[];
  node: string;
  /** For whoever runs the node in their own process. */
  catalogue: Catalogue;
  /** How many changes the readers of the log have still to read, all together. */
  lag(): number;
  stop(): Promise<void>;
}

/**
 * Builds a node from its configuration and starts it: the composition root, the only file that knows all parts.
 *
 * Parts are started in the order in which they need one another and stopped in the opposite one; when one cannot start,
 * those before it are stopped again.
 */
export async function startNode(config: Config, options: StartOptions): Promise<RunningNode> {
  const started: (() => Promise<unknown> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of started.splice(0).toReversed()) {
      try {
        await end();
      } catch (error) {
        // The others are stopped all the same, the store above all.
        options.log.error({ err: error }, 'a part of the node could not be stopped');
      }
    }
  };
  try {
    const { running } = await build(config, options, started);
    return { ...running, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function build(
  config: Config,
  { log, clock = systemClock, offline = false }: StartOptions,
  started: (() => Promise<unknown> | void)[],
): Promise<{ running: Omit<RunningNode, 'stop'> }> {
  // The sample's records are kept apart, so that nothing of them is left when the institution's own come.
  const directory = config.sample === undefined ? config.data : join(config.data, 'sample');
  await mkdir(directory, { recursive: true }).catch((cause: unknown) => {
    throw openError(directory, cause);
  });
  const store = await openStore(directory);
  started.push(() => store.close());
  const identity = await Identity.load(join(directory, 'identity.pem'));
  const http = await listen(offline ? '127.0.0.1' : config.http.host, offline ? 0 : config.http.port);
  started.push(() => http.close());

  const base = await baseUrl(config, store, http.url, log);
  const catalogueSection = store.section('catalogue');
  const catalogue = await Catalogue.open({
    section: catalogueSection,
    signer: identity,
    base,
    name: config.name,
    clock,
  });
  started.push(() => catalogue.close());
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });

  const text = new TextIndex({ log });
  const duplicates = new Duplicates();
  const runners: ReaderRunner[] = [];
  for (const reader of [text, duplicates] satisfies Reader[]) {
    const runner = new ReaderRunner({ catalogue, reader, section: store.section(reader.name), log, clock });
    await runner.start();
    started.push(() => runner.stop());
    runners.push(runner);
  }
  const related = new RelatedItems({ text, works: duplicates });
  const usage = new Usage({ section: store.section('usage'), catalogue, signer: identity, clock, log });
  usage.start();
  started.push(() => usage.stop());
  const inbox = new Inbox({ section: store.section('inbox'), clock });
  started.push(() => inbox.stop());

  const sample =
    config.sample === undefined ? undefined : await startSample(config.sample, store.section('sample'));
  if (sample !== undefined) started.push(() => sample.close());
  const sources = sample === undefined ? config.sources : [sampleSource(sample)];
  const version = installation().version;
  const harvester = new Harvester({
    sources,
    catalogue,
    section: store.section('harvest'),
    fetch: guardedFetch({
      allow: sources.map(({ url }) => url),
      userAgent: `NGR-Node/${version} (+${config.contact === undefined ? base : `mailto:${config.contact}`})`,
      timeoutMs: 60_000,
    }),
    clock,
    log,
    intervalMs: config.harvest.intervalMinutes * 60_000,
  });

  const reputation = new Reputation({ clock });
  const network = offline
    ? offlineNetwork
    : libp2pNetwork(config, { identity, store, reputation, base, clock, log });
  const federation = new Federation({
    catalogue,
    network,
    networkName: config.network,
    rules: config.follow,
    usage,
    reputation,
    registry: metrics,
    clock,
    log,
  });
  await federation.start();
  started.push(() => federation.stop());
  if (!offline) await harvester.start();
  started.push(() => harvester.stop());

  const site: Site = {
    base,
    name: config.name,
    node: identity.node,
    network: config.network,
    version,
    ...(config.contact === undefined ? {} : { contact: config.contact }),
    trustProxy: config.http.trustProxy,
  };
  const app = createApp({
    catalogue,
    text,
    related,
    duplicates,
    usage,
    federation,
    harvester,
    inbox,
    site,
    health: { ready: () => readiness(catalogueSection, catalogue, runners) },
    metrics,
    apiToken: await apiToken(config.data),
    readers: () => runners.map(({ name, cursor, lag }) => ({ name, cursor, lag })),
    clock,
    log,
  });
  const answer = app.callback();
  http.serve((request, response) => void answer(request, response));
  if (!offline) started.push(await tellRunning(config.data, http.url));
  const lag = (): number => runners.reduce((sum, runner) => sum + runner.lag, 0);
  return {
    running: { url: http.url, multiaddrs: federation.multiaddrs, node: identity.node, catalogue, lag },
  };
}

/**
 * The base URL of the node's records: as configured; else the one they have already, since addresses are not to change;
 * else the address on this machine.
 */
async function baseUrl(config: Config, store: Store, local: string, log: Logger): Promise<string> {
  if (config.baseUrl !== undefined) return config.baseUrl;
  const known = await storedBase(store.section('catalogue'));
  if (known !== undefined && known !== local) {
    log.info(
      { base: known, listens: local },
      'records keep the addresses that they were given at the first start',
    );
  }
  return known ?? local;
}

function libp2pNetwork(
  config: Config,
  parts: {
    identity: Identity;
    store: Store;
    reputation: Reputation;
    base: string;
    clock: Clock;
    log: Logger;
  },
): Network {
  const { identity, store, reputation, base, clock, log } = parts;
  return createLibp2pNetwork({
    identity,
    section: store.section('federation'),
    networkName: config.network,
    host: config.p2p.host,
    port: config.p2p.port,
    bootstrap: config.p2p.bootstrap,
    mdns: config.p2p.mdns,
    colocationLimit: config.p2p.colocationLimit,
    privateAddresses: isLocal(new URL(base).hostname),
    isRefused: (node) => reputation.isRefused(node),
    clock,
    log,
  });
}

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
}

/** The same port as the last time where it is free, so that the records' source has the same address. */
async function startSample(name: string, section: Section): Promise<RunningSampleRepository> {
  const directory = await sampleDirectory(name);
  const last = Number(Buffer.from((await section.get('port')) ?? '0').toString());
  const sample = await startSampleRepository({ directory, port: last }).catch(() =>
    startSampleRepository({ directory }),
  );
  await section.put('port', Buffer.from(new URL(sample.url).port));
  return sample;
}

function sampleSource({ name, url }: RunningSampleRepository): SourceConfig {
  return { name, type: 'oai-pmh', url, metadataPrefix: 'oai_dc' };
}

async function readiness(
  section: Section,
  catalogue: Catalogue,
  runners: readonly ReaderRunner[],
): Promise<Readiness> {
  const readable = await section.get('m!base').then(
    () => true,
    () => false,
  );
  const failure = catalogue.writeFailure;
  const checks = [
    { name: 'store', ok: readable, detail: readable ? 'can be read' : 'cannot be read' },
    { name: 'writing', ok: failure === undefined, detail: failure?.remedy ?? 'works' },
    {
      name: 'catalogue',
      ok: true,
      detail: `${catalogue.feeds.states().length} feeds, log at ${catalogue.position}`,
    },
    ...runners.map(({ name, lag, failing }) => ({
      name: `reader ${name}`,
      ok: !failing,
      detail: failing
        ? 'fails, and tries again'
        : lag === 0
          ? 'has read everything'
          : `${lag} changes behind`,
    })),
  ];
  return { ok: checks.every(({ ok }) => ok), checks };
}
