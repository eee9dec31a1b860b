import type { Record as NgrRecord } from '../../../vocab/record.ts';

/** A record of a work, under its key. */
export interface Member {
  key: string;
  record: NgrRecord;
}

export function byKey(a: Member, b: Member): number {
  return a.key < b.key ? -1 : Number(a.key > b.key);
}
