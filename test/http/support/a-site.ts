import { Registry } from 'prom-client';
import { Citations } from '../../../node/analysis/citations/index.ts';
import { Duplicates } from '../../../node/analysis/duplicates/index.ts';
import { RelatedItems } from '../../../node/analysis/related/index.ts';
import { TextIndex } from '../../../node/analysis/search/index.ts';
import { Usage } from '../../../node/analysis/usage/index.ts';
import { behaviourChecks, SelfAssessment } from '../../../node/assessment/index.ts';
import type { Catalogue, OwnChange } from '../../../node/catalogue/index.ts';
import { createApp, listen, recordJsonLd, syncChannels, type HttpParts } from '../../../node/http/index.ts';
import type { Notifications } from '../../../node/notifications/index.ts';
import { Imports } from '../../../node/imports/index.ts';
import {
  DatestampIndex,
  OaiRepository,
  PublishedResources,
  ResourceSyncLog,
} from '../../../node/publishing/index.ts';
import { RelatedFeedback } from '../../../node/related-feedback/index.ts';
import { Statements } from '../../../node/statements/index.ts';
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
  catalogue: Catalogue;
  usage: Usage;
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
  const duplicates = new Duplicates({ statements });
  const citations = new Citations();
  const index = new DatestampIndex({ self: catalogue.node, clock });
  const resourceSync = new ResourceSyncLog({
    catalogue,
    render: (record) => recordJsonLd(record, { base }),
  });
  const runners = [
    await test.run(text),
    await test.run(duplicates),
    await test.run(index),
    await test.run(citations),
    await test.run(resourceSync),
  ];
  const section = store.section('usage');
  const usage = new Usage({ section, catalogue, signer: identity, clock, log: silentLog });
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
  const parts: HttpParts = {
    catalogue,
    text,
    duplicates,
    statements,
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
      own: () => usage.own(),
      counts: (key) => usage.counts(key),
      totals: () => usage.totals(),
      decide: (node, word) => usage.decide(node, word),
    },
    federation: peers,
    lookups: {
      copiesOf: () => Promise.resolve([]),
      filter: { protocol: '/ngr/lookup/1.0.0', version: 'ab'.repeat(16), keys: 5, seq: 2, time: 1 },
    },
    harvester: sources,
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
    oai: new OaiRepository({
      catalogue,
      index,
      baseUrl: `${base}/oai`,
      name: 'University of Wyreford',
      contact: 'repository@wyreford.example',
      clock,
    }),
    resources,
    websub: { hub, channels },
    notifications,
    ngrBehaviours,
    site: {
      base,
      name: 'University of Wyreford',
      node: catalogue.node,
      networks: ['open'],
      version: '0.1.0',
      contact: 'repository@wyreford.example',
      ...options.site,
    },
    health: {
      ready: () => Promise.resolve({ ok: true, checks: [{ name: 'store', ok: true, detail: 'open' }] }),
    },
    metrics: new Registry(),
    apiToken: API_TOKEN,
    readers: () => runners.map(({ name, cursor, lag }) => ({ name, cursor, lag })),
    clock,
    log: silentLog,
    ...options.parts,
  };
  const answer = createApp(parts).callback();
  http.serve((request, response) => void answer(request, response));
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(url + path, { headers, redirect: 'manual' });
  const others: TestPeer[] = [];
  const caughtUp = async (): Promise<void> => {
    await Promise.all(runners.map((runner) => runner.caughtUp()));
  };

  return {
    url,
    catalogue,
    usage,
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
      await usage.stop();
      await feedback.stop();
      await Promise.all([test, ...others].map((one) => one.close()));
    },
  };
}
