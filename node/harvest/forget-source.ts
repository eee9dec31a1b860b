import type { Logger } from 'pino';
import { utcSeconds } from '../../protocols/oai-pmh/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Section } from '../store/index.ts';
import { deletionsOf, type HeldElsewhere } from './deletions.ts';
import { forgetIssues } from './issues/issue-store.ts';
import { runRange, sourceOfStateKey, stateKey, stateRange } from './layout.ts';
import { SeenRecords } from './seen-records.ts';

/**
 * Takes a source that is configured no longer out of the node: its records are deleted, but for those that another
 * source has, then all that the harvest knows of it. Some hundred records at a time, so that it can be broken off and
 * gone on with at the next start.
 */
export async function forgetSource(options: {
  source: string;
  section: Section;
  catalogue: Catalogue;
  heldElsewhere: HeldElsewhere;
  clock: Clock;
  signal: AbortSignal;
}): Promise<void> {
  const { source, section, catalogue, heldElsewhere, clock, signal } = options;
  const seen = new SeenRecords({ section, source });
  const datestamp = utcSeconds(clock.now());
  for await (const identifiers of seen.all()) {
    signal.throwIfAborted();
    const gone = identifiers.map((oaiIdentifier) => ({ oaiIdentifier, datestamp }));
    await catalogue.put(await deletionsOf(gone, 'Its repository is harvested no longer.', heldElsewhere));
    await section.batch(seen.forget(identifiers));
  }
  await forgetIssues(section, source);
  await section.clear(runRange(source));
  await section.batch([{ type: 'del', key: stateKey(source) }]);
}

/**
 * Takes out of the node what is there of sources that are configured no longer. What fails is logged: the next start tries
 * again.
 */
export async function forgetFormerSources(options: {
  section: Section;
  isKnown: (source: string) => boolean;
  /** Whether the sources that are known could be harvested. Else nothing is forgotten. */
  othersAreThere: boolean;
  forget: (source: string) => Promise<void>;
  log: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { section, isKnown, othersAreThere, forget, log, signal } = options;
  try {
    signal.throwIfAborted();
    const stored = await section.keys(stateRange).all();
    for (const source of stored.map(sourceOfStateKey)) {
      if (isKnown(source)) continue;
      if (!othersAreThere) {
        log.warn(
          { source },
          'records of a former source are kept till a start at which the others can be harvested',
        );
        continue;
      }
      log.info({ source }, 'source is configured no longer, its records are deleted');
      await forget(source);
    }
  } catch (error) {
    if (!signal.aborted) log.error({ err: error }, 'records of former sources cannot be deleted');
  }
}
