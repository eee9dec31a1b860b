import { Citations, StoredTitles } from '../analysis/citations/index.ts';
import { StoredWorks } from '../analysis/duplicates/index.ts';
import { CatalogueView, isRecordPlace, openToRead } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Config } from '../config/index.ts';
import { recordJsonLd } from '../http/index.ts';
import { Institution } from '../institution/index.ts';
import { Announcements } from '../notifications/index.ts';
import { DatestampIndex, PublishedResources, ResourceSyncLog } from '../publishing/index.ts';
import { Statements } from '../statements/index.ts';
import { StoreError, type ReadStore } from '../store/index.ts';
import type { Look } from './following.ts';

const RECORDS_EVERY_MS = 250;
/** What is kept is not shown for longer without knowing whether it was withdrawn. */
const LATE_MS = 1_000;
const LISTS_EVERY_MS = 500;
const VERSIONS_EVERY_MS = 1_000;
/** What people change by hand. */
const WORDS_EVERY_MS = 2_000;
/** The clocks of two machines may differ by as much when it is asked whether a day is over. */
const CLOCKS_APART_MS = 60_000;

/** What is read along with the writer, and what is to be looked at for that. */
export interface Rows {
  catalogue: CatalogueView;
  works: StoredWorks;
  citations: Citations;
  index: DatestampIndex;
  resources: PublishedResources;
  announcements: Announcements;
  /** As they are now. */
  institution: Pick<Institution, 'document' | 'logo'>;
  statements: Pick<Statements, 'list'>;
  looks: readonly Look[];
}

/**
 * Opens what the writer has written.
 * @throws StoreError `STORE_EMPTY` it has not begun yet · `STORE_OTHER_VERSION` it keeps something in another way
 */
export async function openRows(
  store: ReadStore,
  { config, clock }: { config: Config; clock: Clock },
): Promise<Rows> {
  const catalogue = await CatalogueView.open(store.section('catalogue'));
  if (catalogue === undefined) throw notBegun();
  const { holdings, node, base } = catalogue;
  const works = new StoredWorks({
    stands: async (key) => isRecordPlace(await holdings.place(key)),
  });
  const titles =
    config.harvest.doiResolver === undefined
      ? {}
      : { titles: new StoredTitles({ section: store.section('doi-titles') }) };
  const citations = new Citations(titles);
  const index = new DatestampIndex({ self: node, clock });
  const syncLog = new ResourceSyncLog({ catalogue, render: (record) => recordJsonLd(record, { base }) });
  const announcements = new Announcements(store.section('notifications'));
  await announcements.open();
  const openInstitution = (): Promise<Institution> =>
    Institution.open({
      section: store.section('institution'),
      defaults: { name: config.name, contact: config.contact },
      clock,
    });
  const openStatements = (): Promise<Statements> =>
    Statements.open({ section: store.section('statements'), clock });
  let [institution, statements] = await Promise.all([openInstitution(), openStatements()]);

  // Till then all that was changed is in the lists, so that a day before may be told to be over.
  let settledAt = 0;
  const openLists = async (): Promise<void> => {
    const [now, end] = [clock.now(), await catalogue.log.end()];
    const reached = await openToRead(syncLog, store.section(syncLog.name));
    if (reached === undefined) throw keptOtherwise(syncLog.name);
    if (reached >= end) settledAt = now - CLOCKS_APART_MS;
  };
  const openOthers = async (): Promise<void> => {
    for (const reader of [works, citations, index])
      if ((await openToRead(reader, store.section(reader.name))) === undefined)
        throw keptOtherwise(reader.name);
  };
  await store.requireFormat();
  await openLists();
  await openOthers();

  return {
    catalogue,
    works,
    citations,
    index,
    resources: new PublishedResources({ log: syncLog, clock: { ...clock, now: () => settledAt } }),
    announcements,
    institution: {
      get document() {
        return institution.document;
      },
      get logo() {
        return institution.logo;
      },
    },
    statements: { list: (asked) => statements.list(asked) },
    looks: [
      { name: 'records', everyMs: RECORDS_EVERY_MS, look: () => refreshed(catalogue, clock) },
      { name: 'lists', everyMs: LISTS_EVERY_MS, look: openLists },
      {
        name: 'versions',
        everyMs: VERSIONS_EVERY_MS,
        look: async () => {
          await store.requireFormat();
          await openOthers();
        },
      },
      {
        name: 'words',
        everyMs: WORDS_EVERY_MS,
        look: async () => {
          [institution, statements] = await Promise.all([openInstitution(), openStatements()]);
          await announcements.refresh();
        },
      },
    ],
  };
}

/** Where the database does not answer, nothing that is kept is shown any more: the writer may reach it, and have withdrawn it. */
async function refreshed(catalogue: CatalogueView, clock: Clock): Promise<void> {
  const done = new AbortController();
  const late = forgotten(catalogue, clock, done.signal);
  try {
    await catalogue.refresh();
  } catch (error) {
    catalogue.forget();
    throw error;
  } finally {
    done.abort();
    await late;
  }
}

/** Again and again: what is rendered meanwhile may be withdrawn the next moment. */
async function forgotten(catalogue: CatalogueView, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const isOver = await clock.sleep(LATE_MS, signal).then(
      () => false,
      () => true,
    );
    if (!isOver) catalogue.forget();
  }
}

function notBegun(): StoreError {
  return new StoreError('STORE_EMPTY', 'The writer has not opened its catalogue in the store yet.', {
    remedy: 'Start the writer first ("ngr start"); then this process again.',
  });
}

function keptOtherwise(what: string): StoreError {
  return new StoreError(
    'STORE_OTHER_VERSION',
    `What the writer has made of the records for "${what}" is not there, or of another version than this one.`,
    {
      remedy:
        'Have the same version of NGR Node everywhere, and start the writer first. It makes what it needs anew; then start this process again.',
    },
  );
}
