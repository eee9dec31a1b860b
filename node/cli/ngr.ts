#!/usr/bin/env node
import { systemClock } from '../clock.ts';
import { keepHeapCompact } from './compact-heap.ts';
import { CliError } from './errors.ts';
import { run } from './run.ts';

/*
 * The executable: hands the process to the commands. It joins them with the composition root, which is loaded only when
 * a node is to run here, so that asking a running one is quick.
 */

keepHeapCompact();
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => stopping.abort(new CliError('STOPPED', 'Stopped before it was done.')));
}

// Who reads the output may close it early: `ngr search x | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

const exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  clock: systemClock,
  fetch,
  stopping: stopping.signal,
  startNode: async (config, options) => {
    // A command that needs a node for itself needs a whole one.
    if (config.role === 'http' && options.offline !== true) {
      const { startHttpRole } = await import('../assembly/http-role.ts');
      return await startHttpRole(config, options);
    }
    const { startNode } = await import('../main.ts');
    return await startNode(config, options);
  },
  rotateKey: async (config, options) => {
    const { rotateNodeKey } = await import('../main.ts');
    return await rotateNodeKey(config, options);
  },
});
process.stdout.write('', () => process.exit(exitCode));
