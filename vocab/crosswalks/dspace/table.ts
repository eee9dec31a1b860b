import { remembered } from '../../cleaning/index.ts';
import type { Record } from '../../record.ts';
import type { CrosswalkRow } from '../crosswalk.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import type { DSpaceValue, DSpaceValues } from './values.ts';

/** A value to be written, in the first field of its row where it names none. */
export type Written = string | (Omit<DSpaceValue, 'field'> & { field?: string });

/**
 * One line of the table of DSpace's fields. `element` lists the fields that are read together; `dc.subject.*` are all
 * fields of that element that no other line has.
 */
export interface DSpaceRow extends CrosswalkRow {
  readonly read: (
    values: readonly DSpaceValue[],
    description: DescriptionBuilder,
    item: DSpaceValues,
  ) => void;
  readonly write?: (record: Record) => readonly (Written | undefined)[];
}

/** Reads values one by one. */
export function each(read: (value: DSpaceValue, description: DescriptionBuilder) => void): DSpaceRow['read'] {
  return (values, description) => {
    for (const value of values) read(value, description);
  };
}

/** What reads an item row by row; what no row has is left to the raw metadata. */
export function fieldReader(
  rows: readonly DSpaceRow[],
): (item: DSpaceValues, description: DescriptionBuilder) => void {
  const places = new Map(rows.flatMap((row, place) => fieldsOf(row).map((field) => [field, place])));
  const placeOf = remembered(
    (field: string) => places.get(field) ?? places.get(field.replace(/^([^.]+\.[^.]+)\..*$/, '$1.*')),
  );
  return (item, description) => {
    const values: DSpaceValue[][] = rows.map(() => []);
    for (const field of item.fields) {
      const place = placeOf(field);
      if (place !== undefined) for (const value of item.of(field)) values[place]!.push(value);
    }
    rows.forEach((row, place) => {
      const [first] = values[place]!;
      if (first === undefined) return;
      description.log.field = first.field;
      row.read(values[place]!, description, item);
    });
  };
}

/** Fields are compared in lower case. */
function fieldsOf({ element }: CrosswalkRow): string[] {
  return element.split(', ').map((field) => field.toLowerCase());
}
