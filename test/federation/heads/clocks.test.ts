import { expect } from 'chai';
import type { Clock } from '../../../node/clock.ts';
import { aPut } from '../../support/builders.ts';
import { TestClock } from '../../support/test-clock.ts';
import { TestNetwork } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

const HOUR_MS = 60 * 60_000;

describe('a node whose clock is an hour ahead', () => {
  const clock = new TestClock();
  const ahead: Clock = {
    now: () => clock.now() + HOUR_MS,
    steady: () => clock.steady(),
    sleep: (ms, signal) => clock.sleep(ms, signal),
  };
  let net: TestNetwork;
  beforeEach(() => {
    net = new TestNetwork();
  });
  afterEach(() => net.close());

  const passing =
    (condition: () => boolean): (() => boolean) =>
    () => {
      clock.advance(1_000);
      return condition();
    };

  it('is shown as such, and its changes come all the same, both ways', async () => {
    const wrong = await net.member('wrong', { clock: ahead });
    const right = await net.member('right', { clock });
    net.link(wrong, right);
    await wrong.catalogue.put([aPut(1)]);
    await right.catalogue.put([aPut(2)]);
    await until(
      'each has all',
      passing(() => right.hasAllOf(wrong) && wrong.hasAllOf(right)),
    );
    await until(
      'right knows',
      passing(() => right.sees(wrong)?.clockAheadSeconds !== undefined),
    );
    await until(
      'wrong knows',
      passing(() => wrong.sees(right)?.clockAheadSeconds !== undefined),
    );
    expect(right.sees(wrong)?.clockAheadSeconds).to.be.closeTo(3_600, 60);
    expect(wrong.sees(right)?.clockAheadSeconds).to.be.closeTo(-3_600, 60);
  });

  it('is not cut off for it, however much it has to tell', async () => {
    const wrong = await net.member('wrong', { clock: ahead });
    const right = await net.member('right', { clock });
    net.link(wrong, right);
    const told = (): number =>
      right.sees(wrong)?.refused.find(({ code }) => code === 'HEADS_OTHER_TIME')?.count ?? 0;
    await until(
      'they have met',
      passing(() => right.sees(wrong)?.lastContact !== undefined),
    );
    for (let n = 0; n < 250; n++) {
      await wrong.catalogue.put([aPut(n)]);
      await until(
        'it is announced',
        passing(() => told() > n),
      );
    }
    expect(right.sees(wrong)).to.include({ cutOff: false, connected: true });
  });
});
