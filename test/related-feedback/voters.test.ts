import { expect } from 'chai';
import { Voters } from '../../node/related-feedback/voters.ts';
import { TestClock } from '../support/test-clock.ts';

const DAY_MS = 86_400_000;
const IN_ALL = 20_000;

describe('those who vote on related items', () => {
  it('have twenty thousand votes a day in all, from however many addresses', () => {
    const clock = new TestClock();
    const voters = new Voters({ clock });
    const address = (n: number): string => `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`;
    for (let n = 0; n < IN_ALL; n++) voters.take(address(n), 'a b');
    expect(() => voters.take(address(IN_ALL), 'a b'))
      .to.throw()
      .with.property('code', 'FEEDBACK_TOO_MANY');
    // What is known is no new vote.
    expect(voters.take(address(0), 'a b')).to.equal(false);
    clock.advance(DAY_MS);
    expect(voters.take(address(IN_ALL), 'a b')).to.equal(true);
  });
});
