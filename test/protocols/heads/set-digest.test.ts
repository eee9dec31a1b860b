import { expect } from 'chai';
import fc from 'fast-check';
import { SetDigest } from '../../../protocols/heads/index.ts';

const membersArbitrary = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 12 });
const bytes = (member: string): Uint8Array => Buffer.from(member);

function digestOf(members: readonly string[]): string {
  const digest = SetDigest.empty();
  for (const member of members) digest.add(bytes(member));
  return digest.digest();
}

describe('a set digest', () => {
  it('depends on the members only, not on their order nor on what came and went', () => {
    fc.assert(
      fc.property(membersArbitrary, membersArbitrary, (members, passing) => {
        const visitors = passing.filter((member) => !members.includes(member));
        const digest = SetDigest.empty();
        for (const member of [...visitors, ...members.toReversed()]) digest.add(bytes(member));
        for (const member of visitors) digest.remove(bytes(member));
        expect(digest.digest()).to.equal(digestOf(members));
      }),
      { seed: 7 },
    );
  });

  it('differs where a member is missing or another', () => {
    fc.assert(
      fc.property(membersArbitrary, (members) => {
        if (members.length === 0) return;
        expect(digestOf(members.slice(1))).not.to.equal(digestOf(members));
        expect(digestOf([...members.slice(1), `${members[0]}x${members.join()}`])).not.to.equal(
          digestOf(members),
        );
      }),
      { seed: 7 },
    );
  });

  it('goes on from its state', () => {
    const first = SetDigest.empty();
    first.add(bytes('a'));
    const again = SetDigest.fromState(first.state());
    again.add(bytes('b'));
    expect(again.digest()).to.equal(digestOf(['b', 'a']));
    expect(first.digest(), 'a copy of its own').to.equal(digestOf(['a']));
    expect(() => SetDigest.fromState(new Uint8Array(3))).to.throw(RangeError);
  });

  it('has a value that never changes, since nodes of all versions compare it', () => {
    expect(digestOf([])).to.equal('e5a00aa9991ac8a5ee3109844d84a55583bd20572ad3ffcd42792f3c36b183ad');
    expect(digestOf(['ngr'])).to.equal('f0a679363c995c54ece4dcbd107839bdde17e03ce7359a820cc27776a2a1ab5c');
  });
});
