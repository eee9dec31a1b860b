import { Citations, DoiTitles } from '../analysis/citations/index.ts';
import { Duplicates, measureDuplicates } from '../analysis/duplicates/index.ts';
import { RelatedItems, UsedTogether } from '../analysis/related/index.ts';
import { TextIndex } from '../analysis/search/index.ts';
import { MetadataAssessment } from '../assessment/index.ts';
import { isRecordPlace, ReaderRunner, type Reader } from '../catalogue/index.ts';
import { ContentIndex, ContentList } from '../content/index.ts';
import { recordJsonLd } from '../http/index.ts';
import { WorkKeyIndex } from '../federation/index.ts';
import type { Fetch } from '../outbound/index.ts';
import { DatestampIndex, ResourceSyncLog } from '../publishing/index.ts';
import type { FullTexts } from '../harvest/index.ts';
import { RelatedFeedback } from '../related-feedback/index.ts';
import { Statements } from '../statements/index.ts';
import { ItemIndex } from '../usage-logs/index.ts';
import { openDense } from './dense.ts';
import type { Foundation } from './foundation.ts';

/** What is computed from records may be behind them by so much: a record itself is served at once. */
const REST_MS = 250;

/** What is made of the catalogue's log. */
export interface Reading {
  text: TextIndex;
  duplicates: Duplicates;
  statements: Statements;
  related: RelatedItems;
  feedback: RelatedFeedback;
  /** Which works are used in the same sessions. */
  usedTogether: UsedTogether;
  citations: Citations;
  index: DatestampIndex;
  content: ContentList;
  workKeyIndex: WorkKeyIndex;
  resourceSync: ResourceSyncLog;
  /** The own records by what the logs of use call them. */
  usageItems: ItemIndex;
  /** How the own records stand by profiles of metadata. */
  metadataAssessment: MetadataAssessment;
  /** Each reader at its work; a new one is a line in `readers` below. */
  runners: readonly ReaderRunner[];
}

/** Builds the readers and starts them: each goes on where it was. */
export async function startReading(
  on: Foundation,
  { fullTexts, fetch }: { fullTexts: FullTexts | undefined; fetch: Fetch },
): Promise<Reading> {
  const { catalogue, store, identity, base, metrics, clock, log, offline, onStop } = on;
  const text = new TextIndex({ log, ...(fullTexts !== undefined && { fullText: fullTexts }) });
  const statements = await Statements.open({ section: store.section('statements'), clock });
  await statements.followMoves((record) => catalogue.holdings.movedTo(record));
  const duplicates = new Duplicates({
    statements,
    stands: async (key) => isRecordPlace(await catalogue.holdings.place(key)),
  });
  measureDuplicates(duplicates, metrics);
  const index = new DatestampIndex({ self: identity.node, clock });
  const contentIndex = new ContentIndex({ self: identity.node });
  const workKeyIndex = new WorkKeyIndex({ node: identity.node });
  const resourceSync = new ResourceSyncLog({
    catalogue,
    render: (record) => recordJsonLd(record, { base }),
  });
  const usageItems = new ItemIndex({ self: identity.node });
  const metadataAssessment = new MetadataAssessment({ self: identity.node });
  const titles = buildDoiTitles(on, fetch);
  const citations = new Citations(titles === undefined ? {} : { titles });
  const dense = await openDense(on);
  const readers: Reader[] = [
    text,
    duplicates,
    index,
    contentIndex,
    resourceSync,
    citations,
    workKeyIndex,
    usageItems,
    metadataAssessment,
    ...(fullTexts === undefined ? [] : [fullTexts]),
    ...(dense.vectors === undefined ? [] : [dense.vectors]),
  ];
  const runners: ReaderRunner[] = [];
  for (const reader of readers) {
    const section = store.section(reader.name);
    const runner = new ReaderRunner({ catalogue, reader, section, log, clock, restMs: REST_MS });
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
  const usedTogether = new UsedTogether({ section: store.section('used-together'), clock });
  onStop(() => usedTogether.idle());
  const feedback = await RelatedFeedback.open({ section: store.section('related-feedback'), clock, log });
  onStop(() => feedback.stop());
  await feedback.follow(catalogue);
  const related = new RelatedItems({
    feedback,
    text,
    works: duplicates,
    held: catalogue.holdings,
    cited: citations,
    used: usedTogether,
    meaning: dense.meaning,
  });
  const content = new ContentList({
    node: identity.node,
    index: contentIndex,
    holdings: catalogue.holdings,
    text,
    works: duplicates,
  });
  return {
    text,
    duplicates,
    statements,
    related,
    feedback,
    usedTogether,
    citations,
    index,
    content,
    workKeyIndex,
    resourceSync,
    usageItems,
    metadataAssessment,
    runners,
  };
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
