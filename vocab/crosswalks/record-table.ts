import type { CrosswalkResult, CrosswalkRow } from './crosswalk.ts';
import { DescriptionBuilder } from './description-builder.ts';

/**
 * One line of the table of a format whose elements cannot be read one by one: an embargo's end is told by a date and a
 * right, an affiliation stands elsewhere than the author. A row therefore sees the whole record.
 */
export interface RecordRow<Source> extends CrosswalkRow {
  readonly read: (source: Source, description: DescriptionBuilder) => void;
}

/** Reads a record row by row. */
export function readRecord<Source>(rows: readonly RecordRow<Source>[], source: Source): CrosswalkResult {
  const description = new DescriptionBuilder();
  for (const row of rows) {
    description.log.field = row.element;
    row.read(source, description);
  }
  return { description: description.build(), repairs: description.log.repairs };
}
