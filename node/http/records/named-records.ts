import { isRecordKey } from '../../../vocab/record-key.ts';
import type { HttpParts } from '../parts.ts';
import { findRecordKey, unknownRecord } from './lookup.ts';

/** Finds the keys of records by what a manager calls them. */
interface NamedRecords {
  /** Of a record that is held. @throws HttpError 404 `RECORD_UNKNOWN` */
  heldKey: (named: string) => Promise<string>;
  /** A key stands for itself: what is said of a record that is away can be taken back. @throws HttpError as `heldKey` */
  keyOf: (named: string) => Promise<string>;
}

export function namedRecords({ holdings }: Pick<HttpParts['catalogue'], 'holdings'>): NamedRecords {
  const heldKey = async (named: string): Promise<string> => {
    const key = await findRecordKey(holdings, named);
    if (key === undefined) throw unknownRecord(named, 'Look for it with "ngr search".');
    return key;
  };
  return { heldKey, keyOf: async (named) => (isRecordKey(named) ? named : await heldKey(named)) };
}
