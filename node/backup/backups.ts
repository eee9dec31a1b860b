import type { Logger } from 'pino';
import { NgrError } from '../../vocab/errors.ts';
import { runJob, type Job } from '../telemetry/index.ts';
import { BackupError } from './errors.ts';
import { readLastBackup, writeLastBackup } from './last-backup.ts';
import { writeBackup, type BackupProgress, type BackupResult, type BackupSource } from './write-backup.ts';

/** How the backups of a running node stand. */
export interface BackupState {
  /** The one that is being written. */
  running?: BackupProgress & { folder: string; startedAt: number };
  /** The last one since the start. */
  last?:
    | (BackupResult & { folder: string; endedAt: number })
    | { folder: string; endedAt: number; error: { code: string; message: string; remedy?: string } };
}

/** Writes backups of the node while it runs, one at a time. */
export class Backups {
  readonly #source: BackupSource;
  readonly #log: Logger;
  readonly #isGentle: boolean;
  readonly #stopping = new AbortController();
  #state: BackupState = {};
  #running: Promise<void> | undefined;
  #lastSuccess: number | undefined;

  /** @param options.isGentle where the node has others to serve meanwhile */
  constructor(options: BackupSource & { isGentle: boolean; log: Logger }) {
    this.#source = options;
    this.#isGentle = options.isGentle;
    this.#log = options.log;
  }

  /** Reads when the last backup was whole, in an earlier life of the node. */
  async load(): Promise<void> {
    this.#lastSuccess = await readLastBackup(this.#source.directory);
  }

  state(): BackupState {
    return this.#state;
  }

  /** When the last backup was whole, milliseconds since 1970; undefined where there was none yet. */
  get lastSuccess(): number | undefined {
    return this.#lastSuccess;
  }

  /**
   * Begins a backup, which goes on when this returns: `state` tells how it ends.
   * @throws BackupError `BACKUP_RUNNING`
   */
  start({ folder, keep }: { folder: string; keep?: number | undefined }): void {
    if (this.#running !== undefined)
      throw new BackupError('BACKUP_RUNNING', 'A backup is being written already.', {
        remedy: 'Wait for its end.',
      });
    const job = {
      kind: 'backup',
      of: { folder },
      words: { done: 'a backup was written', failed: 'the backup failed' },
      log: this.#log,
      clock: this.#source.clock,
      signal: this.#stopping.signal,
    } as const;
    this.#running = runJob(job, (running) => this.#run(running, folder, keep)).finally(() => {
      this.#running = undefined;
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort(
      new BackupError('BACKUP_STOPPED', 'The node was stopped before the backup was whole.'),
    );
    await this.#running;
  }

  async #run(job: Job, folder: string, keep: number | undefined): Promise<void> {
    const { clock } = this.#source;
    const startedAt = clock.now();
    const { last } = this.#state;
    const progress = (now: BackupProgress): void => {
      this.#state = { running: { ...now, folder, startedAt }, ...(last !== undefined && { last }) };
    };
    progress({ rows: 0, bytes: 0, written: 0 });
    const signal = this.#stopping.signal;
    try {
      const result = await writeBackup(this.#source, {
        folder,
        keep,
        isGentle: this.#isGentle,
        signal,
        progress,
        onDamaged: (error) => job.log.warn({ err: error }, 'a former backup cannot be used any more'),
      });
      const endedAt = clock.now();
      this.#state = { last: { ...result, folder, endedAt } };
      this.#lastSuccess = endedAt;
      await writeLastBackup(this.#source.directory, endedAt).catch((error: unknown) => {
        job.log.warn({ err: error }, 'when the backup was made could not be noted');
      });
      job.tell(result);
    } catch (error) {
      job.fail(error);
      this.#state = { last: { folder, endedAt: clock.now(), error: told(error) } };
    }
  }
}

function told(error: unknown): { code: string; message: string; remedy?: string } {
  if (!(error instanceof NgrError)) return { code: 'BACKUP_FAILED', message: String(error) };
  const { code, message, remedy } = error;
  return { code, message, ...(remedy !== undefined && { remedy }) };
}
