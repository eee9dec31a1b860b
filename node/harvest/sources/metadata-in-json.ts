import { cslTypes, isObject, type JsonObject, objectsOf, textOf } from '../../../vocab/crosswalks/index.ts';

/** A record in JSON, by what it shows of itself. */
export interface MetadataInJson {
  /** Of one of `fieldCrosswalks`. */
  format: 'datacite_json' | 'csl_json' | 'ngr_jsonld';
  fields: JsonObject;
  /** As another node tells it. */
  oaiIdentifier?: string;
  /** Of a node's record that was withdrawn or deleted. */
  isTombstone: boolean;
}

/**
 * Tells which of the JSON formats a value is: a record of an NGR node, one of DataCite (as its REST API gives it, with or
 * without the envelope of JSON:API), or an item of CSL-JSON. A list of one stands for that one. `undefined` for all else.
 */
export function metadataInJson(value: unknown): MetadataInJson | undefined {
  const fields = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
  if (!isObject(fields)) return undefined;
  return nodeRecord(fields) ?? dataCite(fields) ?? cslItem(fields);
}

function nodeRecord(fields: JsonObject): MetadataInJson | undefined {
  const { oaiIdentifier, type, node } = fields;
  if (typeof oaiIdentifier !== 'string' || oaiIdentifier === '' || typeof node !== 'string') return undefined;
  if (type !== 'CreativeWork' && type !== 'Tombstone') return undefined;
  return { format: 'ngr_jsonld', fields, oaiIdentifier, isTombstone: type === 'Tombstone' };
}

/** The properties that DataCite 4 makes mandatory, in its JSON. */
function dataCite(fields: JsonObject): MetadataInJson | undefined {
  const { data } = fields;
  const attributes = isObject(data) ? data['attributes'] : fields['attributes'];
  const record = isObject(attributes) ? attributes : fields;
  const { titles, creators, publicationYear, types, schemaVersion } = record;
  const isTitled = objectsOf(titles).some(({ title }) => typeof title === 'string');
  const isDataCite =
    textOf(schemaVersion).includes('datacite') ||
    (isTitled && (publicationYear !== undefined || isObject(types) || objectsOf(creators).length > 0));
  return isDataCite ? { format: 'datacite_json', fields: record, isTombstone: false } : undefined;
}

/** A CSL type, and something that only CSL writes so. */
function cslItem(fields: JsonObject): MetadataInJson | undefined {
  const { type, author, editor, issued } = fields;
  if (!Object.hasOwn(cslTypes, textOf(type))) return undefined;
  const isNamed = [...objectsOf(author), ...objectsOf(editor)].some(
    ({ family, literal }) => textOf(family) + textOf(literal) !== '',
  );
  const isCsl = isNamed || isObject(issued) || fields['container-title'] !== undefined;
  return isCsl ? { format: 'csl_json', fields, isTombstone: false } : undefined;
}
