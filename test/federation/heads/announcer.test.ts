import { expect } from 'chai';
import { Registry } from 'prom-client';
import { Announcer, heartbeatMs } from '../../../node/federation/heads/announcer.ts';
import { federationMetrics } from '../../../node/federation/peers/metrics.ts';
import { offlineNetwork } from '../../../node/federation/index.ts';
import { aCatalogue, silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

const MINUTE = 60_000;

describe('the heartbeat of a node without changes', () => {
  it('comes every five minutes in a network of hundreds', () => {
    for (const nodes of [0, 1, 20, 300]) expect(heartbeatMs(nodes)).to.equal(5 * MINUTE);
  });

  it('is so much rarer in a larger one that all nodes together make one in a second', () => {
    for (const nodes of [1_000, 6_000]) expect(nodes / (heartbeatMs(nodes) / 1_000)).to.be.closeTo(1, 1e-9);
  });

  it('does not end, however many nodes somebody invents', () => {
    expect(heartbeatMs(1e9)).to.equal(120 * MINUTE);
  });

  it('goes out when it is time for as many nodes as are known', async () => {
    const clock = new TestClock();
    const test = await aCatalogue({ clock });
    let published = 0;
    const network = { ...offlineNetwork, publish: () => Promise.resolve(void (published += 1)) };
    const metrics = federationMetrics(new Registry(), () => []);
    const announcer = new Announcer({
      catalogue: test.catalogue,
      network,
      topics: ['heads'],
      nodesKnown: () => 1_200,
      clock,
      metrics,
      log: silentLog,
    });
    announcer.start();
    await until('the announcer to wait', () => clock.sleeping > 0);
    clock.advance(19 * MINUTE);
    expect(published).to.equal(0);
    clock.advance(2 * MINUTE);
    await until('the heartbeat', () => published === 1);
    await announcer.stop();
    await test.close();
  });
});
