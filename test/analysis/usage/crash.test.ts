import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { Usage } from '../../../node/analysis/usage/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { aCatalogue, silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { all, aUsage, codeOf, NOW } from './usage-fixture.ts';

const PROCESS = fileURLToPath(new URL('./hits-until-killed.ts', import.meta.url));
const DAYS = { from: '2026-11-01', to: '2026-11-30' };

describe('a hit that was acknowledged', () => {
  it('is counted once after SIGKILL at any moment and a restart', async function () {
    this.timeout(60_000);
    const directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    try {
      let least = 0;
      let most = 0;
      for (const [run, killAfter] of [1, 97, 1_640].entries()) {
        const { key, acknowledged, sent } = await hitUntil(directory, run, killAfter);
        least += acknowledged;
        most += sent;
        const identity = await Identity.load(join(directory, 'key.pem'));
        const test = await aCatalogue({ directory, identity, clock: new TestClock(NOW) });
        const section = test.store.section('counting');
        const usage = new Usage({ section, catalogue: test.catalogue, clock: test.clock, log: silentLog });
        const { totalRequests, totalInvestigations } = await usage.counts(key);
        const days = await all(usage.days(DAYS));
        await usage.stop();
        await test.leave();
        expect(totalRequests).to.be.within(least, most);
        expect(totalInvestigations).to.equal(totalRequests);
        expect(days.reduce((sum, { metrics }) => sum + metrics.totalRequests, 0)).to.equal(totalRequests);
      }
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('is counted once, whichever of the writes is the last one before the end', async () => {
    const fixture = await aUsage();
    try {
      for (let writes = 0; writes < 9; writes++) {
        const section = fixture.test.store.section(`dying-${writes}`);
        await section.open();
        const { db } = section;
        let left = writes;
        const dying = new Proxy(section, {
          get: (target, name) => {
            if (name !== 'db') {
              const value: unknown = Reflect.get(target, name, target);
              return typeof value === 'function' ? value.bind(target) : value;
            }
            return {
              batch: () => {
                const batch = db.batch();
                if (left-- <= 0)
                  batch.write = () => batch.close().then(() => Promise.reject(new Error('killed')));
                return batch;
              },
            };
          },
        });
        const before = fixture.fresh({ section: dying });
        let acknowledged = 0;
        for (let n = 0; n < 3; n++) {
          const events = Array.from({ length: 1_500 * n + 1 }, (_, i) =>
            fixture.event({ address: `10.${n}.${i >> 8}.${i & 255}` }),
          );
          acknowledged += await before.take(events).then(
            ({ taken }) => taken,
            () => 0,
          );
          await codeOf(before.months());
        }
        const after = fixture.fresh({ section });
        expect((await after.counts(fixture.items[0] ?? '')).totalInvestigations).to.equal(acknowledged);
        const [month] = await after.months();
        expect(month?.metrics.totalInvestigations ?? 0).to.equal(acknowledged);
      }
    } finally {
      await fixture.close();
    }
  });
});

/** Kills the process when it has printed so many lines; what it still printed before it died counts too. */
async function hitUntil(
  directory: string,
  run: number,
  lines: number,
): Promise<{ key: string; acknowledged: number; sent: number }> {
  const child = spawn(process.execPath, ['--import', 'tsx', PROCESS, directory, String(run)], {
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
