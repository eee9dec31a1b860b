import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openStore } from '../../../node/store/index.ts';
import { decodePending, decodeSubscription } from '../../../node/websub/subscription.ts';
import { pendingRange, subscriptionRange } from '../../../node/websub/layout.ts';
import { linesUntilKilled } from './lines-until-killed.ts';

describe('what the hub has said yes to', () => {
  it('is there after SIGKILL at any moment, waiting or confirmed', async () => {
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

async function takenUntil(directory: string, lines: number): Promise<string[]> {
  const callbackOf = (line: string): string | undefined => /^taken (\S+\.example\/)$/.exec(line)?.[1];
  const printed = await linesUntilKilled('./requests-until-killed.ts', {
    args: [directory, String(lines)],
    lines,
    counts: (line) => callbackOf(line) !== undefined,
  });
  return printed.flatMap((line) => callbackOf(line) ?? []);
}
