import { execFileSync } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { arch, cpus, release, tmpdir, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { percentile } from '../figures.ts';
import { root } from '../records.ts';

/** The packages on which the figures hang most, rivals among them. */
const PACKAGES = ['level', 'libp2p', 'koa', 'saxes', 'undici', 'fast-xml-parser', 'autocannon'];
const SYNCS = 100;
const SYNCED_BYTES = 4_096;

/** On what and with what something was measured. Says nothing of who runs it where. */
export interface Circumstances {
  /** `2026-11-22`. */
  date: string;
  /** The short hash, with a word where files are changed since. */
  commit: string;
  /** `Node.js 20.19.4`, `level 10.0.0`. */
  versions: string[];
  /** `2 × AMD EPYC 7B13`. */
  processor: string;
  /** `23 GB of memory`. */
  memory: string;
  /** `Linux 6.1.0 x64`. */
  system: string;
  /** Milliseconds that it takes to have 4 kB on the disk, in the middle. */
  syncMs: number;
}

export async function circumstances(now: Date): Promise<Circumstances> {
  const [processor] = cpus();
  return {
    date: now.toISOString().slice(0, 10),
    commit: commit(),
    versions: [`Node.js ${process.versions.node}`, ...(await packages())],
    processor: `${cpus().length} × ${processor?.model.trim() ?? 'a processor that is not known'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB of memory`,
    system: `${type()} ${release()} ${arch()}`,
    syncMs: await syncMs(),
  };
}

function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', fileURLToPath(root), ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    const isChanged =
      git('status', '--porcelain', '--untracked-files=no', 'node', 'protocols', 'vocab') !== '';
    return git('rev-parse', '--short', 'HEAD') + (isChanged ? ' with changes' : '');
  } catch {
    return 'that is not known';
  }
}

async function packages(): Promise<string[]> {
  const { dependencies, devDependencies } = JSON.parse(
    await readFile(new URL('package.json', root), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
  const versions = { ...dependencies, ...devDependencies };
  return PACKAGES.map((name) => `${name} ${versions[name]}`);
}

/** Where the benchmarks have their data. */
async function syncMs(): Promise<number> {
  const directory = await mkdtemp(join(tmpdir(), 'ngr-bench-'));
  try {
    const file = await open(join(directory, 'synced'), 'w');
    const bytes = Buffer.alloc(SYNCED_BYTES, 'x');
    const times: number[] = [];
    for (let i = 0; i < SYNCS; i++) {
      const before = performance.now();
      await file.write(bytes);
      await file.datasync();
      times.push(performance.now() - before);
    }
    await file.close();
    return percentile(times, 0.5);
  } finally {
    await rm(directory, { recursive: true });
  }
}
