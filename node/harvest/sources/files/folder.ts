import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Problem } from '../../issues/issue.ts';
import { FilesError } from './errors.ts';
import { DEEPEST_FOLDER, MOST_FILES } from './limits.ts';
import { fileProblem } from './problems.ts';

export interface ListedFile {
  /** Path within the folder, parted by slashes; the name of a source that is one file. */
  name: string;
  path: string;
  /** Bytes. */
  size: number;
  /** Of its content, milliseconds since 1970. */
  modifiedAt: number;
  /** Of its content or its place in the folder. */
  changedAt: number;
}

export interface Listing {
  /** In the order of their names, by code units. */
  files: ListedFile[];
  problems: Problem[];
  /** Whether there are more than were listed. */
  isCut: boolean;
}

/**
 * The files of a folder and of those within it, or the one file. What begins with a dot is nobody's data. Symbolic links
 * within the folder are not followed: they could lead anywhere, and round in a circle.
 *
 * @throws FilesError `FILES_NOT_THERE`, `FILE_UNREADABLE`
 */
export async function listFiles(root: string): Promise<Listing> {
  const info = await stat(root).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT' || cause.code === 'ENOTDIR'
      ? notThere(root, cause)
      : unreadable(root, cause);
  });
  if (info.isFile()) return { files: [listed(basename(root), root, info)], problems: [], isCut: false };
  if (!info.isDirectory()) throw notThere(root);
  const listing: Listing = { files: [], problems: [], isCut: false };
  await walk(root, '', listing, 1);
  listing.files.sort((a, b) => (a.name < b.name ? -1 : 1));
  if (listing.isCut) {
    listing.problems.push(
      fileProblem(
        'FILES_TOO_MANY',
        `The folder holds more than ${MOST_FILES} files; the others are not read.`,
      ),
    );
  }
  return listing;
}

/** Tells two states of a folder apart: by names, lengths and times. */
export function fingerprint(files: readonly ListedFile[]): string {
  const hash = createHash('sha256');
  for (const { name, size, modifiedAt, changedAt } of files)
    hash.update(`${name}\0${size}\0${modifiedAt}\0${changedAt}\n`);
  return hash.digest('base64url').slice(0, 22);
}

async function walk(folder: string, within: string, listing: Listing, depth: number): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw unreadable(folder, cause);
  });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.') || listing.isCut) continue;
    const name = within + entry.name;
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) listing.problems.push(linkSkipped(name));
    else if (entry.isDirectory()) {
      if (depth < DEEPEST_FOLDER) await walk(path, `${name}/`, listing, depth + 1);
      else listing.problems.push(tooDeep(name));
    } else if (entry.isFile()) await add(name, path, listing);
  }
}

async function add(name: string, path: string, listing: Listing): Promise<void> {
  if (listing.files.length >= MOST_FILES) {
    listing.isCut = true;
    return;
  }
  // Gone since the folder was read: it is not there then.
  const info = await lstat(path).catch(() => undefined);
  if (info?.isFile() === true) listing.files.push(listed(name, path, info));
}

function listed(name: string, path: string, { size, mtimeMs, ctimeMs }: Stats): ListedFile {
  return { name, path, size, modifiedAt: mtimeMs, changedAt: Math.max(mtimeMs, ctimeMs) };
}

function linkSkipped(name: string): Problem {
  return fileProblem('FILE_LINK_SKIPPED', `${name} is a symbolic link, which is not followed.`, {
    about: name,
  });
}

function tooDeep(name: string): Problem {
  const message = `The folder ${name} lies more than ${DEEPEST_FOLDER} folders deep and is not read.`;
  return fileProblem('FILES_TOO_MANY', message, { about: name });
}

function notThere(path: string, cause?: unknown): FilesError {
  return new FilesError('FILES_NOT_THERE', `${path} is neither a file nor a folder.`, {
    remedy: 'Correct the path of this source in the configuration, or put the files back.',
    cause,
  });
}

/** @param path of what the operating system does not let us read */
export function unreadable(path: string, cause: unknown): FilesError {
  const { code } = cause as NodeJS.ErrnoException;
  return new FilesError('FILE_UNREADABLE', `${path} cannot be read (${code ?? 'unknown error'}).`, {
    remedy: 'Give the user who runs the node the right to read it.',
    cause,
  });
}
