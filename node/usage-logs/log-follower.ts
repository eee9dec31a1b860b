import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Clock } from '../clock.ts';
import { type Operation, type Section, writeBatch } from '../store/index.ts';
import type { Counting } from './counting.ts';
import { UsageLogError, type UsageLogErrorCode } from './errors.ts';
import { hashOf, HEAD, type KnownFile, KnownFiles } from './known-files.ts';
import { filesOfLog, type LogFile } from './log-files.ts';
import { LogIntake } from './log-intake.ts';
import { LogOutcomes } from './log-outcomes.ts';
import type { LogReport, LogState, LogTrouble } from './log-state.ts';
import type { PathMeanings } from './path-meanings.ts';
import { Tally } from './tally.ts';
import { isGzip, unpacked } from './unpacked.ts';

/**
 * Bytes that are read at a time, and with them the time for which nothing else is done. Longer pieces would be texts that are
 * collected late: they cost memory and are no faster.
 */
const PIECE = 64 * 1024;
/** Bytes after which it is noted how far a file is read. */
const NOTE_EVERY = 64 * 1024 * 1024;
/** A line without an end in a file that was rotated is taken when nobody has written to it for so long. */
const SETTLED_MS = 600_000;
/** What keeps a log from being read on is not mended within seconds: to try it meanwhile is to read the same lines for nothing. */
const REST_MS = 60_000;

/**
 * Reads one log as it grows, with the files that it was rotated to, whatever way: a file is known by its start, not by its
 * name. Calls of `pass` come one after another.
 */
export class LogFollower {
  readonly #name: string;
  readonly #path: string;
  readonly #section: Section;
  readonly #counting: Pick<Counting, 'take'>;
  readonly #meanings: PathMeanings;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #known: KnownFiles;
  /** As the files were when they were read last, and how far that went, by inode. */
  readonly #lastRead = new Map<
    number,
    { size: number; modifiedAt: number; hash: string; position: number }
  >();
  readonly #outcomes: LogOutcomes;
  #troubles: LogTrouble[] = [];
  #files: readonly LogFile[] = [];
  #readAt: number | undefined;
  /** When it was last found that something keeps it from being read on. */
  #haltedAt = -Infinity;

  constructor(options: {
    name: string;
    path: string;
    section: Section;
    counting: Pick<Counting, 'take'>;
    meanings: PathMeanings;
    clock: Pick<Clock, 'now'>;
  }) {
    this.#name = options.name;
    this.#path = options.path;
    this.#section = options.section;
    this.#counting = options.counting;
    this.#meanings = options.meanings;
    this.#clock = options.clock;
    this.#known = new KnownFiles({ section: options.section, log: options.name });
    this.#outcomes = new LogOutcomes({ section: options.section, log: options.name });
  }

  async open(): Promise<void> {
    await this.#known.open();
    await this.#outcomes.open();
  }

  state(): LogState {
    return {
      name: this.#name,
      path: this.#path,
      files: this.#files.length,
      behind: this.#files.reduce((sum, file) => sum + this.#unread(file), 0),
      readAt: this.#readAt,
      figures: this.#outcomes.figures,
      troubles: this.#troubles,
    };
  }

