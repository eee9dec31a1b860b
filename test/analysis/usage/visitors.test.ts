import { expect } from 'chai';
import { Addresses } from '../../../node/analysis/usage/addresses.ts';
import { isbotList } from '../../../node/analysis/usage/robots.ts';
import { Visitors } from '../../../node/analysis/usage/visitors.ts';

describe('the users of a day', () => {
  it('are told apart by the first thousand characters of their agents, and no more is kept of them', () => {
    const visitors = new Visitors({ robots: isbotList, addresses: new Addresses({ internal: [] }) });
    const long = `Mozilla/5.0 ${'x'.repeat(988)}`;
    const one = visitors.visitor('salt', '192.0.2.1', long);
    expect(visitors.visitor('salt', '192.0.2.1', `${long} a`)).to.equal(one);
    expect(visitors.visitor('salt', '192.0.2.1', `${long} b`)).to.equal(one);
    expect(visitors.visitor('salt', '192.0.2.1', long.slice(0, -1))).not.to.equal(one);
  });
});
