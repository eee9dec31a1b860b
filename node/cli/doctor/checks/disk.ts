import { randomBytes } from 'node:crypto';
import { open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { diskRoom } from '../../../disk-room.ts';
import { bytesText, count } from '../../print.ts';
import { failed, ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

const LEAST_BYTES = 200e6;
const LEAST_FILES = 1_000;

/** Whether the data directory can be written, and has room. */
export async function diskCheck({ config }: Patient): Promise<Finding[]> {
  const directory = await existing(config.data);
  const written = await writable(directory);
  if (written !== undefined) return [written];
  const { freeBytes: free, freeFiles, isLittle } = await diskRoom(directory);
  const room = `${bytesText(free)} free on the disk of ${config.data}`;
  const remedy = 'Free some space, or move the data directory to a larger disk, while the node is stopped.';
  if (free < LEAST_BYTES) return [failed(`Only ${room}.`, remedy)];
  if (freeFiles !== undefined && freeFiles < LEAST_FILES)
    return [
      failed(
        `The file system of ${config.data} has room for ${count(freeFiles)} more files only.`,
        'Remove files that nobody needs.',
      ),
    ];
  if (isLittle) return [warning(`Only ${room}.`, remedy)];
  return [ok(room)];
}

/** The directory, or where it is not there yet, the one in which it will be made. */
async function existing(directory: string): Promise<string> {
  for (let path = directory; ; path = dirname(path)) {
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (isThere || path === dirname(path)) return path;
  }
}

/** Nothing else tells for sure: rights, quotas and mounts all play a part. */
async function writable(directory: string): Promise<Finding | undefined> {
  const file = join(directory, `.ngr-doctor-${randomBytes(6).toString('hex')}`);
  try {
    const handle = await open(file, 'wx');
    try {
      await handle.write('x');
      await handle.sync();
    } finally {
      await handle.close();
    }
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      return failed(`The disk of ${directory} is full.`, 'Free some space; the node goes on by itself.');
    return failed(
      `Nothing can be written in ${directory}: ${message}.`,
      'Give the user that runs the node the right to, or name another --data directory.',
    );
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}
