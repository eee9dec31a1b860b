import {
  isObject,
  type JsonObject,
  objectsOf,
  TableCells,
  textsOf,
} from '../../../../vocab/crosswalks/index.ts';
import { type MetadataInJson, metadataInJson } from '../metadata-in-json.ts';
import { type EntryFacts, itemOf } from './identity.ts';
import { type Place, type Reading, readingOf, unreadable } from './piece.ts';
import { tableFacts } from './table-facts.ts';

/** Reads one object of JSON: whose record it is, and which of the formats in JSON it is in; a plain one is a row of a table. */
export function readJsonEntry(text: string, place: Place): Reading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return unreadable('FILE_ENTRY_UNREADABLE', 'this is no JSON', place, (error as Error).message);
  }
  if (!isObject(value)) return unreadable('FILE_ENTRY_UNREADABLE', 'this is no object of JSON', place);
  const known = metadataInJson(value);
  if (known === undefined) return readPlain(value, text, place);
  const item = itemOf(factsOf(known, value, text), place);
  if (!known.isTombstone) return readingOf(item);
  const { metadata: _, ...deleted } = item;
  return readingOf(deleted);
}

function factsOf({ format, fields }: MetadataInJson, value: JsonObject, text: string): EntryFacts {
  const metadata = { format, text, fields };
  switch (format) {
    case 'ngr_jsonld': {
      const [datestamp] = objectsOf(fields['datestamp']);
      return {
        ids: textsOf(fields['oaiIdentifier']),
        dates: textsOf(datestamp?.['value']),
        sets: textsOf(fields['sets']),
        metadata,
      };
    }
    case 'datacite_json': {
      const { doi, id, identifiers, updated } = fields;
      const others = objectsOf(identifiers).flatMap(({ identifier }) => textsOf(identifier));
      // Around its own fields the API of DataCite puts the id.
      return { ids: [doi, id, value['id'], ...others].flatMap(textsOf), dates: textsOf(updated), metadata };
    }
    case 'csl_json':
      return { ids: [fields['id'], fields['DOI']].flatMap(textsOf), metadata };
  }
}

function readPlain(fields: JsonObject, text: string, place: Place): Reading {
  const cells = new TableCells(fields);
  return cells.isEmpty
    ? unreadable('FILE_ENTRY_EMPTY', 'this has neither title nor identifier', place)
    : readingOf(itemOf(tableFacts(cells, { format: 'table', text, fields }), place));
}
