import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SoakNode } from './soak-node.ts';

const FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const CHUNK = Buffer.alloc(256 * 1024);

/**
 * A file system of its own for a node's data, which can be filled up; undefined where this process may mount none.
 * @param megabytes how large it is
 */
export async function smallDisk(directory: string, megabytes: number): Promise<SmallDisk | undefined> {
  await mkdir(directory, { recursive: true });
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', directory]);
  return status === 0 ? new SmallDisk(directory) : undefined;
}

export class SmallDisk {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  get #ballast(): string {
    return join(this.directory, 'ballast');
  }

  /** Leaves no byte on it. */
  async fill(): Promise<void> {
    const file = await open(this.#ballast, 'a');
    try {
      for (;;) await file.write(CHUNK);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      await file.close();
    }
  }

  async empty(): Promise<void> {
    await rm(this.#ballast, { force: true });
  }

  unmount(): void {
    spawnSync('umount', ['--lazy', this.directory]);
  }
}

/** A clock that can be set for one node, by libfaketime; undefined where that is not installed. */
export async function clockIn(directory: string): Promise<SettableClock | undefined> {
  if (!existsSync(FAKETIME)) return undefined;
  const clock = new SettableClock(join(directory, 'clock'));
  await clock.set(0);
  return clock;
}

export class SettableClock {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  /** What a node is started with. Timers go on as they are: a jump is of the time of day. */
  get environment(): Record<string, string> {
    return {
      LD_PRELOAD: FAKETIME,
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }

  async set(secondsAhead: number): Promise<void> {
    await writeFile(this.#file, `${secondsAhead >= 0 ? '+' : ''}${secondsAhead}\n`);
  }
}

/** A power cut, and the machine comes back. */
export async function cutPower(node: SoakNode): Promise<void> {
  await node.end('SIGKILL');
  await node.start();
}

/** The disk is full for a while; then there is room again, and the operator starts the node anew where it asks for that. */
export async function fillDisk(node: SoakNode, disk: SmallDisk, forMs: number): Promise<void> {
  const falls = node.falls.length;
  node.hadFullDisk = true;
  await disk.fill();
  await new Promise((resolve) => setTimeout(resolve, forMs));
  await disk.empty();
  if (node.hasFallen) {
    // A node may do so where its disk is full: the operator's supervisor starts it again.
    node.falls.splice(falls);
    await node.end('SIGKILL');
    await node.start();
    return;
  }
  const ready = await node.get('/health/ready', 'application/json').catch(() => undefined);
  if (ready?.ok === true) return;
  await node.end('SIGTERM');
  await node.start();
}
