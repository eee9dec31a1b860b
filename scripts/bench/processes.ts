import { fork, type ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A process that is being killed may still write there. */
const GONE = { recursive: true, force: true, maxRetries: 5 };

/** What must not outlive this process, however it ends. */
const left = { children: new Set<ChildProcess>(), directories: new Set<string>() };
process.once('exit', () => {
  for (const child of left.children) child.kill('SIGKILL');
  for (const directory of left.directories) rmSync(directory, GONE);
});

/** What every process is started with: as the service's unit and the image have it (deploy/systemd, Dockerfile). */
export const ENVIRONMENT: NodeJS.ProcessEnv = { ...process.env, MALLOC_ARENA_MAX: '2' };

/** The process ends when this one does, if not before. */
export function endWithThisProcess(child: ChildProcess): void {
  left.children.add(child);
  child.once('exit', () => left.children.delete(child));
}

/** A worker process of a benchmark: what it prints is its answer, line by line, and it can be sent messages. */
export interface Worker {
  readonly child: ChildProcess;
  readonly pid: number;
  /** The next line that it prints. @throws when it ends first */
  line(): Promise<string>;
  send(message: unknown): void;
  /** Ends it by SIGTERM and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the module beside the caller (`import.meta.url`) as a process of its own.
 *
 * @param namespace the network namespace in which it runs, where it is not this process's
 */
export function startWorker(
  caller: string,
  module: string,
  args: readonly string[] = [],
  namespace?: string,
): Worker {
  // `.js` in dist, `.ts` under tsx: the same ending as the caller's.
  const extension = caller.endsWith('.ts') ? '.ts' : '.js';
  const file = fileURLToPath(new URL(`${module}${extension}`, caller));
  const child = fork(file, [...args], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    serialization: 'advanced',
    env: ENVIRONMENT,
    ...(namespace === undefined
      ? {}
      : {
          // The program runs in place of `ip`, in the same process.
          execPath: 'ip',
          execArgv: ['netns', 'exec', namespace, process.execPath, ...process.execArgv],
        }),
  });
  endWithThisProcess(child);
  if (child.stdout === null || child.pid === undefined) throw new Error(`${module} did not start`);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    child,
    pid: child.pid,
    line: async () => {
      const next = await lines.next();
      if (next.done) {
        await ended;
        throw new Error(`${module} ended with ${child.signalCode ?? `code ${child.exitCode}`}`);
      }
      return next.value;
    },
    send: (message) => child.send(message as object),
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Runs `work` with a folder of its own, which is gone afterwards. */
export async function withDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'ngr-bench-'));
  left.directories.add(directory);
  try {
    return await work(directory);
  } finally {
    await rm(directory, GONE);
    left.directories.delete(directory);
  }
}

/**
 * Resident memory of a process now, and at its most so far, in MB (Linux; NaN elsewhere). `anonymous`: what of now is its
 * own, not pages of files that the system can take back.
 */
export async function memoryOf(pid: number): Promise<{ now: number; most: number; anonymous: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const field = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
  return { now: field('VmRSS'), most: field('VmHWM'), anonymous: field('RssAnon') };
}

/** From now on `memoryOf(pid).most` is the most since now (Linux). */
export async function forgetMost(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined);
}

/** What a process has of its own (`anonymous`) at its most while something goes on, looked at ten times a second; MB. */
export async function mostOwnDuring(pid: number, work: Promise<unknown>): Promise<number> {
  let most = 0;
  const look = async (): Promise<void> => {
    most = Math.max(most, (await memoryOf(pid)).anonymous);
  };
  const looking = setInterval(() => void look(), 100);
  try {
    await work;
  } finally {
    clearInterval(looking);
  }
  await look();
  return most;
}

/** Seconds of processor time that a process has used so far, all its threads together (Linux; NaN elsewhere). */
export async function cpuSecondsOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name, in brackets, may have spaces; utime and stime are the 14th and 15th of all fields, in hundredths.
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return user === undefined || system === undefined ? Number.NaN : (user + system) / 100;
}

/** Bytes that a process has had written to disks so far (Linux; NaN elsewhere). */
export async function bytesWrittenBy(pid: number): Promise<number> {
  const io = await readFile(`/proc/${pid}/io`, 'utf8').catch(() => '');
  return Number(/^write_bytes: (\d+)$/m.exec(io)?.[1]);
}