  report(): LogReport {
    return { troubles: this.#troubles, refused: this.#outcomes.refusedLately(this.#clock.now()) };
  }

  /** Reads what is new in all files. Rejects where the counting or the store fails, or the signal is aborted. */
  async pass(signal: AbortSignal): Promise<void> {
    // Either way: a clock may be set back.
    if (Math.abs(this.#clock.now() - this.#haltedAt) < REST_MS) return;
    const troubles = new Map<LogTrouble['code'], string[]>();
    const note = (code: LogTrouble['code'], file: string): void => {
      troubles.set(code, [...(troubles.get(code) ?? []), file]);
    };
    const { files, unreadable } = await filesOfLog(this.#path).catch((error: NodeJS.ErrnoException) => {
      note(error.code === 'ENOENT' ? 'LOG_FILE_MISSING' : 'LOG_FILE_UNREADABLE', this.#path);
      return { files: [], unreadable: [] };
    });
    if (files.length === 0 && troubles.size === 0) note('LOG_FILE_MISSING', this.#path);
    for (const name of unreadable) note('LOG_FILE_FORMAT', name);
    const seen = new Set<string>();
    this.#files = files;
    for (const file of files) {
      signal.throwIfAborted();
      try {
        const hash = await this.#readFile(file, signal);
        if (hash !== undefined) seen.add(hash);
      } catch (error) {
        const halt = error instanceof UsageLogError ? halts[error.code] : undefined;
        if (halt !== undefined) {
          note(halt, file.name);
          this.#haltedAt = this.#clock.now();
          break;
        }
        if (!isOfFile(error)) throw error;
        note('LOG_FILE_UNREADABLE', file.name);
      }
      if (this.#known.archive(file) === 'damaged') note('LOG_FILE_DAMAGED', file.name);
    }
    this.#troubles = [...troubles].map(([code, names]) => ({ code, files: names }));
    const gone = this.#known.withoutGone(files, seen, this.#clock.now());
    if (gone.length > 0) await writeBatch(this.#section, gone, { durable: false });
    const inodes = new Set(files.map(({ inode }) => inode));
    for (const inode of this.#lastRead.keys()) if (!inodes.has(inode)) this.#lastRead.delete(inode);
  }

  /** @returns by which hash the file is known; undefined where that cannot be told yet */
  async #readFile(file: LogFile, signal: AbortSignal): Promise<string | undefined> {
    if (this.#unread(file) === 0) return this.#lastRead.get(file.inode)?.hash;
    const handle = await open(file.path);
    try {
      const start = await bytesAt(handle, 0, HEAD);
      if (isGzip(start)) {
        await this.#readArchive(file, signal);
        return undefined;
      }
      // The first line has to be whole, or the file could be any.
      if (!start.includes(10) && start.length < HEAD) return undefined;
      const known = this.#known.withHead(start);
      await this.#readPlain(file, handle, { known, signal });
      return known.hash;
    } finally {
      await handle.close();
    }
  }

  /** Bytes of a file that were not there, or not read, when it was read last. */
  #unread(file: LogFile): number {
    if (this.#known.archive(file) !== undefined) return 0;
    const last = this.#lastRead.get(file.inode);
    if (last === undefined) return file.size;
    if (last.size === file.size && last.modifiedAt === file.modifiedAt && last.position >= file.size)
      return 0;
    return file.size < last.size ? file.size : Math.max(1, file.size - last.position);
  }

  async #readPlain(
    file: LogFile,
    handle: FileHandle,
    { known, signal }: { known: KnownFile; signal: AbortSignal },
  ): Promise<void> {
    const isSettled = !file.isCurrent && this.#clock.now() - file.modifiedAt > SETTLED_MS;
    let begin = known.position;
    let reading = this.#intake();
    const noted = async (isEnd: boolean): Promise<boolean> => {
      await reading.intake.flush(isEnd);
      const { consumed } = reading.intake;
      if (consumed === 0) return true;
      const head = await bytesAt(handle, 0, HEAD);
      // It was emptied and written anew meanwhile: what was read is read again, as what it is.
      if (hashOf(head.subarray(0, known.headLength)) !== known.hash) return false;
      begin += consumed;
      const now = this.#clock.now();
      await this.#note(this.#known.advanced(known, { head, position: begin, now }), reading.tally);
      reading = this.#intake();
      return true;
    };
    let at = begin;
    const piece = Buffer.allocUnsafe(PIECE);
    for (;;) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(piece, 0, PIECE, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      await reading.intake.take(piece.subarray(0, bytesRead));
      if (at - begin < NOTE_EVERY) continue;
      if (!(await noted(false))) return;
      at = begin;
    }
    if (!(await noted(isSettled))) return;
    const { inode, size, modifiedAt } = file;
    this.#lastRead.set(inode, { size, modifiedAt, hash: known.hash, position: begin });
  }

  /** An archive is read whole, or not at all: what of it was read before it was packed is passed over. */
  async #readArchive(file: LogFile, signal: AbortSignal): Promise<void> {
    if (this.#known.archive(file) !== undefined) return;
    const { intake, tally } = this.#intake();
    let known: KnownFile | undefined;
    let head = Buffer.alloc(0);
    let [skipped, isDamaged] = [0, false];
    const stream = createReadStream(file.path, { highWaterMark: PIECE });
    try {
      for await (const content of unpacked(stream as AsyncIterable<Buffer>)) {
        signal.throwIfAborted();
        let piece = content;
        if (known === undefined) {
          head = Buffer.concat([head, content]);
          if (head.length < HEAD) continue;
          known = this.#known.withHead(head.subarray(0, HEAD));
          piece = head;
        }
        const skip = Math.min(known.position - skipped, piece.length);
        skipped += skip;
        if (skip < piece.length) await intake.take(piece.subarray(skip));
      }
    } catch (error) {
      if (!(error instanceof UsageLogError) || error.code !== 'USAGE_ARCHIVE_DAMAGED') throw error;
      isDamaged = true;
    } finally {
      stream.destroy();
    }
    if (known === undefined && head.length > 0) {
      known = this.#known.withHead(head);
      await intake.take(head.subarray(known.position));
    }
    // The last line of one that is cut off is not whole.
    await intake.flush(!isDamaged);
    const operations: Operation[] = [this.#known.readArchive(file, isDamaged ? 'damaged' : 'read')];
    if (known !== undefined && intake.consumed > 0) {
      const position = known.position + intake.consumed;
      const now = this.#clock.now();
      operations.push(...this.#known.advanced(known, { head: head.subarray(0, HEAD), position, now }));
    }
    await this.#note(operations, tally);
  }

  #intake(): { intake: LogIntake; tally: Tally } {
    const tally = new Tally();
    const take: Counting['take'] = (events) => this.#counting.take(events);
    return { intake: new LogIntake({ take, meanings: this.#meanings, tally }), tally };
  }

  /** Everything up to here is kept by the counting. */
  async #note(operations: readonly Operation[], tally: Tally): Promise<void> {
    this.#readAt = this.#clock.now();
    const rows = [...operations, ...this.#outcomes.add(tally.figures(), this.#readAt)];
    await writeBatch(this.#section, rows, { durable: true });
  }
}

/** What lies not with the file, and would come again with the next one. */
const halts: Partial<Record<UsageLogErrorCode, LogTrouble['code']>> = {
  USAGE_SITE_SILENT: 'LOG_SITE_SILENT',
  USAGE_LOG_SLOW_RULE: 'LOG_RULE_SLOW',
};

async function bytesAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** An error of the file system about the log's own file; those of the store have none of these codes. */
function isOfFile(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return (
    syscall !== undefined && ['EACCES', 'EPERM', 'ENOENT', 'EIO', 'EISDIR', 'ESTALE'].includes(code ?? '')
  );
}
