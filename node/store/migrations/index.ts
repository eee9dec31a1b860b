import { blocksInFeeds } from './blocks-in-feeds.ts';
import { feedsHaveSizes } from './feeds-have-sizes.ts';
import type { Migration } from './migration.ts';
import { setDigestsByChaCha20 } from './set-digests-by-chacha20.ts';

export type { Migration, Piece, RowOperation } from './migration.ts';

/** The way from the first format to this one, a step a format, in order. */
export const migrations: readonly Migration[] = [feedsHaveSizes, setDigestsByChaCha20, blocksInFeeds];
