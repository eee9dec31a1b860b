import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Usage } from '../../../node/analysis/usage/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { NOW } from '../../analysis/usage/usage-fixture.ts';
import { all } from '../../support/all.ts';
import { aCatalogue, silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { linesUntilKilled } from './lines-until-killed.ts';

const DAYS = { from: '2026-11-01', to: '2026-11-30' };

describe('a hit that was acknowledged', () => {
  it('is counted once after SIGKILL at any moment and a restart', async () => {
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
});

async function hitUntil(
  directory: string,
  run: number,
  lines: number,
): Promise<{ key: string; acknowledged: number; sent: number }> {
  const printed = await linesUntilKilled('./hits-until-killed.ts', { args: [directory, String(run)], lines });
  const last = printed.map((line) => line.split(' ')).findLast(({ length }) => length === 3);
  const [key = '', acknowledged = '0', sent = '0'] = last ?? [];
  // Up to twenty clients may have sent one more since the last line.
  return { key, acknowledged: Number(acknowledged), sent: Number(sent) + 20 };
}
