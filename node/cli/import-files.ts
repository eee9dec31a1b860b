import { lstat, open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';

/** A file, or what comes on standard input, as it is to be sent. */
export interface SentFile {
  /** The name it is to have within the import. */
  name: string;
  /** Bytes, where they are known. */
  size?: number;
  /** Milliseconds since 1970. */
  modifiedAt?: number;
  read(): AsyncIterable<Uint8Array>;
}

/** Standard input, in the place of a path. */
export const STDIN = '-';

/** As deep as the node itself reads folders. */
const DEEPEST = 16;

/**
 * The files that a path stands for: itself, or all in a folder and those within it. What begins with a dot and symbolic
 * links within a folder are left out.
 *
 * @throws CliError `IMPORT_NO_FILE`
 */
export async function filesAt(path: string, stdin: Readable): Promise<SentFile[]> {
  if (path === STDIN) return [{ name: 'stdin', read: () => bytesOf(stdin) }];
  const info = await stat(path).catch((cause: unknown) => {
    throw noFile(path, 'cannot be read', cause);
  });
  if (info.isFile()) return [await fileAt(path, basename(path))];
  const files = info.isDirectory() ? await filesWithin(path, '', 1) : [];
  if (files.length === 0) throw noFile(path, 'holds no file');
  return files;
}

/** `My export.csv.gz` becomes `My export`: what a lot is called that nobody has named. */
export function nameOfPath(path: string): string {
  const name = basename(path)
    .replace(/(?<=.)(?:\.[A-Za-z]{1,10}){1,2}$/, '')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} ._-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}_-]+$/gu, '');
  return name === '' ? 'import' : name;
}

/** Files of several folders may have the same name: the others get a number. */
export function withNamesOfTheirOwn(files: readonly SentFile[]): SentFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    let { name } = file;
    for (let number = 2; taken.has(name); number += 1) name = `${number}-${file.name}`;
    taken.add(name);
    return { ...file, name };
  });
}

async function* bytesOf(stream: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

async function filesWithin(folder: string, within: string, depth: number): Promise<SentFile[]> {
  const files: SentFile[] = [];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isFile()) files.push(await fileAt(path, within + entry.name));
    else if (entry.isDirectory() && depth < DEEPEST)
      files.push(...(await filesWithin(path, `${within}${entry.name}-`, depth + 1)));
  }
  return files;
}

async function fileAt(path: string, name: string): Promise<SentFile> {
  const { size, mtimeMs } = await lstat(path).then((info) => (info.isSymbolicLink() ? stat(path) : info));
  return { name, size, modifiedAt: mtimeMs, read: () => read(path) };
}

async function* read(path: string): AsyncGenerator<Uint8Array> {
  const handle = await open(path).catch((cause: unknown) => {
    throw noFile(path, 'cannot be read', cause);
  });
  // Closes the handle when it ends.
  yield* handle.createReadStream({ highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>;
}

function noFile(path: string, what: string, cause?: unknown): CliError {
  return new CliError('IMPORT_NO_FILE', `${path} ${what}.`, {
    remedy: 'Name a file or a folder that is there and that you may read, or - for standard input.',
    exitCode: ExitCode.notFound,
    cause,
  });
}
