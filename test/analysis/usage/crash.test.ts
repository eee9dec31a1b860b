import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ItemCounts } from '../../../node/analysis/usage/item-counts.ts';
import { openStore } from '../../../node/store/index.ts';

const PROCESS = fileURLToPath(new URL('./hits-until-killed.ts', import.meta.url));

describe('a hit that was acknowledged', () => {
  it('is counted once after SIGKILL at any moment and a restart', async function () {
    this.timeout(60_000);
    const directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    try {
      let least = 0;
      let most = 0;
      for (const killAfter of [1, 97, 640]) {
        const { key, acknowledged, sent } = await hitUntil(directory, killAfter);
        least += acknowledged;
        most += sent;
        const store = await openStore(directory);
        const section = store.section('usage');
        await section.open();
        const counts = new ItemCounts(section);
        const { requests, investigations } = await counts.ofItem(key);
        const months = await counts.months();
        await store.close();
        expect(requests).to.be.within(least, most);
        expect(investigations).to.equal(requests);
        expect(months.reduce((sum, month) => sum + month.requests, 0)).to.equal(requests);
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });
});

/** Kills the process when it has printed so many lines; what it still printed before it died counts too. */
async function hitUntil(
  directory: string,
  lines: number,
): Promise<{ key: string; acknowledged: number; sent: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = ['', '0', '0'];
  let seen = 0;
  const output = createInterface({ input: child.stdout });
  output.on('line', (line) => {
    const words = line.split(' ');
    if (words.length === 3) last = words;
    if (++seen === lines) child.kill('SIGKILL');
  });
  await once(output, 'close');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).to.equal('SIGKILL');
  const [key = '', acknowledged, sent] = last;
  // Up to twenty clients may have sent one more since the last line.
  return { key, acknowledged: Number(acknowledged), sent: Number(sent) + 20 };
}
