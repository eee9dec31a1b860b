import { Registry } from 'prom-client';
import { Citations } from '../../../node/analysis/citations/index.ts';
import { Duplicates } from '../../../node/analysis/duplicates/index.ts';
import { RelatedItems } from '../../../node/analysis/related/index.ts';
import { TextIndex } from '../../../node/analysis/search/index.ts';
import { RegionalUsage, type ItemDescription } from '../../../node/analysis/regional-usage/index.ts';
import { Usage } from '../../../node/analysis/usage/index.ts';
import {
  behaviourChecks,
  Declared,
  MetadataAssessment,
  Offers,
  PlanS,
  Probes,
  SelfAssessment,
} from '../../../node/assessment/index.ts';
import { Elsewhere } from '../../../node/federation/index.ts';
import { ContentIndex, ContentList } from '../../../node/content/index.ts';
import { Accounts, ExternalLogins } from '../../../node/accounts/index.ts';
import type { Catalogue, OwnChange } from '../../../node/catalogue/index.ts';
import { dashboardRouter } from '../../../node/dashboard/index.ts';
import {
  createApp,
  listen,
  recordJsonLd,
  siteOf,
  syncChannels,
  type HttpParts,
} from '../../../node/http/index.ts';
import { itemNames } from '../../../protocols/usage-summary/index.ts';
import { isTombstone, type Holding } from '../../../vocab/record.ts';
import type { Notifications } from '../../../node/notifications/index.ts';
import { Imports } from '../../../node/imports/index.ts';
import {
  DatestampIndex,
  OaiRepository,
  PublishedResources,
  ResourceSyncLog,
} from '../../../node/publishing/index.ts';
import { Institution, mailOf } from '../../../node/institution/index.ts';
import { Policies } from '../../../node/policy/index.ts';
import { RelatedFeedback } from '../../../node/related-feedback/index.ts';
import { Statements } from '../../../node/statements/index.ts';
import { ItemIndex, UsageLogs } from '../../../node/usage-logs/index.ts';
import type { Store } from '../../../node/store/index.ts';
import { Hub } from '../../../node/websub/index.ts';
import { aCatalogue, silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { someNotifications, type TestNotificationsOptions } from '../../support/test-notifications.ts';
import { aPeer, type TestPeer } from './a-peer.ts';
import { HeldPeers, HeldSources } from './parts.ts';
import { tidy } from './tidy.ts';

export const API_TOKEN = 'a-token-for-tests';
/** What browsers send. */
export const BROWSER =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8';

/** A node's HTTP side over a real catalogue with real readers, listening on loopback. */
export interface TestSite {
  url: string;
  accounts: Accounts;
  store: Store;
  /** Where the store is. */
  directory: string;
  catalogue: Catalogue;
  usage: Usage;
  regionalUsage: RegionalUsage;
  peers: HeldPeers;
  sources: HeldSources;
  notifications: Notifications;
  clock: TestClock;
  parts: HttpParts;
  /** Puts own records, and waits until every reader has them. @returns their keys */
  put(...changes: OwnChange[]): Promise<string[]>;
  /** Resolves when the views so far have been counted, or not. */
  counted(): Promise<void>;
  /** Another institution's node. */
  peer(name: string, base: string): Promise<TestPeer>;
  /** Takes in another institution's records by its signed feed. @returns their keys */
  follow(peer: TestPeer, ...changes: OwnChange[]): Promise<string[]>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** What a browser gets, without white space beside its tags. */
  page(path: string, headers?: Record<string, string>): Promise<string>;
  close(): Promise<void>;
}

export async function aSite(
  options: {
    base?: string;
    site?: Partial<HttpParts['site']>;
    parts?: Partial<HttpParts>;
    /** Whose catalogue it is, and where; else a new one. */
    catalogue?: Parameters<typeof aCatalogue>[0];
    /** By what people log in; by passwords, if not given. */
    ways?: { passwords: boolean; issuers: readonly string[] };
    /** Without them, nothing is sent. */
    notifications?: Partial<TestNotificationsOptions>;
  } = {},
): Promise<TestSite> {
  const clock = new TestClock();
  const base = options.base ?? 'https://node.example';
  const test = await aCatalogue({ base, clock, ...options.catalogue });
  const { catalogue, store, identity } = test;
  const text = new TextIndex({ log: silentLog });
  const statements = await Statements.open({ section: store.section('statements'), clock });
  const accounts = await Accounts.open({
    section: store.section('accounts'),
    clock,
    log: silentLog,
    ...(options.ways && { ways: options.ways }),
  });
  const {
    name = 'University of Wyreford',
    contact = 'repository@wyreford.example',
    ...site
  } = options.site ?? {};
  const institution = await Institution.open({
    section: store.section('institution'),
    defaults: { name, contact },
    clock,
  });
  const policies = await Policies.open({ section: store.section('policy'), clock });
  const duplicates = new Duplicates({ statements });
  const citations = new Citations();
  const index = new DatestampIndex({ self: catalogue.node, clock });
  const contentIndex = new ContentIndex({ self: catalogue.node });
  const resourceSync = new ResourceSyncLog({
    catalogue,
    render: (record) => recordJsonLd(record, { base }),
  });
  const usageItems = new ItemIndex({ self: catalogue.node });
  const metadataAssessment = new MetadataAssessment({ self: catalogue.node });
  const runners = [
    await test.run(text),
    await test.run(duplicates),
    await test.run(index),
    await test.run(contentIndex),
    await test.run(citations),
    await test.run(resourceSync),
    await test.run(usageItems),
    await test.run(metadataAssessment),
  ];
  const caughtUp = async (): Promise<void> => {
    await Promise.all(runners.map((runner) => runner.caughtUp()));
  };
  const section = store.section('usage');
  const usage = new Usage({ section, catalogue, clock, log: silentLog, countEveryMs: 0 });
  const regionalUsage = await RegionalUsage.open({
    section: store.section('regional-usage'),
    own: usage,
    describe: async (keys) =>
      (await catalogue.holdings.getMany(keys)).map((held, i) => described(keys[i], held)),
    publishCountries: false,
    finalAfterDays: 3,
    nodes: () => new Map([[catalogue.node, { name: 'University of Wyreford', networks: ['open'] }]]),
    recordsOf: (node) => catalogue.feeds.state(node)?.records ?? 0,
    ownersOf: async (keys) => (await catalogue.holdings.getMany(keys)).map((held) => held?.node),
    signer: identity,
    clock,
    log: silentLog,
  });
  const countings: Promise<unknown>[] = [];
  const peers = new HeldPeers(catalogue);
  const sources = new HeldSources();
  const notifications = someNotifications({ catalogue, store, clock, ...options.notifications });
  await notifications.start({ sends: options.notifications !== undefined });
  const http = await listen('127.0.0.1', 0);
  const { url } = http;
  const ngrBehaviours = new SelfAssessment({
    checks: behaviourChecks,
    base,
    url,
    fetch: (address, init) => fetch(address, init),
    clock,
    log: silentLog,
  });
  const resources = new PublishedResources({ log: resourceSync, clock });
  const channels = syncChannels({ hub: `${base}/websub`, resources, site: { base }, notifications });
  // It takes subscriptions, and sends nothing: it is not started.
  const hub = new Hub({
    section: store.section('websub'),
    url: `${base}/websub`,
    topics: channels,
    fetch: () => Promise.reject(new Error('nothing is sent')),
    registry: new Registry(),
    clock,
    log: silentLog,
  });
  const feedback = await RelatedFeedback.open({
    section: store.section('related-feedback'),
    clock,
    log: silentLog,
  });
  await feedback.follow(catalogue);
  // There is nothing to ask.
  const probing = {
    endpoints: [],
    fetch: () => Promise.reject(new Error('nothing is asked')),
    clock,
    log: silentLog,
  };
  const parts: HttpParts = {
    catalogue,
    text,
    duplicates,
    statements,
    policies,
    citations,
    related: new RelatedItems({
      text,
      works: duplicates,
      held: catalogue.holdings,
      cited: citations,
      feedback,
    }),
    feedback,
    usage: {
      record: (hit) => {
        const counting = usage.record(hit);
        countings.push(counting);
        return counting;
      },
      months: () => usage.months(),
      month: (month) => usage.month(month),
      top: (range, most) => usage.top(range, most),
      items: (range) => usage.items(range),
      item: (key, range) => usage.item(key, range),
      days: (range) => usage.days(range),
      refusals: () => usage.refusals(),
    },
    regionalUsage: {
      totals: async (query) => {
        await regionalUsage.state();
        return await regionalUsage.totals(query);
      },
      work: async (names, range) => {
        await regionalUsage.state();
        return await regionalUsage.work(names, range);
      },
      decide: (node, word) => regionalUsage.decide(node, word),
      coverage: async (filter) => {
        await regionalUsage.state();
        return await regionalUsage.coverage(filter);
      },
      summaries: (filter) => regionalUsage.summaries(filter),
      summary: (node, month) => regionalUsage.summary(node, month),
      works: (node, month) => regionalUsage.works(node, month),
    },
    usageSites: [],
    counter: { requestors: [], windowDays: 3 },
    usageItems,
    usageLogs: new UsageLogs({
      logs: [],
      section: store.section('usage-logs'),
      counting: usage,
      items: usageItems,
      ready: caughtUp,
      issues: { replace: () => Promise.resolve() },
      clock,
      log: silentLog,
    }),
    federation: peers,
    elsewhere: new Elsewhere({
      peers: () => peers.peers(),
      fetch: (address, init) => fetch(address, init),
      clock,
    }),
    lookups: {
      copiesOf: () => Promise.resolve([]),
      filter: { protocol: '/ngr/lookup/1.0.0', version: 'ab'.repeat(16), keys: 5, seq: 2, time: 1 },
    },
    harvester: sources,
    backups: { start: () => undefined, state: () => ({}) },
    imports: new Imports({
      data: test.directory,
      taken: ['repository'],
      harvester: {
        add: () => Promise.resolve(),
        remove: () => Promise.resolve(),
        run: () => Promise.resolve(),
        state: () => [],
      },
      log: silentLog,
    }),
    index,
    content: new ContentList({
      node: catalogue.node,
      index: contentIndex,
      holdings: catalogue.holdings,
      text,
      works: duplicates,
    }),
    oai: new OaiRepository({
      catalogue,
      index,
      baseUrl: `${base}/oai`,
      institution: () => ({ name: institution.document.name, contact: mailOf(institution.document) ?? '' }),
      clock,
    }),
    resources,
    websub: { hub, channels },
    notifications,
    ngrBehaviours,
    metadataAssessment,
    planS: new PlanS({
      metadata: metadataAssessment,
      probes: await Probes.open({ ...probing, section: store.section('probes') }),
      offers: await Offers.open({ ...probing, section: store.section('plan-s') }),
      declared: await Declared.open(store.section('plan-s')),
      institution: () => institution.document,
      clock,
    }),
    institution,
    site: siteOf({ base, node: catalogue.node, networks: ['open'], version: '0.1.0', ...site }, institution),
    health: {
      ready: () => Promise.resolve({ ok: true, checks: [{ name: 'store', ok: true, detail: 'open' }] }),
      report: () => Promise.resolve({ status: 'pass', time: clock.now(), checks: [] }),
    },
    metrics: new Registry(),
    apiToken: API_TOKEN,
    accounts,
    externalLogins: new ExternalLogins({
      providers: [],
      base,
      fetch: () => Promise.reject(new Error('nothing is asked for')),
      clock,
      log: silentLog,
    }),
    letters: undefined,
    readers: () => runners.map(({ name, cursor, lag }) => ({ name, cursor, lag })),
    clock,
    log: silentLog,
    ...options.parts,
  };
  const answer = createApp(parts, (shared) => [dashboardRouter(shared)]).callback();
  const answers = new Set<Promise<void>>();
  http.serve((request, response) => {
    const closed = new Promise<void>((resolve) => response.once('close', resolve));
    answers.add(closed);
    void closed.then(() => answers.delete(closed));
    void answer(request, response);
  });
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url + path, { headers, redirect: 'manual' });
  const others: TestPeer[] = [];

  return {
    url,
    accounts,
    store,
    directory: test.directory,
    catalogue,
    usage,
    regionalUsage,
    peers,
    sources,
    notifications,
    clock,
    parts,
    put: async (...changes) => {
      const results = await catalogue.put(changes);
      await caughtUp();
      return results.map(({ key }) => key);
    },
    counted: async () => {
      // A view is noted when its answer has gone out.
      await Promise.all(answers);
      await Promise.allSettled(countings);
    },
    peer: async (name, base) => {
      const peer = await aPeer({ name, base, clock });
      others.push(peer);
      return peer;
    },
    follow: async (peer, ...changes) => {
      const keys = await peer.publish(changes, catalogue);
      await caughtUp();
      return keys;
    },
    get,
    page: async (path, headers = {}) => tidy(await (await get(path, { accept: BROWSER, ...headers })).text()),
    close: async () => {
      await ngrBehaviours.stop();
      await http.close();
      await notifications.stop();
      await regionalUsage.stop();
      await usage.stop();
      await feedback.stop();
      await Promise.all([test, ...others].map((one) => one.close()));
    },
  };
}

function described(key = '', held: Holding | undefined): ItemDescription | undefined {
  if (held === undefined) return undefined;
  const type = isTombstone(held) ? undefined : held.type?.split('/').at(-1);
  return {
    names: itemNames(key, held.identifiers),
    title: held.titles[0]?.value ?? '',
    ...(type !== undefined && { type }),
  };
}
