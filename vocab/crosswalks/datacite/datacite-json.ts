import type { FieldCrosswalk, JsonObject } from '../crosswalk.ts';
import { isObject } from '../json-values.ts';
import { readRecord } from '../record-table.ts';
import { JsonProperty } from './json-property.ts';
import { restRows } from './rows.ts';

/**
 * DataCite's metadata as its REST API gives it (https://support.datacite.org/reference/get_dois-id): the attributes by
 * themselves, or with `data` and `attributes` around them. Of a list the first is read.
 */
export const dataciteJson: FieldCrosswalk = {
  title: 'DataCite JSON',
  describedAt: 'https://support.datacite.org/docs/api',
  rows: restRows,
  format: 'datacite_json',
  read: (fields) => readRecord(restRows, new JsonProperty(attributesIn(fields), 'resource')),
};

function attributesIn(fields: JsonObject): unknown {
  const { data = fields } = fields;
  const [first]: unknown[] = Array.isArray(data) ? data : [data];
  if (!isObject(first)) return fields;
  return first['attributes'] ?? first;
}
