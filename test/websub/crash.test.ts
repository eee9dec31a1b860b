import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { openStore } from '../../node/store/index.ts';
import { decodePending, decodeSubscription } from '../../node/websub/subscription.ts';
import { pendingRange, subscriptionRange } from '../../node/websub/layout.ts';

const PROCESS = fileURLToPath(new URL('./requests-until-killed.ts', import.meta.url));

describe('what the hub has said yes to', () => {
  it('is there after SIGKILL at any moment, waiting or confirmed', async function () {
    this.timeout(60_000);
    const directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    try {
      const taken = new Set<string>();
      for (const killAfter of [1, 40, 200]) {
        for (const callback of await takenUntil(directory, killAfter)) taken.add(callback);
        const store = await openStore(directory);
        const section = store.section('websub');
        const there = new Map<string, string>();
        for await (const [key, bytes] of section.iterator(subscriptionRange)) {
          there.set(decodeSubscription(bytes).callback, key);
        }
        for await (const [key, bytes] of section.iterator(pendingRange)) {
          const { callback } = decodePending(bytes);
          expect(there.has(callback), `${callback} waits and is confirmed`).to.equal(false);
          there.set(callback, key);
        }
        await store.close();
        for (const callback of taken) expect(there.has(callback), callback).to.equal(true);
      }
      expect(taken.size).to.be.greaterThan(240);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});

/** Kills the process when it has printed so many lines; what it still printed before it died counts too. */
async function takenUntil(directory: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, directory, String(lines)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const taken: string[] = [];
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => {
    const [word, callback = ''] = line.split(' ');
    if (word === 'taken' && callback.endsWith('.example/')) taken.push(callback);
    if (taken.length === lines) child.kill('SIGKILL');
  });
  await once(output, 'close');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).to.equal('SIGKILL');
  return taken;
}
