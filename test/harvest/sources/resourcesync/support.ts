import pino from 'pino';
import { guardedFetch } from '../../../../node/outbound/index.ts';
import type { Source, SourceItem, SourcePage } from '../../../../node/harvest/sources/source.ts';
import { resourceSyncSource } from '../../../../node/harvest/sources/resourcesync/index.ts';
import { HastyClock } from '../../../support/hasty-clock.ts';
import { MisbehavingSyncSource } from '../../../support/misbehaving-sync-source.ts';
import { oaiDc } from '../../../support/misbehaving-repository.ts';

export interface TestSync {
  server: MisbehavingSyncSource;
  clock: HastyClock;
  /** A source that knows nothing of what was read before. */
  source(path?: string): Source;
  close(): Promise<void>;
}

export async function aSync(): Promise<TestSync> {
  const clock = new HastyClock();
  const server = await MisbehavingSyncSource.start(clock);
  const fetch = guardedFetch({ allow: [server.url], userAgent: 'NGR-Node/test', timeoutMs: 30_000 });
  const log = pino({ level: 'silent' });
  return {
    server,
    clock,
    source: (path = '/') =>
      resourceSyncSource(
        { name: 'test', type: 'resourcesync', url: server.url + path },
        { fetch, clock, log },
      ),
    close: () => server.close(),
  };
}

/** Puts metadata resources of these numbers. */
export function putRecords(server: MisbehavingSyncSource, ...numbers: number[]): void {
  for (const n of numbers) server.put(`/records/${n}.xml`, oaiDc(`Title ${n}`));
}

export interface Read {
  pages: SourcePage[];
  items: SourceItem[];
  /** By the end of their identifiers: the title, or `deleted`. */
  titles: Record<string, string>;
  codes: string[];
  lost: number;
  time: string;
  error?: unknown;
}

/** Reads a list to its end, or to what breaks it off. */
export async function read(
  source: Source,
  selection: { since?: string; position?: string; set?: string } = {},
  signal = new AbortController().signal,
): Promise<Read> {
  const pages: SourcePage[] = [];
  let error: unknown;
  try {
    for await (const page of source.pages(selection, signal)) pages.push(page);
  } catch (cause) {
    error = cause;
  }
  const items = pages.flatMap((page) => page.items);
  return {
    pages,
    items,
    titles: Object.fromEntries(items.map((item) => [shortened(item.oaiIdentifier), titleOf(item)])),
    codes: pages.flatMap(({ problems, ofSource = [] }) => [...problems, ...ofSource].map(({ code }) => code)),
    lost: pages.reduce((sum, page) => sum + page.lost, 0),
    time: pages[0]?.time ?? '',
    ...(error !== undefined && { error }),
  };
}

function shortened(identifier: string): string {
  return identifier.replace(/^.*\//, '').replace(/\.xml$/, '');
}

function titleOf({ metadata }: SourceItem): string {
  if (metadata === undefined) return 'deleted';
  return 'element' in metadata ? metadata.element.childText('title') : metadata.format;
}
