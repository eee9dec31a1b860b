import { NgrError } from '../../vocab/errors.ts';

/**
 * A harvest, or one record of it, that cannot be done.
 *
 * - `HARVEST_DATES_IGNORED`: a list breaks off, and the source can give it neither in parts by date nor in order.
 * - `HARVEST_POSITION_LOST`: the source does not know the place any more at which a broken-off list goes on.
 * - `HARVEST_RECORD_REFUSED`: a record that was fetched anew cannot be used.
 * - `HARVEST_SET_OF_SEVERAL`: a set is to be harvested, and not said of which source.
 * - `HARVEST_SOURCE_EXISTS`: there is a source of that name already.
 * - `HARVEST_SOURCE_REMOVED`: the source is taken out, its harvest ends.
 * - `HARVEST_STOPPED`: the node is stopped; the harvest goes on when it is started again.
 * - `HARVEST_UNKNOWN_FORMAT`: no crosswalk reads the metadata of the source.
 * - `HARVEST_UNKNOWN_RECORD`: no source has the record.
 * - `HARVEST_UNKNOWN_SET`: the source lists no such set.
 * - `HARVEST_UNKNOWN_SOURCE`: no source of that name is configured.
 */
export class HarvestError extends NgrError {}

export function sourceExists(name: string): HarvestError {
  return new HarvestError('HARVEST_SOURCE_EXISTS', `There is a source named "${name}" already.`, {
    remedy: 'Choose another name, or take that source out first.',
  });
}

export function unknownSource(name: string, known: readonly string[]): HarvestError {
  return new HarvestError('HARVEST_UNKNOWN_SOURCE', `No source is named "${name}".`, {
    remedy: `Choose one of: ${known.join(', ') || 'none is configured'}.`,
  });
}

export function setOfSeveral(set: string): HarvestError {
  return new HarvestError('HARVEST_SET_OF_SEVERAL', `Whose set "${set}" is meant cannot be told.`, {
    remedy: 'Name the source too: it has to be one that is harvested by OAI-PMH, as others have no sets.',
  });
}
