import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  RegionalUsage,
  type ItemDescription,
  type NodeFacts,
  type OwnUsage,
} from '../../../node/analysis/regional-usage/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore, type Store } from '../../../node/store/index.ts';
import { type Metrics, noUse, sumOf } from '../../../protocols/counter/index.ts';
import {
  identifierHash,
  signSummary,
  WorksWriter,
  type SignedSummary,
  type UsageSummary,
} from '../../../protocols/usage-summary/index.ts';
import { noWorks } from '../../protocols/usage-summary/a-summary.ts';
import { silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';

export const NOW = Date.UTC(2026, 10, 21, 12);

/** Investigations, unique ones, requests, unique ones. */
export function use(a: number, b = a, c = 0, d = c): Metrics {
  return { totalInvestigations: a, uniqueInvestigations: b, totalRequests: c, uniqueRequests: d };
}

/** Counts of the own items in memory, as the counting has them. */
export class OwnCounts implements OwnUsage {
  readonly items = new Map<string, Map<string, Metrics>>();
  readonly byCountry = new Map<string, Metrics>();
  openDays = 0;
  machine = use(7, 5, 3, 2);
  #version = 0;
  #tell: (months: readonly string[]) => void = () => undefined;

  /** Counts a use. */
  add(month: string, key: string, metrics: Metrics = use(1)): void {
    const ofMonth = this.items.get(month) ?? new Map<string, Metrics>();
    ofMonth.set(key, sumOf(ofMonth.get(key) ?? noUse, metrics));
    this.items.set(month, ofMonth);
    this.noteChange([month]);
  }

  noteChange(months: readonly string[]): void {
    this.#version += 1;
    this.#tell(months);
  }

  months() {
    return Promise.resolve([...this.items.keys()].sort().map((month) => this.#month(month)));
  }

  month(month: string) {
    const known = this.items.has(month) ? { ...this.#month(month), byCountry: this.byCountry } : undefined;
    return Promise.resolve(known);
  }

  async *monthItems(month: string): AsyncGenerator<{ key: string; metrics: Metrics }> {
    for (const [key, metrics] of this.items.get(month) ?? []) yield { key, metrics };
  }

  async *days({ from }: { from: string }): AsyncGenerator<{ day: string }> {
    yield { day: `${from.slice(0, 7)}-03` };
    yield { day: `${from.slice(0, 7)}-20` };
  }

  onChange(listener: (months: readonly string[]) => void): () => void {
    this.#tell = listener;
    return () => undefined;
  }

  #month(month: string) {
    return { month, machine: this.machine, openDays: this.openDays, version: this.#version };
  }
}

export interface RegionFixture {
  usage: RegionalUsage;
  own: OwnCounts;
  clock: TestClock;
  identity: Identity;
  store: Store;
  nodes: Map<string, NodeFacts>;
  records: Map<string, number>;
  owners: Map<string, string>;
  described: Map<string, ItemDescription>;
  /** A new one over the same data, as after a restart. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function aRegion(options: { publishCountries?: boolean } = {}): Promise<RegionFixture> {
  const directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  const store = await openStore(directory);
  const [clock, identity, own] = [new TestClock(NOW), Identity.generate(), new OwnCounts()];
  const nodes = new Map<string, NodeFacts>();
  const records = new Map<string, number>();
  const owners = new Map<string, string>();
  const described = new Map<string, ItemDescription>();
  const open = (): Promise<RegionalUsage> =>
    RegionalUsage.open({
      section: store.section('regional-usage'),
      own,
      describe: (keys) => Promise.resolve(keys.map((key) => described.get(key))),
      publishCountries: options.publishCountries ?? false,
      finalAfterDays: 3,
      nodes: () => nodes,
      recordsOf: (node) => records.get(node) ?? 0,
      ownersOf: (keys) => Promise.resolve(keys.map((key) => owners.get(key))),
      signer: identity,
      clock,
      log: silentLog,
    });
  const fixture: RegionFixture = {
    usage: await open(),
    own,
    clock,
    identity,
    store,
    nodes,
    records,
    owners,
    described,
    restart: async () => {
      await fixture.usage.stop();
      fixture.usage = await open();
    },
    close: async () => {
      await fixture.usage.stop();
      await store.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return fixture;
}

/** A summary that tells of nothing but its total, unless told. */
export function aSigned(identity: Identity, parts: Partial<UsageSummary> = {}): SignedSummary {
  const month = parts.month ?? '2026-10';
  const summary: UsageSummary = {
    node: identity.node,
    month,
    revision: 1,
    total: use(10, 8, 4, 3),
    machine: { investigations: 2, requests: 1 },
    byType: [],
    byLanguage: [],
    byCountry: [],
    top: [],
    days: { first: `${month}-01`, last: `${month}-20`, count: 12 },
    isFinal: false,
    works: noWorks.state,
    time: NOW,
    ...parts,
  };
  return signSummary(summary, identity);
}

export type NamedItem = readonly [names: readonly string[], metrics: Metrics];

/** A summary of items, by their names, with its works. */
export function aSignedWithWorks(
  identity: Identity,
  items: readonly NamedItem[],
  parts: Partial<UsageSummary> = {},
): { summary: SignedSummary; pages: Uint8Array[]; name: { node: string; month: string; digest: string } } {
  const writer = new WorksWriter();
  for (const [names, metrics] of items) writer.add(names.map(identifierHash), metrics);
  const { pages, state } = writer.finish();
  const total = items.reduce<Metrics>((sum, [, metrics]) => sumOf(sum, metrics), noUse);
  const summary = aSigned(identity, { total, works: state, ...parts });
  const digest = Buffer.from(summary.works.digest).toString('hex');
  return { summary, pages, name: { node: identity.node, month: summary.month, digest } };
}
