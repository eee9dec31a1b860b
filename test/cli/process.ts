import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { installation } from '../../node/config/index.ts';
import type { Typed } from './typed.ts';

/** A node that nobody hears, at ports that are free. */
export const QUIET: readonly string[] =
  '--host 127.0.0.1 --port 0 --p2p-host 127.0.0.1 --p2p-port 0 --no-mdns'.split(' ');

const ngr = join(installation().root, 'dist', 'node', 'cli', 'ngr.js');

/** Runs the built `ngr` to its end in a process of its own, in a folder, with an empty environment. */
export function ngrProcess(words: readonly string[], cwd: string): Promise<Typed> {
  return new Promise((resolve) => {
    execFile(process.execPath, [ngr, ...words], { cwd, env: {} }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exitCode, stdout, stderr });
    });
  });
}
