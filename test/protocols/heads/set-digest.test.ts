import { createCipheriv, createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { SetDigest } from '../../../protocols/heads/index.ts';

const membersArbitrary = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 12 });
const bytes = (member: string): Uint8Array => createHash('sha256').update(member).digest();

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

  it('is the sum of ChaCha20 streams, lane by lane', () => {
    fc.assert(
      fc.property(membersArbitrary, (members) => {
        const lanes = new Uint16Array(1_024);
        for (const member of members) {
          const cipher = createCipheriv('chacha20', bytes(member), Buffer.alloc(16));
          const stream = cipher.update(Buffer.alloc(2_048));
          for (let i = 0; i < lanes.length; i++) lanes[i] = (lanes[i] ?? 0) + stream.readUInt16LE(i * 2);
        }
        const state = Buffer.alloc(2_048);
        for (const [i, lane] of lanes.entries()) state.writeUInt16LE(lane, i * 2);
        const digest = SetDigest.empty();
        for (const member of members) digest.add(bytes(member));
        expect(Buffer.from(digest.state()).equals(state)).to.equal(true);
        for (const member of members) digest.remove(bytes(member));
        expect(digest.digest()).to.equal(SetDigest.empty().digest());
      }),
      { seed: 7 },
    );
  });

  it('has a value that never changes, since nodes of all versions compare it', () => {
    expect(digestOf([])).to.equal('e5a00aa9991ac8a5ee3109844d84a55583bd20572ad3ffcd42792f3c36b183ad');
    expect(digestOf(['ngr'])).to.equal('09dcbec9ed1e0acd200782d651126c94307e110e0ce93094eaf9a40933aa0ff4');
  });
});
