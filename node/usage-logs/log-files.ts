import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A file of a log: the one that is written to, or one that it was rotated to. */
export interface LogFile {
  path: string;
  name: string;
  /** Whether the server may be writing to it. */
  isCurrent: boolean;
  size: number;
  modifiedAt: number;
  inode: number;
}

/** Files of one log; beyond, the oldest are left out. */
export const MOST_FILES = 5_000;

/** `.1`, `-20261121`, `.2026-11-21.gz`, `.old`: what is added to a name when a log is rotated. */
const ROTATED = String.raw`(?:[.-](?:\d[\d.-]{0,30}|old|bak))?(?:\.gz)?`;
const PACKED_OTHERWISE = /\.(?:bz2|xz|zst|lz4|zip|Z)$/;

/**
 * The files of a log, oldest first: `access.log` with `access.log.1`, `access.log.2.gz`, `access.log-20261121.gz` and
 * `access-20261121.log` beside it. One `*` in the name stands for any part of it. What is packed otherwise than by gzip is
 * named apart.
 *
 * @throws the error of the file system where the folder cannot be read
 */
export async function filesOfLog(path: string): Promise<{ files: LogFile[]; unreadable: string[] }> {
  const folder = dirname(path);
  const { isCurrent, isOfLog } = namesOfLog(basename(path));
  const files: LogFile[] = [];
  const unreadable: string[] = [];
  for (const name of await readdir(folder)) {
    if (PACKED_OTHERWISE.test(name)) {
      if (isOfLog(name.replace(PACKED_OTHERWISE, ''))) unreadable.push(name);
      continue;
    }
    if (!isOfLog(name)) continue;
    // It may have been rotated away in between.
    const info = await stat(join(folder, name)).catch(() => undefined);
    if (info?.isFile() !== true) continue;
    files.push({
      path: join(folder, name),
      name,
      isCurrent: isCurrent(name),
      size: info.size,
      modifiedAt: info.mtimeMs,
      inode: info.ino,
    });
  }
  files.sort((a, b) => a.modifiedAt - b.modifiedAt || (a.name < b.name ? -1 : 1));
  return { files: files.slice(-MOST_FILES), unreadable };
}

function namesOfLog(name: string): {
  isCurrent: (name: string) => boolean;
  isOfLog: (name: string) => boolean;
} {
  const [, stem = name, ending = ''] = /^(.+?)(\.[A-Za-z]{1,8})?$/.exec(name) ?? [];
  const current = new RegExp(`^${globbed(name)}$`);
  const rotated = new RegExp(`^${globbed(name)}${ROTATED}$`);
  const datedWithin = new RegExp(String.raw`^${globbed(stem)}[.-]\d[\d.-]{0,30}${globbed(ending)}(?:\.gz)?$`);
  return {
    isCurrent: (one) => current.test(one) && !one.endsWith('.gz'),
    isOfLog: (one) => !one.startsWith('.') && (rotated.test(one) || datedWithin.test(one)),
  };
}

function globbed(name: string): string {
  return name
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join('[^/]*');
}
