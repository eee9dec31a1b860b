import { isRecordKey, keyOfIri } from '../../vocab/record-key.ts';
import type { Catalogue } from '../catalogue/index.ts';
import { HttpError } from './errors.ts';

type Holdings = Pick<Catalogue['holdings'], 'movedTo' | 'place' | 'withIdentifier'>;

/**
 * The key of the record that a text names: its key, its IRI, or its OAI identifier at whichever repository. Undefined
 * where nothing is held under it.
 */
export async function findRecordKey(holdings: Holdings, text: string): Promise<string | undefined> {
  const key = isRecordKey(text) ? text : keyOfIri(text);
  if (key !== undefined) {
    const place = await holdings.place(key);
    if (place !== undefined && place.kind !== 'dropped') return key;
    // An IRI from before its node had another key.
    return text === key ? undefined : await holdings.movedTo(key);
  }
  const [first] = await holdings.withIdentifier('oai', text, 1);
  return first;
}

/** The same. @throws HttpError 404 `RECORD_UNKNOWN` */
export async function heldKeyOf(holdings: Holdings, text: string): Promise<string> {
  const key = await findRecordKey(holdings, text);
  if (key === undefined) throw unknownRecord(text);
  return key;
}

export function unknownRecord(text: string): HttpError {
  const shown = text.slice(0, 100);
  return new HttpError(404, 'RECORD_UNKNOWN', 'No such record', `No record is held here under ${shown}.`);
}
