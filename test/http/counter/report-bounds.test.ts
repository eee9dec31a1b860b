import { expect } from 'chai';
import { ReportBounds } from '../../../node/http/routers/counter/report-bounds.ts';
import { TestClock } from '../../support/test-clock.ts';

describe('how often an address may ask for COUNTER reports', () => {
  it('is one number for all addresses of an IPv6 network', () => {
    const rate = new ReportBounds({ clock: new TestClock(), perMinute: 3, atOnce: 1 });
    for (let n = 1; n <= 3; n += 1) expect(rate.count(`2001:db8:1:2::${n}`)).to.equal(undefined);
    expect(rate.count('2001:db8:1:2::4')?.refused.code).to.equal(1020);
    expect(rate.count('2001:db8:1:3::4')).to.equal(undefined);
  });
});
