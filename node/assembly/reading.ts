import { Citations, DoiTitles } from '../analysis/citations/index.ts';
import { Duplicates } from '../analysis/duplicates/index.ts';
import { RelatedItems } from '../analysis/related/index.ts';
import { TextIndex } from '../analysis/search/index.ts';
import { ReaderRunner, type Reader } from '../catalogue/index.ts';
import { recordJsonLd } from '../http/index.ts';
import { WorkKeyIndex } from '../federation/index.ts';
import type { Fetch } from '../outbound/index.ts';
import { DatestampIndex, ResourceSyncLog } from '../publishing/index.ts';
import type { FullTexts } from '../harvest/index.ts';
import type { Foundation } from './foundation.ts';

/** What is made of the catalogue's log. */
export interface Reading {
  text: TextIndex;
  duplicates: Duplicates;
  related: RelatedItems;
  citations: Citations;
  index: DatestampIndex;
  workKeyIndex: WorkKeyIndex;
  resourceSync: ResourceSyncLog;
  /** Each reader at its work; a new one is a line in `readers` below. */
  runners: readonly ReaderRunner[];
}

/** Builds the readers and starts them: each goes on where it was. */
export async function startReading(
  on: Foundation,
  { fullTexts, fetch }: { fullTexts: FullTexts | undefined; fetch: Fetch },
): Promise<Reading> {
  const { catalogue, store, identity, base, clock, log, offline, onStop } = on;
  const text = new TextIndex({ log, ...(fullTexts !== undefined && { fullText: fullTexts }) });
  const duplicates = new Duplicates();
  const index = new DatestampIndex({ self: identity.node, clock });
  const workKeyIndex = new WorkKeyIndex({ node: identity.node });
  const resourceSync = new ResourceSyncLog({
    catalogue,
    render: (record) => recordJsonLd(record, { base }),
  });
  const titles = buildDoiTitles(on, fetch);
  const citations = new Citations(titles === undefined ? {} : { titles });
  const readers: Reader[] = [
    text,
    duplicates,
    index,
    resourceSync,
    citations,
    workKeyIndex,
    ...(fullTexts === undefined ? [] : [fullTexts]),
  ];
  const runners: ReaderRunner[] = [];
  for (const reader of readers) {
    const runner = new ReaderRunner({ catalogue, reader, section: store.section(reader.name), log, clock });
    await runner.start();
    onStop(() => runner.stop());
    runners.push(runner);
  }
  if (titles !== undefined && !offline) {
    titles.start();
    onStop(() => titles.stop());
  }
  if (fullTexts !== undefined && !offline) {
    await fullTexts.start();
    onStop(() => fullTexts.stop());
  }
  const related = new RelatedItems({ text, works: duplicates });
  return { text, duplicates, related, citations, index, workKeyIndex, resourceSync, runners };
}

/** The titles of cited works that are not held, where the operator names a resolver of DOIs. */
function buildDoiTitles(
  { config, store, catalogue, clock, log }: Foundation,
  fetch: Fetch,
): DoiTitles | undefined {
  const resolver = config.harvest.doiResolver;
  if (resolver === undefined) return undefined;
  return new DoiTitles({
    resolver,
    section: store.section('doi-titles'),
    fetch,
    isHeld: async (doi) => (await catalogue.holdings.withIdentifier('doi', doi, 1)).length > 0,
    clock,
    log,
  });
}
