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
  /** Lengths of entry and block, in turns; the bytes lie one behind another. */
  lengths: number[];
  members: Uint8Array;
  bytes: Uint8Array<ArrayBuffer>;
}

export function packPage({ head, more, changes, members }: CheckedPage): PackedPage {
  const parts = changes.flatMap(({ entry, block }) => [entry, block]);
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return {
    head,
    more,
    keys: changes.map(({ key }) => key),
    seqs: changes.map(({ seq }) => seq),
    kinds: changes.map(({ kind }) => kind),
    identifiers: changes.map(({ identifiers }) => identifiers),
    lengths: parts.map(({ length }) => length),
    members: members.state(),
    bytes,
  };
}

export function unpackCheckedPage(packed: PackedPage): CheckedPage {
  const { head, more, keys, seqs, kinds, identifiers, lengths, bytes } = packed;
  let at = 0;
  const next = (length = 0): Uint8Array => bytes.subarray(at, (at += length));
  const changes = keys.map((key, i) => ({
    key,
    seq: seqs[i] ?? 0,
    kind: kinds[i] ?? 'updated',
    identifiers: identifiers[i] ?? [],
    entry: next(lengths[2 * i]),
    block: next(lengths[2 * i + 1]),
  }));
  return { head, more, changes, members: SetDigest.fromState(packed.members) };
}
