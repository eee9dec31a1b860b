import { leafOf, SetDigest, signEntries, type Entry, type Signer } from '../../protocols/heads/index.ts';
import { encodePageItem } from '../../protocols/replication/index.ts';
import type { Block } from '../../vocab/block.ts';
import { recordIri } from '../../vocab/record-key.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { PreparedChange } from './feed-batch.ts';
import type { ReceivedEntry } from './incoming.ts';

/** Whose the records are, and the base URL that they lie under. */
export interface Origin {
  node: NodeId;
  base: string;
}

/** A change of the own feed that has no place in it yet. */
export interface UnsignedChange extends Omit<PreparedChange, 'seq' | 'encoded' | 'bytes'> {
  block: Block;
}

/** Own changes that are signed and can be written. */
export interface OwnEntries {
  prepared: PreparedChange[];
  /** The same, as they are told to others. */
  signed: ReceivedEntry[];
  /** Of the set digest. */
  members: SetDigest;
}

/**
 * The changes to be written, as entries of the node's feed behind `after`, signed together.
 *
 * @param time of the change, milliseconds since 1970
 */
export function signOwnChanges(
  changes: readonly UnsignedChange[],
  { node, base }: Origin,
  { after, time }: { after: number; time: number },
  signer: Signer,
): OwnEntries {
  const entries = changes.map(({ key, kind, block }, i): Entry => ({
    node,
    seq: after + 1 + i,
    record: recordIri(base, key),
    kind,
    time,
    digest: block.digest,
  }));
  const leaves = entries.map(leafOf);
  const signatures = signEntries(leaves, signer);
  const members = SetDigest.empty();
  for (const leaf of leaves) members.add(leaf);
  const both = changes.flatMap((change, i) => {
    const [entry, signature] = [entries[i], signatures[i]];
    return entry === undefined || signature === undefined ? [] : [{ change, entry: { ...entry, signature } }];
  });
  return {
    prepared: both.map(({ change: { block, ...change }, entry }) => ({
      ...change,
      seq: entry.seq,
      encoded: encodePageItem({ entry, block: block.bytes }),
      bytes: block.bytes.length,
    })),
    signed: both.map(({ change, entry }) => ({ entry, block: change.block.bytes })),
    members,
  };
}
