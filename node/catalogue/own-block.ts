import { encodeHolding, type Block } from '../../vocab/block.ts';
import { MAX_BLOCK_BYTES } from '../../vocab/block-limits.ts';
import { isTombstone, type Holding, type Record as NgrRecord } from '../../vocab/record.ts';

/** What a record can do without, the first to go first: what is left at last is small whatever the source sent. */
const DISPENSABLE = [
  'raw',
  'references',
  'abstracts',
  'relations',
  'files',
  'contributors',
  'subjects',
  'funding',
  'identifiers',
  'sets',
  'creators',
  'titles',
] as const satisfies readonly (keyof NgrRecord)[];

/**
 * An own holding with its block. Where that would be larger than other nodes take, the record goes without what it can
 * spare.
 */
export function ownBlock(holding: Holding, mostBytes = MAX_BLOCK_BYTES): { holding: Holding; block: Block } {
  let block = encodeHolding(holding);
  if (isTombstone(holding)) return { holding, block };
  let fitting: NgrRecord = holding;
  for (const part of DISPENSABLE) {
    if (block.bytes.length <= mostBytes) break;
    fitting = { ...fitting, [part]: [] };
    block = encodeHolding(fitting);
  }
  return { holding: fitting, block };
}
