import { createHash } from 'node:crypto';
import type { Operation, Section } from '../store/index.ts';
import {
  archiveKey,
  archivesRange,
  fileKey,
  filesRange,
  lastPart,
  readStored,
  stored,
  type StoredFile,
} from './layout.ts';
import type { LogFile } from './log-files.ts';

/** Bytes at the start of a file by which it is known. The first line with its time and address is well within. */
export const HEAD = 1024;
const DAY_MS = 86_400_000;
/** A file that nobody has seen for so long does not come back. */
const FORGOTTEN_AFTER_MS = 60 * DAY_MS;

/** A file that is known by its start, whatever it is called now, packed or not. */
export interface KnownFile {
  hash: string;
  headLength: number;
  position: number;
}

/** How far the files of one log are read. */
export class KnownFiles {
  readonly #section: Section;
  readonly #log: string;
  readonly #files = new Map<string, StoredFile>();
  readonly #archives = new Map<string, 'read' | 'damaged'>();

  constructor({ section, log }: { section: Section; log: string }) {
    this.#section = section;
    this.#log = log;
  }

  async open(): Promise<void> {
    for await (const [key, value] of this.#section.iterator(filesRange(this.#log)))
      this.#files.set(lastPart(key), readStored(value));
    for await (const [key, value] of this.#section.iterator(archivesRange(this.#log)))
      this.#archives.set(lastPart(key), Buffer.from(value).toString() === 'damaged' ? 'damaged' : 'read');
  }

  /** The file that begins so; a new one where none is known that does. */
  withHead(head: Uint8Array): KnownFile {
    const lengths = new Set([...this.#files.values()].map(({ headLength }) => headLength));
    for (const headLength of [...lengths].toSorted((a, b) => b - a)) {
      if (headLength > head.length) continue;
      const hash = hashOf(head.subarray(0, headLength));
      const known = this.#files.get(hash);
      if (known?.headLength === headLength) return { hash, headLength, position: known.position };
    }
    return { hash: hashOf(head), headLength: head.length, position: 0 };
  }

  /**
   * What to write when the file is read up to a position. Where it has grown longer than what it was known by, it is known by
   * more from now on.
   */
  advanced(
    file: KnownFile,
    { head, position, now }: { head: Uint8Array; position: number; now: number },
  ): Operation[] {
    const operations: Operation[] = [];
    let { hash, headLength } = file;
    if (head.length > headLength) {
      operations.push({ type: 'del', key: fileKey(this.#log, hash) });
      this.#files.delete(hash);
      hash = hashOf(head);
      headLength = head.length;
    }
    const row = { headLength, position, seenAt: dayOf(now) };
    this.#files.set(hash, row);
    file.hash = hash;
    file.headLength = headLength;
    file.position = position;
    operations.push({ type: 'put', key: fileKey(this.#log, hash), value: stored(row) });
    return operations;
  }

  /** Whether an archive was read to its end, and was whole. */
  archive(file: LogFile): 'read' | 'damaged' | undefined {
    return this.#archives.get(nameOfArchive(file));
  }

  readArchive(file: LogFile, what: 'read' | 'damaged'): Operation {
    this.#archives.set(nameOfArchive(file), what);
    return { type: 'put', key: archiveKey(this.#log, nameOfArchive(file)), value: Buffer.from(what) };
  }

  /** What to write so that nothing is kept of files that are gone. */
  withoutGone(there: readonly LogFile[], seen: ReadonlySet<string>, now: number): Operation[] {
    const operations: Operation[] = [];
    const names = new Set(there.map(nameOfArchive));
    for (const name of this.#archives.keys()) {
      if (names.has(name)) continue;
      this.#archives.delete(name);
      operations.push({ type: 'del', key: archiveKey(this.#log, name) });
    }
    for (const [hash, row] of this.#files) {
      const key = fileKey(this.#log, hash);
      if (seen.has(hash) && row.seenAt !== dayOf(now)) {
        row.seenAt = dayOf(now);
        operations.push({ type: 'put', key, value: stored(row) });
      } else if (now - row.seenAt > FORGOTTEN_AFTER_MS && names.size > 0) {
        this.#files.delete(hash);
        operations.push({ type: 'del', key });
      }
    }
    return operations;
  }
}

export function hashOf(head: Uint8Array): string {
  return createHash('sha256').update(head).digest('base64url').slice(0, 22);
}

function nameOfArchive({ inode, size, modifiedAt }: LogFile): string {
  return `${inode}-${size}-${Math.floor(modifiedAt)}`;
}

function dayOf(now: number): number {
  return now - (now % DAY_MS);
}
