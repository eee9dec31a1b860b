import { decodeEntry, entryBytes } from '../../protocols/heads/index.ts';
import { decodeHolding } from '../../vocab/block.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import { writeBatch, type Operation, type Section } from '../store/index.ts';
import { identifiersOf, stateOperation } from './feed-batch.ts';
import { withoutHead, type FeedState } from './feed-state.ts';
import { blockKey, entryKey, entryRange, identifierKey, logKey, placeKey, stateKey } from './layout.ts';
import { decodePlace, encodePlace, isRecordPlace, type Place } from './place.ts';

const BATCH = 500;

/**
 * Takes a followed feed out of the store, some hundred records a batch. Each batch leaves a state that is true of what is
 * left, as of a copy that has yet to begin, so that a crash in between harms nothing. Each record keeps its place in the
 * log, so that readers see it go.
 * @returns the last position of the log afterwards
 */
export async function dropFeed(section: Section, state: FeedState, position: number): Promise<number> {
  const left: FeedState = { ...withoutHead(state), seq: 0, digest: state.digest.clone() };
  for (;;) {
    const values = await section.values({ ...entryRange(state.node, 0), limit: BATCH }).all();
    if (values.length === 0) {
      await writeBatch(section, [{ type: 'del', key: stateKey(state.node) }], { durable: true });
      return position;
    }
    const entries = values.map((value) => decodeEntry(value));
    const keys = entries.map(({ record }) => keyOfIri(record) ?? '');
    const [blocks, places] = await Promise.all([
      section.getMany(keys.map(blockKey)),
      section.getMany(keys.map(placeKey)),
    ]);
    const operations: Operation[] = [];
    for (const [i, entry] of entries.entries()) {
      const [key = '', block, placeBytes] = [keys[i], blocks[i], places[i]];
      const place = placeBytes === undefined ? undefined : decodePlace(placeBytes);
      position += 1;
      if (place !== undefined) operations.push({ type: 'del', key: logKey(place.position) });
      for (const { scheme, value } of block === undefined ? [] : identifiersOf(decodeHolding(block))) {
        operations.push({ type: 'del', key: identifierKey(scheme, value, key) });
      }
      const dropped: Place = { node: entry.node, seq: entry.seq, position, kind: 'dropped' };
      operations.push(
        { type: 'del', key: blockKey(key) },
        { type: 'del', key: entryKey(entry.node, entry.seq) },
        { type: 'put', key: placeKey(key), value: encodePlace(dropped) },
        { type: 'put', key: logKey(position), value: Buffer.from(key) },
      );
      left.digest.remove(entryBytes(entry));
      left.live -= 1;
      left.bytes -= block?.length ?? 0;
      if (isRecordPlace(place)) left.records -= 1;
    }
    await writeBatch(section, [...operations, stateOperation(left)], { durable: true });
  }
}
