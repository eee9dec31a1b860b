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
      const args = [...command, '--shared', shared, name];
      const ended = await withDirectory((own) => run(args, own, signal));
      if (ended !== undefined) broken.push(`${name} (${ended})`);
    }
    return broken;
  });
}

/**
 * @param directory for its temporary files: they go with it, also where it was killed and could not take them away
 * @returns how it ended, where that was not well
 */
async function run(
  args: readonly string[],
  directory: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (signal.aborted) return 'not begun';
  const child = spawn(process.execPath, [...process.execArgv, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, TMPDIR: directory },
    // A process group of its own, so that what it has started can be ended behind it.
    detached: true,
  });
  const endAll = (): void => killGroup(child.pid);
  // Before the directories go.
  process.prependOnceListener('exit', endAll);
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
    process.off('exit', endAll);
    endAll();
  }
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody of it is left.
  }
}
