import { isRecordKey, keyOfIri } from '../../vocab/record-key.ts';
import type { Catalogue } from '../catalogue/index.ts';

/**
 * The key of the record that a text names: its key, its IRI, or its OAI identifier at whichever repository. Undefined
 * where nothing is held under it.
 */
export async function findRecordKey(
  holdings: Pick<Catalogue['holdings'], 'movedTo' | 'place' | 'withIdentifier'>,
  text: string,
): Promise<string | undefined> {
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
