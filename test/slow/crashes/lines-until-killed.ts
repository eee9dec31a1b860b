import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

/**
 * Starts a script of this folder, and kills it when it has printed so many lines that count.
 *
 * @param options.counts whether a line counts; every one, if not given
 * @returns all lines that it printed, those too that came before it died; the last may be half of one
 */
export async function linesUntilKilled(
  script: string,
  options: { args: readonly string[]; lines: number; counts?: (line: string) => boolean },
): Promise<string[]> {
  const { args, lines, counts = () => true } = options;
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const printed: string[] = [];
  let counted = 0;
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => {
    printed.push(line);
    if (counts(line) && ++counted === lines) child.kill('SIGKILL');
  });
  await once(output, 'close');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).to.equal('SIGKILL');
  return printed;
}
