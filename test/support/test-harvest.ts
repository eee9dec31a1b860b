import type { Catalogue } from '../../node/catalogue/index.ts';
import type { OaiPmhSourceConfig, SourceConfig } from '../../node/config/index.ts';
import { Harvester } from '../../node/harvest/index.ts';
import { guardedFetch, type Fetch } from '../../node/outbound/index.ts';
import type { Store } from '../../node/store/index.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import { isTombstone } from '../../vocab/record.ts';
import { HastyClock } from './hasty-clock.ts';
import { MisbehavingRepository } from './misbehaving-repository.ts';
import { aCatalogue, silentLog, type TestCatalogue } from './test-catalogue.ts';
import { stages } from './harvest-stages.ts';

export const HOUR = 3_600_000;

/** A harvester over a real store, and a repository on loopback that it harvests. */
export interface TestHarvest {
  readonly harvester: Harvester;
  readonly catalogue: Catalogue;
  readonly store: Store;
  readonly repository: MisbehavingRepository;
  readonly clock: HastyClock;
  /** What the node holds, by OAI identifier: the title, or what kind of tombstone it is. */
  content(): Promise<Record<string, string>>;
  /** Closes the store and opens it again, with a new harvester for these sources. */
  reopen(sources?: SourceConfig[]): Promise<void>;
  close(): Promise<void>;
}

export function aSource(url: string, parts: Partial<OaiPmhSourceConfig> = {}): OaiPmhSourceConfig {
  return { name: 'test', type: 'oai-pmh', url, metadataPrefix: 'oai_dc', sets: [], ...parts };
}

export async function aHarvest(
  options: { sources?: (url: string) => SourceConfig[] } = {},
): Promise<TestHarvest> {
  const clock = new HastyClock();
  const repository = await MisbehavingRepository.start(clock);
  const configured = options.sources?.(repository.url) ?? [aSource(repository.url)];
  let test: TestCatalogue = await aCatalogue({ clock });
  let harvester = harvesterOver(test, configured, clock);
  return {
    get harvester() {
      return harvester;
    },
    get catalogue() {
      return test.catalogue;
    },
    get store() {
      return test.store;
    },
    repository,
    clock,
    content: () => contentOf(test.catalogue),
    reopen: async (sources = configured) => {
      await harvester.stop();
      test = await test.reopen();
      harvester = harvesterOver(test, sources, clock);
    },
    close: async () => {
      await harvester.stop();
      await test.close();
      await repository.close();
    },
  };
}

/** Asks as the node does. */
export function loopbackFetch(urls: readonly string[]): Fetch {
  return guardedFetch({ allow: urls, userAgent: 'NGR-Node/test', timeoutMs: 30_000 });
}

function harvesterOver(test: TestCatalogue, sources: SourceConfig[], clock: HastyClock): Harvester {
  return new Harvester({
    sources,
    stages,
    catalogue: test.catalogue,
    section: test.store.section('harvest'),
    fetch: loopbackFetch(sources.flatMap((source) => (source.type === 'files' ? [] : [source.url]))),
    clock,
    log: silentLog,
    intervalMs: HOUR,
  });
}

async function contentOf(catalogue: Catalogue): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  for await (const entry of catalogue.feeds.entries(catalogue.node)) {
    const holding = await catalogue.holdings.get(keyOfIri(entry.record) ?? '');
    if (holding === undefined) throw new Error(`no holding for ${entry.record}`);
    content[holding.oaiIdentifier.replace('oai:repository.example:', '')] = isTombstone(holding)
      ? holding.tombstone.kind
      : (holding.titles[0]?.value ?? '');
  }
  return content;
}
