import { join } from 'node:path';
import {
  DocumentIssues,
  Extractor,
  forgetFullTexts,
  FullTexts,
  Harvester,
  LanguageThread,
  stagesWith,
} from '../harvest/index.ts';
import { Imports } from '../imports/index.ts';
import { guardedFetch, type Fetch } from '../outbound/index.ts';
import type { Foundation } from './foundation.ts';

/** What fills the catalogue with the institution's own records. */
export interface Harvesting {
  harvester: Harvester;
  imports: Imports;
  fullTexts: FullTexts | undefined;
  /** Asks the sources, and whoever holds their files. */
  fetch: Fetch;
}

export function buildHarvesting(on: Foundation): Harvesting {
  const { config, store, catalogue, clock, log, sources, imported } = on;
  const { doiResolver } = config.harvest;
  const fetch = guardedFetch({
    allow: [
      ...sources.flatMap((source) => (source.type === 'files' ? [] : [source.url])),
      ...(doiResolver === undefined ? [] : [doiResolver]),
    ],
    userAgent: on.userAgent,
    timeoutMs: 60_000,
  });
  const fullTexts = buildFullTexts(on, fetch, (oaiIdentifier) => harvester.sourceOf(oaiIdentifier));
  const languages = new LanguageThread({ clock, log });
  on.onStop(() => languages.stop());
  const harvester: Harvester = new Harvester({
    sources,
    stages: stagesWith({ languages, files: fullTexts?.stage }),
    catalogue,
    section: store.section('harvest'),
    fetch,
    clock,
    log,
    intervalMs: config.harvest.intervalMinutes * 60_000,
  });
  const imports = new Imports({
    data: config.data,
    taken: sources.map(({ name }) => name).filter((name) => !imported.some((one) => one.name === name)),
    harvester,
    log,
    clock,
  });
  return { harvester, imports, fullTexts, fetch };
}

/** The full texts of the node's own records, where they are wanted; else what is left of them is dropped. */
function buildFullTexts(
  { config, isSample, store, catalogue, userAgent, directory, clock, log, onStop }: Foundation,
  fetch: Fetch,
  sourceOf: Harvester['sourceOf'],
): FullTexts | undefined {
  const section = store.section('full-text');
  const issues = new DocumentIssues({ section: store.section('harvest') });
  const mode = isSample ? 'off' : config.harvest.fullText;
  if (mode === 'off') {
    const abort = new AbortController();
    const forgetting = forgetFullTexts({ section, issues, signal: abort.signal }).catch((error: unknown) => {
      if (!abort.signal.aborted) log.error({ err: error }, 'what is known of full texts cannot be dropped');
    });
    onStop(() => {
      abort.abort();
      return forgetting;
    });
    return undefined;
  }
  const extractor = new Extractor({ clock });
  onStop(() => extractor.stop());
  return new FullTexts({
    mode,
    section,
    extractor,
    issues,
    directory: join(directory, 'full-text'),
    catalogue,
    fetch,
    userAgent,
    sourceOf,
    clock,
    log,
  });
}
