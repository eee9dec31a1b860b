import { SetDigest, type SignedHead } from '../../../protocols/heads/index.ts';
import type { CheckedPage } from './check-page.ts';

/**
 * A checked page as it goes from one thread to another: all bytes in one piece, which is handed over and not copied, and
 * the rest in columns.
 */
export interface PackedPage {
  head: SignedHead;
  more: boolean;
  keys: string[];
  seqs: number[];
  kinds: CheckedPage['changes'][number]['kind'][];
  identifiers: (readonly string[])[];
  /** Where in `message` each change begins and ends, and how many bytes its block has. */
  places: Uint32Array<ArrayBuffer>;
  members: Uint8Array;
  message: Uint8Array;
}

const PLACES = 3;

export function packPage({ head, more, changes, members, message }: CheckedPage): PackedPage {
  const places = new Uint32Array(changes.length * PLACES);
  let at = 0;
  for (const { encoded, bytes } of changes) {
    const start = encoded.byteOffset - message.byteOffset;
    places[at++] = start;
    places[at++] = start + encoded.length;
    places[at++] = bytes;
  }
  return {
    head,
    more,
    keys: changes.map(({ key }) => key),
    seqs: changes.map(({ seq }) => seq),
    kinds: changes.map(({ kind }) => kind),
    identifiers: changes.map(({ identifiers }) => identifiers),
    places,
    members: members.state(),
    message,
  };
}

export function unpackCheckedPage(packed: PackedPage): CheckedPage {
  const { head, more, keys, seqs, kinds, identifiers, places, message } = packed;
  const changes = keys.map((key, i) => ({
    key,
    seq: seqs[i] ?? 0,
    kind: kinds[i] ?? 'updated',
    identifiers: identifiers[i] ?? [],
    encoded: message.subarray(places[i * PLACES], places[i * PLACES + 1]),
    bytes: places[i * PLACES + 2] ?? 0,
  }));
  return { head, more, changes, members: SetDigest.fromState(packed.members), message };
}
