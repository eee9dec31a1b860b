import * as dagCbor from '@ipld/dag-cbor';
import type { Signer } from '../../protocols/heads/index.ts';
import { recordIri, recordKey } from '../../vocab/record-key.ts';
import type { NodeId, RecordFile } from '../../vocab/record.ts';
import { writeBatch, type Operation, type Section } from '../store/index.ts';
import { dropping, firstOf, stateWithout, type Standing } from './drop-feed.ts';
import { CatalogueError } from './errors.ts';
import { buildFeedBatch, identifiersOf, stateOperation } from './feed-batch.ts';
import { emptyFeedState, withoutHead, type FeedState } from './feed-state.ts';
import { metaKey, placeKey, stateKey, withdrawnFilesKey } from './layout.ts';
import { Log } from './log.ts';
import { ownBlock } from './own-block.ts';
import { decodePlace } from './place.ts';
import { signOwnChanges, type UnsignedChange } from './sign-own.ts';

/** The id with which the own records are signed, where there are some already. */
export async function storedNode(section: Section): Promise<NodeId | undefined> {
  const bytes = await section.get(metaKey('node'));
  return bytes === undefined ? undefined : Buffer.from(bytes).toString();
}

/**
 * Makes the own feed that of the node's present key: where it had another one, every record and tombstone is signed anew
 * under the new id, and leaves a trace from its former key to the new one. Some hundred records are one batch with what
 * takes their former entries away, so that it goes on where it was broken off.
 *
 * @param options.predecessors ids that the node had before, as its lineage tells
 * @param options.states of all feeds; afterwards without that of the former id
 * @throws CatalogueError `CATALOGUE_OTHER_KEY` where the records are signed with a key that is none of the node's
 */
export async function succeed(options: {
  section: Section;
  states: Map<NodeId, FeedState>;
  signer: Signer;
  base: string;
  predecessors: readonly NodeId[];
  now: number;
}): Promise<void> {
  const { section, states, signer, predecessors } = options;
  const before = await storedNode(section);
  const former = before === undefined ? undefined : states.get(before);
  if (before !== undefined && before !== signer.node && former !== undefined) {
    if (!predecessors.includes(before) && former.live > 0) throw otherKey(before);
    await takeOver(options, former);
    states.delete(before);
  }
  if (before !== signer.node)
    await writeBatch(section, [{ type: 'put', key: metaKey('node'), value: Buffer.from(signer.node) }], {
      durable: true,
    });
}

async function takeOver(
  {
    section,
    states,
    signer,
    base,
    now,
  }: { section: Section; states: Map<NodeId, FeedState>; signer: Signer; base: string; now: number },
  former: FeedState,
): Promise<void> {
  const origin = { node: signer.node, base };
  let left = { ...withoutHead(former), seq: 0 };
  // Without a head it is as one that has just begun; it is signed when the whole feed is there.
  let own = states.get(signer.node) ?? emptyFeedState(signer.node);
  let position = await new Log(section).end();
  for (;;) {
    const some = await firstOf(section, former.node);
    if (some.length === 0) break;
    const changes = await renamed(section, some, origin);
    const { prepared, members } = signOwnChanges(changes, origin, { after: own.seq, time: now }, signer);
    const batch = await buildFeedBatch(section, withoutHead(own), position, prepared, members);
    const drops = dropping(some, batch.position, { successor: signer.node });
    left = stateWithout(left, some);
    own = batch.state;
    await writeBatch(
      section,
      [
        ...batch.operations,
        ...drops,
        ...forgetWithdrawnFiles(some),
        stateOperation(own),
        stateOperation(left),
      ],
      { durable: true },
    );
    position = batch.position + some.length;
  }
  await writeBatch(section, [{ type: 'del', key: stateKey(former.node) }], { durable: true });
  states.set(own.node, own);
}

/** The same records and tombstones under the new id. */
async function renamed(
  section: Section,
  some: readonly Standing[],
  { node, base }: { node: NodeId; base: string },
): Promise<UnsignedChange[]> {
  const changes: UnsignedChange[] = [];
  for (const { key: formerKey, entry, holding } of some) {
    const key = recordKey(node, holding.oaiIdentifier);
    const { holding: kept, block } = ownBlock({ ...holding, id: recordIri(base, key), node });
    const [place, files] = await section.getMany([placeKey(key), withdrawnFilesKey(formerKey)]);
    changes.push({
      key,
      kind: entry.kind,
      block,
      identifiers: identifiersOf(kept),
      previous: place === undefined ? undefined : decodePlace(place),
      ...(files !== undefined && { withdrawnFiles: dagCbor.decode<RecordFile[]>(files) }),
    });
  }
  return changes;
}

function forgetWithdrawnFiles(some: readonly Standing[]): Operation[] {
  return some.map(({ key }) => ({ type: 'del', key: withdrawnFilesKey(key) }));
}

function otherKey(before: NodeId): CatalogueError {
  return new CatalogueError(
    'CATALOGUE_OTHER_KEY',
    `The records here were signed with the key of ${before}; the key in identity.pem is another.`,
    {
      remedy:
        'Put back your copy of identity.pem. If the key is lost, run "ngr rotate-key --lost"; docs/identity.md tells what follows.',
    },
  );
}
