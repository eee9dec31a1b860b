import { expect } from 'chai';
import { Identity } from '../../../node/identity/index.ts';
import {
  decodeFork,
  encodeFork,
  forkOfHeads,
  SetDigest,
  SignatureVerifier,
  signHead,
  verifyFork,
  type Fork,
  type SignedHead,
} from '../../../protocols/heads/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue } from '../../support/test-catalogue.ts';
import { TestNetwork, type TestMember } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

const base = 'https://evil.example';

describe('two histories signed by one key', () => {
  const identity = Identity.generate();
  const verifier = new SignatureVerifier();
  const aHead = (parts: Partial<SignedHead> = {}, by = identity): SignedHead =>
    signHead(
      {
        node: by.node,
        base,
        name: 'Evil',
        networks: ['test'],
        seq: 3,
        live: 3,
        setDigest: SetDigest.empty().digest(),
        time: Date.now(),
        ...parts,
      },
      by,
    );

  it('are proved by two heads of one place', async () => {
    const fork = forkOfHeads(aHead(), aHead({ setDigest: 'ab'.repeat(32) }));
    if (fork === undefined) throw new Error('no fork');
    expect(await verifyFork(fork, verifier)).to.equal(true);
    expect(await verifyFork(decodeFork(encodeFork(fork)), verifier)).to.equal(true);
  });

  it('are not proved by heads of two places, by one head signed anew, or by what the node did not sign', async () => {
    expect(forkOfHeads(aHead(), aHead({ seq: 4 }))).to.equal(undefined);
    expect(forkOfHeads(aHead(), aHead({ time: 1 }))).to.equal(undefined);
    const forged: Fork = { kind: 'heads', a: aHead(), b: { ...aHead(), setDigest: 'ab'.repeat(32) } };
    expect(await verifyFork(forged, verifier)).to.equal(false);
    const stranger = Identity.generate();
    expect(forkOfHeads(aHead(), aHead({ setDigest: 'ab'.repeat(32) }, stranger))).to.equal(undefined);
  });

  describe('at a node', () => {
    let net: TestNetwork;
    let member: TestMember;
    beforeEach(async () => {
      net = new TestNetwork();
      member = await net.member('honest');
    });
    afterEach(() => net.close());

    const evil = (): { followed: boolean; why: string } | undefined =>
      member.federation.peers().find(({ node }) => node === identity.node);

    it('put the feed in quarantine, and the operator ends it', async () => {
      const other = await net.member('other');
      const forks = [await aCatalogue({ identity, base }), await aCatalogue({ identity, base })] as const;
      try {
        await forks[0].catalogue.put([aPut(1)]);
        await forks[1].catalogue.put([aPut(2)]);
        for (const [at, fork] of [
          [member, forks[0]],
          [other, forks[1]],
        ] as const) {
          const page = await fork.catalogue.feeds.page(identity.node, 0, { entries: 10, bytes: 1e6 });
          if (page === undefined) throw new Error('no page');
          await at.catalogue.accept(page.head, page.entries);
          await at.catalogue.confirm(page.head);
          // As after a restart, when the copies and their heads are all that is known.
          await at.federation.stop();
          await at.federation.start();
        }
        net.link(member, other);
        await until('it is proved', () => evil()?.why === 'two histories');
        const [key] = (await member.catalogue.feeds.newest(identity.node, undefined, 1)).map((at) => at.key);
        expect(await member.catalogue.holdings.get(key ?? ''), 'it stays readable').to.not.equal(undefined);
        expect(member.reputation.refusals(other.catalogue.node)).to.deep.equal([]);

        expect(await member.federation.forgive(identity.node)).to.equal(true);
        expect(evil()).to.include({ followed: true });
        expect(await member.federation.forgive(identity.node)).to.equal(false);
      } finally {
        for (const fork of forks) await fork.close();
      }
    });
  });
});
