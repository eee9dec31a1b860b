import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The command as an operator starts it, until its `ready` line. */
export async function startCommand(
  data: string,
): Promise<{ url: string; pid: number; stop(): Promise<void> }> {
  const ngr = fileURLToPath(new URL('../../node/cli/ngr.js', import.meta.url));
  const flags = ['--data', data, '--port', '0', '--p2p-port', '0', '--no-mdns', '--no-sample'];
  const child = spawn(process.execPath, [ngr, 'start', ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const [word, url] = line.split(' ');
    if (word !== 'ready' || url === undefined) continue;
    child.stdout.resume();
    return {
      url,
      pid: child.pid ?? 0,
      stop: async () => {
        child.kill('SIGTERM');
        await exited;
      },
    };
  }
  throw new Error('the node did not start');
}
