import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { diskRoom, tryWriting } from '../../../disk-room.ts';
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

async function writable(directory: string): Promise<Finding | undefined> {
  try {
    await tryWriting(directory, 1);
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT')
      return failed(`The disk of ${directory} is full.`, 'Free some space; the node goes on by itself.');
    return failed(
      `Nothing can be written in ${directory}: ${message}.`,
      'Give the user that runs the node the right to, or name another --data directory.',
    );
  }
}
