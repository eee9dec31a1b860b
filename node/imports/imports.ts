import { readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { systemClock, type Clock } from '../clock.ts';
import type { FilesSourceConfig } from '../config/index.ts';
import { runJob } from '../telemetry/index.ts';
import { ImportError } from './errors.ts';
import { fileName, importName } from './names.ts';
import { type FilePart, type FreeSpace, receivePart, type Received } from './upload.ts';

export interface ImportedFile {
  name: string;
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970. */
  modifiedAt: number;
}

export interface Import {
  name: string;
  files: ImportedFile[];
}

/** What imports need of the harvester. */
export interface ImportHarvester {
  add(config: FilesSourceConfig): Promise<void>;
  remove(name: string): Promise<void>;
  run(options: { source: string; full: boolean }): Promise<unknown>;
  state(): readonly { name: string; running: boolean }[];
}

export interface ImportsOptions {
  /** The node's data directory. */
  data: string;
  /** Names of the sources that are configured: no import can have one of these. */
  taken: readonly string[];
  harvester: ImportHarvester;
  log: Logger;
  clock?: Pick<Clock, 'now'>;
  freeSpace?: FreeSpace;
}

/**
 * Files that were handed to the node, each lot of them under a name: a folder `imports/<name>` in the data directory,
 * which is a source like any other. It is harvested when it is told to be, and again on the schedule, which costs
 * nothing as long as the files are the same.
 */
export class Imports {
  readonly #options: ImportsOptions;
  readonly #busy = new Set<string>();

  constructor(options: ImportsOptions) {
    this.#options = options;
  }

  /** By name; those without a file are none. */
  async list(): Promise<Import[]> {
    const names = await namesIn(this.#options.data);
    const imports = await Promise.all(names.map(async (name) => ({ name, files: await this.#files(name) })));
    return imports.filter(({ files }) => files.length > 0);
  }

  /**
   * Takes in a file, or a part of one.
   * @throws ImportError but for `IMPORT_EMPTY`, `IMPORT_UNKNOWN`, `IMPORT_UNKNOWN_FILE`
   */
  async receive(writtenName: string, writtenFile: string, part: FilePart): Promise<Received> {
    const name = this.#nameOf(writtenName);
    const path = join(this.#folder(name), fileName(writtenFile));
    if (this.#busy.has(path)) throw busy();
    this.#busy.add(path);
    try {
      return await receivePart(path, part, this.#options.freeSpace ?? freeSpaceOf);
    } finally {
      this.#busy.delete(path);
    }
  }

  /**
   * Starts to harvest an import, in full: what is no longer in its files is deleted.
   *
   * @param files the files that it consists of from now on; all others are thrown away
   * @throws ImportError `IMPORT_UNKNOWN`, `IMPORT_UNKNOWN_FILE`, `IMPORT_EMPTY`, `IMPORT_NAME_TAKEN`, `IMPORT_BAD_NAME`, `IMPORT_BUSY`
   */
  async harvest(writtenName: string, files?: readonly string[]): Promise<void> {
    const { harvester, log, clock = systemClock } = this.#options;
    const name = this.#nameOf(writtenName);
    if (files !== undefined) await this.#keepOnly(name, files.map(fileName));
    if ((await this.#files(name)).length === 0) {
      throw (await isFolder(this.#folder(name))) ? nothingThere(name) : unknown(name);
    }
    const source = this.#sourceNamed(name);
    if (source === undefined) await harvester.add(sourceOf(this.#options.data, name));
    const words = { done: 'the files of an import were read', failed: 'the import failed' };
    runJob({ kind: 'import', of: { source: name }, words, log, clock }, () =>
      this.#run(name, source?.running === true),
    ).catch(() => undefined);
  }

  /** A harvest that is going on has begun with the files of before: one more comes behind it. */
  async #run(name: string, isRunning: boolean): Promise<void> {
    const wanted = { source: name, full: true };
    if (isRunning) await this.#options.harvester.run(wanted);
    await this.#options.harvester.run(wanted);
  }

  /**
   * Throws an import away, and its records.
   * @throws ImportError `IMPORT_UNKNOWN`, `IMPORT_NAME_TAKEN`, `IMPORT_BAD_NAME`, `IMPORT_BUSY`
   */
  async remove(writtenName: string): Promise<void> {
    const name = this.#nameOf(writtenName);
    const folder = this.#folder(name);
    this.#refuseBusy(folder);
    const isThere = await isFolder(folder);
    if (!isThere && this.#sourceNamed(name) === undefined) throw unknown(name);
    if (isThere) {
      // At once: if the node ends before the records are gone, it finds no source for them at its next start.
      const doomed = join(importsFolder(this.#options.data), `.${name}.removed`);
      await rm(doomed, { recursive: true, force: true });
      await rename(folder, doomed);
      await rm(doomed, { recursive: true, force: true });
    }
    if (this.#sourceNamed(name) !== undefined) await this.#options.harvester.remove(name);
  }

  async #keepOnly(name: string, files: readonly string[]): Promise<void> {
    const folder = this.#folder(name);
    const there = new Set((await this.#files(name)).map((file) => file.name));
    const missing = files.find((file) => !there.has(file));
    if (missing !== undefined) {
      throw new ImportError('IMPORT_UNKNOWN_FILE', `The import “${name}” has no file “${missing}”.`, {
        remedy: 'Send the file first.',
      });
    }
    this.#refuseBusy(folder);
    for (const entry of await readdir(folder).catch(() => [])) {
      if (!files.includes(entry)) await rm(join(folder, entry), { recursive: true, force: true });
    }
  }

  async #files(name: string): Promise<ImportedFile[]> {
    return await filesIn(this.#folder(name));
  }

  #nameOf(written: string): string {
    const name = importName(written);
    if (!this.#options.taken.includes(name)) return name;
    throw new ImportError('IMPORT_NAME_TAKEN', `“${name}” is the name of a source in the configuration.`, {
      remedy: 'Choose another name for the import.',
    });
  }

  #refuseBusy(folder: string): void {
    if ([...this.#busy].some((path) => path.startsWith(`${folder}/`))) throw busy();
  }

  #sourceNamed(name: string): { running: boolean } | undefined {
    return this.#options.harvester.state().find((source) => source.name === name);
  }

  #folder(name: string): string {
    return join(importsFolder(this.#options.data), name);
  }
}

/** The imports of a data directory as sources, for a harvester that is about to start. */
export async function importSources(data: string): Promise<FilesSourceConfig[]> {
  const sources: FilesSourceConfig[] = [];
  for (const name of await namesIn(data)) {
    const source = sourceOf(data, name);
    if ((await filesIn(source.path)).length > 0) sources.push(source);
  }
  return sources;
}

function importsFolder(data: string): string {
  return join(data, 'imports');
}

function sourceOf(data: string, name: string): FilesSourceConfig {
  return { name, type: 'files', path: join(importsFolder(data), name) };
}

async function namesIn(data: string): Promise<string[]> {
  const entries = await readdir(importsFolder(data), { withFileTypes: true }).catch(nothing);
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

async function filesIn(folder: string): Promise<ImportedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(nothing);
  const files: ImportedFile[] = [];
  for (const entry of entries) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const info = await stat(join(folder, entry.name)).catch(() => undefined);
    if (info !== undefined)
      files.push({ name: entry.name, size: info.size, modifiedAt: Math.floor(info.mtimeMs) });
  }
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function nothing(error: NodeJS.ErrnoException): [] {
  // A data directory that is none is told of by whoever opens it.
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
  throw error;
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

async function freeSpaceOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function busy(): ImportError {
  return new ImportError('IMPORT_BUSY', 'A file of this import is just being received.', {
    remedy: 'Wait until that is done.',
  });
}

function unknown(name: string): ImportError {
  return new ImportError('IMPORT_UNKNOWN', `There is no import “${name}”.`, {
    remedy: '"ngr import --list" names those that there are.',
  });
}

function nothingThere(name: string): ImportError {
  return new ImportError('IMPORT_EMPTY', `The import “${name}” has no file.`, {
    remedy: 'Send a file first; to throw the import away, remove it.',
  });
}
