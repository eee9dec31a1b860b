import { randomBytes } from 'node:crypto';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

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

/**
 * Writes so many bytes into a folder, onto the disk itself, and removes them: rights, quotas and mounts all play a part, and nothing else
 * tells for sure. A file that a crash leaves begins with a dot, and is in no backup.
 *
 * @throws what the operating system says
 */
export async function tryWriting(folder: string, bytes: number): Promise<void> {
  const file = join(folder, `.ngr-probe-${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(file, 'wx');
    try {
      await handle.writeFile(Buffer.alloc(bytes));
      await handle.sync();
    } finally {
      await handle.close();
    }
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}
