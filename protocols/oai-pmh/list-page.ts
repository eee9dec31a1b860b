import type { ProvidedItem, ProvidedPart } from './provided-repository.ts';
import type { ProvidedRecord } from './write.ts';

/** Of an answer's records; the last of them may go beyond. */
const PAGE_BYTES = 1024 * 1024;
/** Markup around a record, and a setSpec. */
const RECORD_BYTES = 200;
const SET_BYTES = 20;
/** Parts that are read for one answer, once there is something in it. */
const MOST_PARTS = 20;
/** Parts that are read before an answer is given with nothing in it but a token. */
const MOST_EMPTY_PARTS = 25;

export interface ListPage {
  records: ProvidedRecord[];
  /** The place behind which the list goes on; undefined where this is its end. */
  next?: string;
}

/**
 * What one answer to ListRecords or ListIdentifiers has of a list. A page ends with its number of items, with its bytes, or
 * where much had to be looked through for little. OAI-PMH.xsd wants a record on every page, so an empty one is given only
 * where hundreds of thousands of items were looked through in vain: harvesters follow its token as any other.
 *
 * @param options.items on a page, at the most
 * @param options.prefix of the metadata; without it, headers alone are given
 */
export async function listPage(
  parts: AsyncIterable<ProvidedPart>,
  { items: most, prefix }: { items: number; prefix: string | undefined },
): Promise<ListPage> {
  const records: ProvidedRecord[] = [];
  let bytes = 0;
  let read = 0;
  let last = '';
  for await (const { items, reached } of parts) {
    for (const item of items) {
      if (records.length === most || bytes >= PAGE_BYTES) return { records, next: last };
      const record = prefix === undefined ? { header: item.header } : provided(item, prefix);
      records.push(record);
      bytes += sizeOf(record);
      last = item.place;
    }
    read += 1;
    if (read >= (records.length === 0 ? MOST_EMPTY_PARTS : MOST_PARTS)) return { records, next: reached };
  }
  return { records };
}

export function provided(item: ProvidedItem, prefix: string): ProvidedRecord {
  const { header } = item;
  const metadata = header.deleted ? undefined : item.metadata(prefix);
  return { header, ...(metadata !== undefined && { metadata }) };
}

/** Bytes, roughly. */
function sizeOf({ header: { identifier, sets }, metadata = '' }: ProvidedRecord): number {
  const specs = sets.reduce((sum, spec) => sum + SET_BYTES + spec.length, 0);
  return RECORD_BYTES + identifier.length + specs + Buffer.byteLength(metadata);
}
