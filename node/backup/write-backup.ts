import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Signer } from '../../protocols/heads/index.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../store/index.ts';
import { ChunkFolder } from './chunk-folder.ts';
import { dataFiles, piecesOf } from './data-files.ts';
import { BackupError, folderError } from './errors.ts';
import { digestsOf, Manifests, type Manifest } from './manifest.ts';
import { RowChunks } from './row-chunks.ts';

/** Rows that are asked of the store at once. */
const ROWS = 1_000;

/** What is backed up. */
export interface BackupSource {
  db: Database;
  /** The data directory, of which the files beside the store go along. */
  directory: string;
  signer: Signer;
  /** The institution's name and the base URL, for whoever has several. */
  name: string;
  base: string;
  /** Of NGR Node. */
  version: string;
  clock: Clock;
}

export interface BackupOptions {
  folder: string;
  /** How many backups stay in the folder, this one among them; all of them without it. */
  keep?: number | undefined;
  /** Leaves half of a processor's time to the rest of the node. */
  isGentle: boolean;
  signal: AbortSignal;
  progress?: (progress: BackupProgress) => void;
  /** Told of each former backup in the folder that is none any more. */
  onDamaged?: (error: BackupError) => void;
}

export interface BackupProgress {
  rows: number;
  /** Of the rows and files, as they are. */
  bytes: number;
  /** That were new, compressed. */
  written: number;
}

export interface BackupResult extends BackupProgress {
  /** Milliseconds since 1970. */
  time: number;
  /** How the backup is called in its folder. */
  name: string;
  files: number;
  /** Pieces of it that former backups had. */
  reused: number;
  chunks: number;
  /** Backups that are in the folder now. */
  kept: number;
}

/**
 * Copies the whole store, as it is at one moment, and the files beside it into a folder. What former backups in the folder
 * have already is not written again. One of these that cannot be read any more is left there, and keeps nobody from the next.
 *
 * One iterator goes through all rows of a snapshot: what was there when that was made, whatever is written meanwhile. Memory
 * holds a few megabytes, and the names of the chunks.
 *
 * @throws BackupError `BACKUP_FOLDER` · `BACKUP_NO_SPACE` · `BACKUP_FOLDER_IN_USE` · `BACKUP_OF_ANOTHER_NODE`
 */
export async function writeBackup(source: BackupSource, options: BackupOptions): Promise<BackupResult> {
  try {
    return await new BackupWriter(source, options).write();
  } catch (error) {
    options.signal.throwIfAborted();
    throw (error as NodeJS.ErrnoException).syscall === undefined ? error : folderError(options.folder, error);
  }
}

class BackupWriter {
  readonly #source: BackupSource;
  readonly #options: BackupOptions;
  readonly #chunks: ChunkFolder;
  readonly #manifests: Manifests;
  readonly #progress: BackupProgress = { rows: 0, bytes: 0, written: 0 };
  readonly #damaged = new Set<string>();
  #known: ReadonlySet<string> = new Set();
  #reused = 0;
  #turnBegan = performance.now();

  constructor(source: BackupSource, options: BackupOptions) {
    this.#source = source;
    this.#options = options;
    this.#chunks = new ChunkFolder(options.folder);
    this.#manifests = new Manifests(options.folder);
  }

  async write(): Promise<BackupResult> {
    const { folder, keep } = this.#options;
    const { name, base, version, signer, clock } = this.#source;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    this.#known = await this.#knownChunks();
    const time = clock.now();
    const store = await this.#rows();
    const files = await this.#files();
    const manifest: Manifest = {
      time: new Date(time).toISOString(),
      node: signer.node,
      name,
      base,
      version,
      ...store,
      rows: this.#progress.rows,
      bytes: this.#progress.bytes,
      files,
    };
    const called = await this.#manifests.write(manifest, signer);
    const kept = await this.#tidy(keep);
    const chunks = [...digestsOf(manifest)].length;
    return {
      time,
      name: called,
      ...this.#progress,
      files: files.length,
      reused: this.#reused,
      chunks,
      kept,
    };
  }

  /** Refuses a folder in which something else lies, or another node's backups. */
  async #knownChunks(): Promise<Set<string>> {
    const { folder } = this.#options;
    const known = new Set<string>();
    const names = await this.#manifests.names();
    if (names.length === 0) {
      const others = (await readdir(folder)).filter((name) => name !== 'chunks' && name !== 'manifests');
      if (others.length > 0) throw inUse(folder);
    }
    for (const name of names) {
      const manifest = await this.#former(name);
      if (manifest === undefined) continue;
      // After a change of keys the new one goes on in a folder of its own.
      if (manifest.node !== this.#source.signer.node) throw ofAnother(folder, manifest);
      for (const digest of digestsOf(manifest)) known.add(digest);
    }
    return known;
  }

