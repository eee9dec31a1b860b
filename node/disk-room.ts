import { statfs } from 'node:fs/promises';

/** Less is little: a harvest, a compaction of the store or a log of the system may take as much. */
const LITTLE_BYTES = 2e9;
const LITTLE_SHARE = 0.05;

/** How much room there is on the disk of a folder. */
export interface DiskRoom {
  freeBytes: number;
  sizeBytes: number;
  /** Files that can be made; undefined where the file system does not count them. */
  freeFiles: number | undefined;
  /** Whether somebody should look after it. */
  isLittle: boolean;
}

/** @throws what `statfs` throws */
export async function diskRoom(folder: string): Promise<DiskRoom> {
  const { bavail, bsize, blocks, ffree, files } = await statfs(folder);
  const freeBytes = bavail * bsize;
  const share = blocks === 0 ? 1 : bavail / blocks;
  return {
    freeBytes,
    sizeBytes: blocks * bsize,
    freeFiles: files > 0 ? ffree : undefined,
    isLittle: freeBytes < LITTLE_BYTES || share < LITTLE_SHARE,
  };
}
