import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface GoAccessFigures {
  version: string;
  seconds: number;
}

/** GoAccess over the same file, on one core, as a report in JSON; undefined where it is not installed. */
export async function goAccess(
  file: string,
  onOneCore: readonly string[],
): Promise<GoAccessFigures | undefined> {
  const version = /\d+(?:\.\d+)+/.exec((await run(['goaccess', '--version']))?.out ?? '')?.[0];
  if (version === undefined) return undefined;
  const quiet = ['--log-format=COMBINED', '--no-progress', '--no-global-config', '--output-format=json'];
  const begun = performance.now();
  const ended = await run([...onOneCore, 'goaccess', file, ...quiet]);
  if (ended === undefined) return undefined;
  return { version, seconds: (performance.now() - begun) / 1_000 };
}

/** What a program prints at its beginning; undefined where it cannot be run. */
async function run([program = '', ...args]: readonly string[]): Promise<{ out: string } | undefined> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (piece: Buffer) => {
    if (out.length < 1_000) out += piece.toString();
  });
  const ended = await once(child, 'close').catch(() => undefined);
  return ended?.[0] === 0 ? { out } : undefined;
}
