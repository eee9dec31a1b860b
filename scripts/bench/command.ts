import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endWithThisProcess, ENVIRONMENT } from './processes.ts';

/** `ngr start` in a process of its own. */
export interface RunningCommand {
  url: string;
  pid: number;
  /** By SIGTERM unless told; until it is gone. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** The command as an operator starts it, until its `ready` line. */
export async function startCommand(
  data: string,
  { port = 0, flags: more = [] }: { port?: number; flags?: readonly string[] } = {},
): Promise<RunningCommand> {
  const ngr = fileURLToPath(new URL('../../node/cli/ngr.js', import.meta.url));
  const flags = ['--data', data, '--port', String(port), '--p2p-port', '0', '--no-mdns', '--no-sample'];
  const child = spawn(process.execPath, [ngr, 'start', ...flags, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: ENVIRONMENT,
  });
  endWithThisProcess(child);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, url] = line.split(' ');
    if (word !== 'ready' || url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      pid: child.pid ?? 0,
      stop: async (signal = 'SIGTERM') => {
        child.kill(signal);
        await exited;
      },
    };
  }
  throw new Error('the node did not start');
}
