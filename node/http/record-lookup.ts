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
    return place === undefined || place.kind === 'dropped' ? undefined : key;
  }
  const [first] = await holdings.withIdentifier('oai', text, 1);
  return first;
}
