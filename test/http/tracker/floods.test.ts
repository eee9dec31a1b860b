import { expect } from 'chai';
import { Floods } from '../../../node/http/tracker/index.ts';
import { aPut } from '../../support/builders.ts';
import { TestClock } from '../../support/test-clock.ts';
import { anEvent, aTracker, codeOf } from './a-tracker.ts';

describe('a flood of usage events', () => {
  it('of one site is held back at 40,000, and taken at 4,000 a second from then on', () => {
    const clock = new TestClock();
    const floods = new Floods({ clock });
    for (let i = 0; i < 20; i++) expect(floods.ofSite('a', 2_000)).to.equal(0);
    expect(floods.ofSite('a', 1)).to.equal(1);
    expect(floods.ofSite('a', 10_000)).to.equal(3);
    expect(floods.ofSite('b', 1)).to.equal(0);
    clock.advance(1_000);
    expect(floods.ofSite('a', 4_000)).to.equal(0);
    expect(floods.ofSite('a', 1)).to.equal(1);
    clock.advance(3_600_000);
    expect(floods.ofSite('a', 40_000)).to.equal(0);
    expect(floods.ofSite('a', 1)).to.equal(1);
  });

  it('of one reader is held back, of IPv6 by network; of others not', () => {
    const clock = new TestClock();
    const floods = new Floods({ clock });
    for (let i = 0; i < 3_000; i++) floods.ofReader(`2001:db8::${i.toString(16)}`);
    expect(floods.ofReader('2001:db8::ffff')).to.equal(1);
    expect(floods.ofReader('2001:db8:0:1::1')).to.equal(0);
    clock.advance(100);
    expect(floods.ofReader('2001:db8::1')).to.equal(0);
  });

  it('lets no more than so many names into memory, and the flood through none the less', () => {
    const floods = new Floods({ clock: new TestClock(), mostNames: 10 });
    // The site's own name is used with each event, so it is never the one that goes.
    let refused = 0;
    for (let i = 0; i < 100; i++) {
      expect(floods.ofReader(`192.0.2.${i}`)).to.equal(0);
      if (floods.ofSite('a', 1_000) > 0) refused += 1;
    }
    expect(refused).to.equal(60);
  });

  it('is answered by 429, with the time to wait; what is not, is counted', async () => {
    const tracker = await aTracker();
    try {
      await tracker.site.put(aPut(1));
      const lines = Array.from({ length: 2_000 }, () => anEvent()).join('\n');
      expect((await tracker.post(lines, 'text/plain')).status).to.equal(200);
      const response = await tracker.post(lines, 'text/plain');
      const { taken, refused } = (await response.json()) as { taken: number; refused: { code: string }[] };
      expect(taken).to.equal(1_000);
      expect(refused.map(({ code }) => code)).to.deep.equal(Array(1_000).fill('TRACKER_TOO_MANY'));
      expect(tracker.events).to.have.length(3_000);

      const one = await tracker.ask(anEvent());
      expect(one.status).to.equal(429);
      expect(one.headers.get('retry-after')).to.equal('1');
      expect(await codeOf(one)).to.equal('TRACKER_TOO_MANY');
      expect((await tracker.ask(anEvent({ req_id: '192.0.2.2' }))).status).to.equal(200);

      const metrics = await (await fetch(`${tracker.url}/metrics`)).text();
      expect(metrics).to.contain('ngr_tracker_refused_total{code="TRACKER_TOO_MANY"} 1001');
    } finally {
      await tracker.close();
    }
  });
});
