import { spawn } from 'node:child_process';
import { withDirectory } from './processes.ts';

/**
 * Measures groups one after another, each by a process of its own: none finds what another left in memory, and where one
 * breaks off the others are measured all the same.
 *
 * @param command what runs the bench, without the groups' names
 * @param signal ends the one that is measured, and leaves out the others
 * @returns those that could not be measured, and how they ended
 */
export async function measureInTurn(
  names: readonly string[],
  command: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  return await withDirectory(async (shared) => {
    const broken: string[] = [];
    for (const name of names) {
      const ended = signal.aborted ? 'not begun' : await run([...command, '--shared', shared, name], signal);
      if (ended !== undefined) broken.push(`${name} (${ended})`);
    }
    return broken;
  });
}

/** @returns how it ended, where that was not well */
async function run(args: readonly string[], signal: AbortSignal): Promise<string | undefined> {
  const child = spawn(process.execPath, [...process.execArgv, ...args], { stdio: 'inherit' });
  // It ends its own processes before it goes.
  const end = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', end);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, by) => {
        if (by !== null) resolve(`ended by ${by}`);
        else resolve(code === 0 ? undefined : `exit code ${code}`);
      });
    });
  } finally {
    signal.removeEventListener('abort', end);
  }
}
