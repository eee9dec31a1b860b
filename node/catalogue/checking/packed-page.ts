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
  /** Where in `message` each entry begins and ends, then each block. */
  places: Uint32Array<ArrayBuffer>;
  members: Uint8Array;
  message: Uint8Array;
}

const PLACES = 4;

export function packPage({ head, more, changes, members, message }: CheckedPage): PackedPage {
  const places = new Uint32Array(changes.length * PLACES);
  let at = 0;
  for (const { entry, block } of changes) {
    for (const part of [entry, block]) {
      places[at++] = part.byteOffset - message.byteOffset;
      places[at++] = part.byteOffset - message.byteOffset + part.length;
    }
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
  const changes = keys.map((key, i) => {
    const part = (from: number): Uint8Array => message.subarray(places[from], places[from + 1]);
    return {
      key,
      seq: seqs[i] ?? 0,
      kind: kinds[i] ?? 'updated',
      identifiers: identifiers[i] ?? [],
      entry: part(i * PLACES),
      block: part(i * PLACES + 2),
    };
  });
  return { head, more, changes, members: SetDigest.fromState(packed.members), message };
}