  async #rows(): Promise<Pick<Manifest, 'chunks' | 'sections' | 'storeFormat'>> {
    const chunks: Manifest['chunks'] = [];
    const sections: Record<string, number> = {};
    let storeFormat = '';
    const cutter = new RowChunks();
    const keep = async (chunk: ReturnType<RowChunks['take']>): Promise<void> => {
      if (chunk === undefined) return;
      this.#progress.rows += chunk.rows;
      chunks.push({ ...(await this.#put(chunk.bytes)), rows: chunk.rows });
    };
    // Rows that are read once are not to push others out of the cache.
    const snapshot = this.#source.db.snapshot();
    const once = { snapshot, fillCache: false };
    const iterator = this.#source.db.iterator(once);
    try {
      for (;;) {
        const rows = await iterator.nextv(ROWS);
        if (rows.length === 0) break;
        for (const [key, value] of rows) {
          const section = /^!([^!]+)!/.exec(key)?.[1] ?? '';
          sections[section] = (sections[section] ?? 0) + 1;
          if (key === 'format') storeFormat = Buffer.from(value).toString();
          await keep(cutter.add(key, value));
        }
        this.#options.signal.throwIfAborted();
      }
    } finally {
      await iterator.close();
      await snapshot.close();
    }
    await keep(cutter.take());
    return { chunks, sections, storeFormat };
  }

  async #files(): Promise<Manifest['files']> {
    const { directory } = this.#source;
    const files: Manifest['files'] = [];
    for await (const path of dataFiles(directory)) {
      const chunks: Manifest['files'][number]['chunks'] = [];
      for await (const piece of piecesOf(join(directory, path))) chunks.push(await this.#put(piece));
      files.push({ path, bytes: chunks.reduce((sum, { bytes }) => sum + bytes, 0), chunks });
    }
    return files;
  }

  async #put(content: Buffer): Promise<{ digest: string; bytes: number }> {
    const { digest, bytes, written } = await this.#chunks.put(content, this.#known);
    this.#progress.bytes += bytes;
    this.#progress.written += written;
    if (written === 0) this.#reused += 1;
    this.#options.progress?.({ ...this.#progress });
    await this.#rest();
    return { digest, bytes };
  }

  /** As long a pause as the work before it took. */
  async #rest(): Promise<void> {
    const { isGentle, signal } = this.#options;
    signal.throwIfAborted();
    if (!isGentle) return;
    await this.#source.clock.sleep(Math.ceil(performance.now() - this.#turnBegan), signal);
    this.#turnBegan = performance.now();
  }

  /** Removes the oldest backups, and what no backup needs any more. @returns how many there are */
  async #tidy(keep: number | undefined): Promise<number> {
    const names = await this.#manifests.names();
    const kept = keep === undefined ? names : names.slice(-keep);
    for (const name of names.slice(0, names.length - kept.length)) await this.#manifests.remove(name);
    const needed = new Set<string>();
    for (const name of kept) {
      const manifest = await this.#former(name);
      // What it needs is not known: a copy of its list may still be somewhere.
      if (manifest === undefined) return kept.length;
      for (const digest of digestsOf(manifest)) needed.add(digest);
    }
    await this.#chunks.removeAllBut(needed);
    return kept.length;
  }

  /** Undefined where it is damaged: that is told of once. */
  async #former(name: string): Promise<Manifest | undefined> {
    if (this.#damaged.has(name)) return undefined;
    try {
      return await this.#manifests.read(name);
    } catch (error) {
      if (!(error instanceof BackupError)) throw error;
      this.#damaged.add(name);
      this.#options.onDamaged?.(error);
      return undefined;
    }
  }
}

function inUse(folder: string): BackupError {
  return new BackupError('BACKUP_FOLDER_IN_USE', `In ${folder} lies something else than backups.`, {
    remedy: 'Name a folder that is empty or not there yet, or one with backups of this node.',
  });
}

function ofAnother(folder: string, { node, name }: Manifest): BackupError {
  return new BackupError(
    'BACKUP_OF_ANOTHER_NODE',
    `In ${folder} are backups of another node, ${name} (${node}).`,
    {
      remedy: 'Name a folder for this node alone; after a change of keys, a new one.',
    },
  );
}
