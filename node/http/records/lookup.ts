import { isRecordKey, keyOfIri } from '../../../vocab/record-key.ts';
import type { Holding, Tombstone } from '../../../vocab/record.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import { HttpError } from '../errors.ts';

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

/** What is held under it. */
export async function findHolding(
  holdings: Holdings & Pick<Catalogue['holdings'], 'get'>,
  text: string,
): Promise<{ key: string; holding: Holding } | undefined> {
  const key = await findRecordKey(holdings, text);
  const holding = key === undefined ? undefined : await holdings.get(key);
  return key === undefined || holding === undefined ? undefined : { key, holding };
}

/** The key. @throws HttpError 404 `RECORD_UNKNOWN` */
export async function heldKeyOf(holdings: Holdings, text: string): Promise<string> {
  const key = await findRecordKey(holdings, text);
  if (key === undefined) throw unknownRecord(text);
  return key;
}

/** What is held. @throws HttpError 404 `RECORD_UNKNOWN` */
export async function holdingOf(
  ...asked: Parameters<typeof findHolding>
): Promise<{ key: string; holding: Holding }> {
  const found = await findHolding(...asked);
  if (found === undefined) throw unknownRecord(asked[1]);
  return found;
}

/** @param remedy for who manages the node */
export function unknownRecord(text: string, remedy?: string): HttpError {
  const detail = `No record is held here under ${text.slice(0, 100)}.`;
  return new HttpError(404, 'RECORD_UNKNOWN', 'No such record', detail, {
    ...(remedy !== undefined && { remedy }),
  });
}

/** Of a record of which there is no more than its tombstone. */
export function goneRecord({ oaiIdentifier }: Tombstone): HttpError {
  return new HttpError(
    410,
    'RECORD_GONE',
    'The record is gone',
    `${oaiIdentifier} was withdrawn or deleted.`,
  );
}
