import { isTombstone, type Holding } from '../../vocab/record.ts';

/** What a manager tells records apart by: who may read the item, or that it is gone and by whom. */
export const CONTENT_STATES = [
  'open',
  'embargoed',
  'restricted',
  'metadata-only',
  'withdrawn',
  'deleted',
] as const;
export type ContentState = (typeof CONTENT_STATES)[number];

/** What became of the full text: read, could not be read, nobody has looked yet, or there is no file. */
export const TEXT_STATES = ['read', 'unread', 'waiting', 'none'] as const;
export type TextState = (typeof TEXT_STATES)[number];

export function contentStateOf(holding: Holding): ContentState {
  if (isTombstone(holding)) return holding.tombstone.kind;
  return holding.access?.right ?? 'metadata-only';
}

/** What is known of the full text: of several files, the best. What is gone has none. */
export function textStateOf(holding: Holding): TextState {
  if (isTombstone(holding)) return 'none';
  const files = holding.files.filter(({ withdrawn }) => withdrawn === undefined);
  if (files.length === 0) return 'none';
  if (files.some(({ text }) => text === 'extracted')) return 'read';
  return files.some(({ text }) => text === undefined) ? 'waiting' : 'unread';
}
