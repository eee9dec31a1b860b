import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { Citations, DoiTitles } from './analysis/citations/index.ts';
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
import {
  DocumentIssues,
  Extractor,
  forgetFullTexts,
  FullTexts,
  Harvester,
  stagesWith,
  type FullTextsOptions,
} from './harvest/index.ts';
import { createApp, listen, recordJsonLd, type Readiness, type Site } from './http/index.ts';
import { Identity } from './identity/index.ts';
import { Imports, importSources } from './imports/index.ts';
import { Notifications } from './notifications/index.ts';
import { guardedFetch } from './outbound/index.ts';
import { apiToken, tellRunning } from './run-files.ts';
import { sampleDirectory, startSampleRepository, type RunningSampleRepository } from './sample/index.ts';
import { DatestampIndex, OaiRepository, PublishedResources, ResourceSyncLog } from './publishing/index.ts';
import { openError, openStore, type Section, type Store } from './store/index.ts';

/** OAI-PMH asks for an address of e-mail; this one is nobody's (RFC 2606). */
const NO_CONTACT = 'nobody@invalid';

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
  const imported = await importSources(config.data);
  const sampleName = imported.length === 0 ? config.sample : undefined;
  const directory = sampleName === undefined ? config.data : join(config.data, 'sample');
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

  const sample =
    sampleName === undefined ? undefined : await startSample(sampleName, store.section('sample'));
  if (sample !== undefined) started.push(() => sample.close());
  const sources = [...config.sources, ...(sample === undefined ? [] : [sampleSource(sample)]), ...imported];
  const version = installation().version;
  const userAgent = `NGR-Node/${version} (+${config.contact === undefined ? base : `mailto:${config.contact}`})`;
  const { doiResolver } = config.harvest;
  const fetch = guardedFetch({
    allow: [
      ...sources.flatMap((source) => (source.type === 'files' ? [] : [source.url])),
      ...(doiResolver === undefined ? [] : [doiResolver]),
    ],
    userAgent,
    timeoutMs: 60_000,
  });

  const harvestSection = store.section('harvest');
  const fullTexts = buildFullTexts(sample === undefined ? config.harvest.fullText : 'off', started, {
    store,
    catalogue,
    fetch,
    userAgent,
    directory,
    sourceOf: (oaiIdentifier) => harvester.sourceOf(oaiIdentifier),
    clock,
    log,
  });
  const harvester: Harvester = new Harvester({
    sources,
    stages: stagesWith(fullTexts?.stage),
    catalogue,
    section: harvestSection,
    fetch,
    clock,
    log,
    intervalMs: config.harvest.intervalMinutes * 60_000,
  });

  const text = new TextIndex({ log, ...(fullTexts !== undefined && { fullText: fullTexts }) });
  const duplicates = new Duplicates();
  const index = new DatestampIndex({ self: identity.node, clock });
  const resourceSync = new ResourceSyncLog({
    catalogue,
    render: (record) => recordJsonLd(record, { base }),
  });
  const titles =
    doiResolver === undefined
      ? undefined
      : new DoiTitles({
          resolver: doiResolver,
          section: store.section('doi-titles'),
          fetch,
          isHeld: async (doi) => (await catalogue.holdings.withIdentifier('doi', doi, 1)).length > 0,
          clock,
          log,
        });
  const citations = new Citations(titles === undefined ? {} : { titles });
  const readers: Reader[] = [
    text,
    duplicates,
    index,
    resourceSync,
    citations,
    ...(fullTexts === undefined ? [] : [fullTexts]),
  ];
  const runners: ReaderRunner[] = [];
  for (const reader of readers) {
    const runner = new ReaderRunner({ catalogue, reader, section: store.section(reader.name), log, clock });
    await runner.start();
    started.push(() => runner.stop());
    runners.push(runner);
  }
  if (titles !== undefined && !offline) {
    titles.start();
    started.push(() => titles.stop());
  }
  if (fullTexts !== undefined && !offline) {
    await fullTexts.start();
    started.push(() => fullTexts.stop());
  }
  const related = new RelatedItems({ text, works: duplicates });
  const usage = new Usage({ section: store.section('usage'), catalogue, signer: identity, clock, log });
  usage.start();
  started.push(() => usage.stop());
  const notifications = new Notifications({
    section: store.section('notifications'),
    catalogue,
    self: { base, name: config.name },
    services: config.inbox.services,
    accept: config.inbox.accept,
    fetch: guardedFetch({
      allow: config.inbox.services.flatMap(({ id, inbox }) => [id, ...(inbox === undefined ? [] : [inbox])]),
      userAgent,
      timeoutMs: 30_000,
    }),
    clock,
    log,
  });
  await notifications.start({ sends: !offline });
  started.push(() => notifications.stop());
  const imports = new Imports({
    data: config.data,
    taken: sources.map(({ name }) => name).filter((name) => !imported.some((one) => one.name === name)),
    harvester,
    log,
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
    imports,
    citations,
    notifications,
    index,
    oai: new OaiRepository({
      catalogue,
      index,
      baseUrl: `${base}/oai`,
      name: config.name,
      contact: config.contact ?? NO_CONTACT,
      clock,
    }),
    resources: new PublishedResources({ log: resourceSync, clock }),
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

/** The full texts of the node's own records, where they are wanted; else what is left of them is dropped. */
function buildFullTexts(
  mode: Config['harvest']['fullText'],
  started: (() => Promise<unknown> | void)[],
  parts: Omit<FullTextsOptions, 'mode' | 'section' | 'extractor' | 'issues'> & { store: Store },
): FullTexts | undefined {
  const { store, clock, directory } = parts;
  const section = store.section('full-text');
  const issues = new DocumentIssues({ section: store.section('harvest') });
  if (mode === 'off') {
    const abort = new AbortController();
    const forgetting = forgetFullTexts({ section, issues, signal: abort.signal }).catch((error: unknown) => {
      if (!abort.signal.aborted)
        parts.log.error({ err: error }, 'what is known of full texts cannot be dropped');
    });
    started.push(() => {
      abort.abort();
      return forgetting;
    });
    return undefined;
  }
  const extractor = new Extractor({ clock });
  started.push(() => extractor.stop());
  return new FullTexts({
    ...parts,
    mode,
    section,
    extractor,
    issues,
    directory: join(directory, 'full-text'),
  });
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
  return { name, type: 'oai-pmh', url, sets: [] };
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
