import type { CrosswalkResult, CrosswalkRow, JsonObject } from './crosswalk.ts';
import { DescriptionBuilder } from './description-builder.ts';

/** One line of the table of a format in JSON; `element` is the name of a property. */
export interface FieldRow extends CrosswalkRow {
  readonly read: (value: unknown, description: DescriptionBuilder) => void;
}

/** Reads an object row by row, each row with the property of its name. */
export function readFields(rows: readonly FieldRow[], fields: JsonObject): CrosswalkResult {
  const description = new DescriptionBuilder();
  for (const { element, read } of rows) {
    if (!Object.hasOwn(fields, element)) continue;
    description.log.field = element;
    read(fields[element], description);
  }
  return { description: description.build(), repairs: description.log.repairs };
}
