import { expect } from 'chai';
import pino from 'pino';
import { Directory } from '../../../node/federation/heads/directory.ts';
import { Forks } from '../../../node/federation/heads/forks.ts';
import { RateLimit } from '../../../node/federation/rate-limit.ts';
import { Reputation } from '../../../node/federation/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { SetDigest, SignatureVerifier, type SignedHead } from '../../../protocols/heads/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { TestNetwork } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';
import { aHead, Attacker, inventedHeads } from './attacker.ts';

const setDigest = SetDigest.empty().digest();

/** A head whose signature nobody looks at. */
function headOf(node: string): SignedHead {
  return {
    node,
    base: 'https://node.example',
    name: node,
    networks: ['test'],
    seq: 1,
    live: 1,
    setDigest,
    time: 1,
    signature: new Uint8Array(64),
  };
}

describe('thousands of throw-away identities', () => {
  const clock = new TestClock();

  it('do not push out of the directory whom they are not, and do not fill the memory', () => {
    const directory = new Directory({ clock, isKept: (node) => node === 'followed' });
    directory.noteHead(headOf('followed'));
    directory.noteHead(headOf('met'));
    directory.noteMet('met');
    for (let n = 0; n < 50_000; n++) {
      directory.noteHead(headOf(`invented-${n}`));
      directory.noteContact(`invented-${n}`);
    }
    expect(directory.feed('followed')).to.not.equal(undefined);
    expect(directory.feed('met')).to.not.equal(undefined);
    expect(directory.nodes().length).to.be.at.most(30_002);
    for (let n = 0; n < 50_000; n++) {
      directory.noteHead(headOf(`connected-${n}`));
      directory.noteMet(`connected-${n}`);
    }
    expect(directory.feed('followed'), 'not even by speaking for themselves').to.not.equal(undefined);
    expect(directory.nodes().length).to.be.at.most(30_002);
  });

  it('do not push all holders of a feed out', () => {
    const directory = new Directory({ clock, isKept: () => false });
    directory.noteHead(headOf('origin'));
    for (let n = 0; n < 1_000; n++) directory.noteHolder('origin', `invented-${n}`, 1);
    expect(directory.holders('origin')).to.have.length(32);
    // Those that were asked in vain are the first to go.
    for (const [holder] of directory.holders('origin').slice(0, 20)) directory.setAside('origin', holder);
    for (let n = 0; n < 20; n++) directory.noteHolder('origin', `honest-${n}`, 1);
    const holders = directory.holders('origin').map(([holder]) => holder);
    expect(holders.filter((holder) => holder.startsWith('honest'))).to.have.length(20);
  });

  it('do not fill reputation and rate limits', () => {
    const reputation = new Reputation({ clock });
    const rate = new RateLimit({ clock, perSecond: 1, burst: 1 });
    for (let n = 0; n < 30_000; n++) {
      reputation.refuse(`invented-${n}`, 'FEED_BAD_SIGNATURE');
      rate.take(`invented-${n}`);
    }
    expect(reputation.refusals('invented-0'), 'the first are forgotten').to.deep.equal([]);
    expect(reputation.refusals('invented-29999')).to.have.length(1);
    expect(rate.take('invented-29999')).to.equal(false);
    expect(rate.take('invented-0')).to.equal(true);
  });

  it('do not fill the proofs of two histories, nor the log, and push out no proof against a node that is followed', async () => {
    const test = await aCatalogue();
    try {
      const errors: unknown[] = [];
      const log = pino({ level: 'error' }, { write: (line: string) => errors.push(line) });
      const followed = Identity.generate();
      const section = test.store.section('forks');
      const isHere = (node: string): boolean => node === followed.node;
      const forks = new Forks({ section, verifier: new SignatureVerifier(), isHere, log });
      const forkBy = (identity: Identity): Parameters<Forks['note']>[0] => ({
        kind: 'heads',
        a: aHead(identity, { seq: 1 }),
        b: aHead(identity, { seq: 1, setDigest: 'ab'.repeat(32) }),
      });
      expect(await forks.note(forkBy(followed))).to.equal(true);
      for (let n = 0; n < 1_050; n++) await forks.note(forkBy(Identity.generate()));
      expect([...forks.nodes()].length).to.equal(1_000);
      expect(forks.of(followed.node)).to.not.equal(undefined);
      expect(errors).to.have.length(1);
      const again = new Forks({ section, verifier: new SignatureVerifier(), isHere, log: silentLog });
      await again.start();
      expect(again.of(followed.node)).to.not.equal(undefined);
      expect([...again.nodes()].length).to.equal(1_000);
    } finally {
      await test.close();
    }
  });

  it('do not keep an honest node from being followed', async () => {
    const net = new TestNetwork();
    const [victim, honest] = [
      await net.member('victim', { answerTimeoutMs: 10_000 }),
      await net.member('honest'),
    ];
    const attacker = new Attacker(net);
    await attacker.start();
    try {
      const heads = inventedHeads(1_000);
      attacker.answer((request) => (request.type === 'heads' ? { type: 'heads', heads } : undefined));
      attacker.attach(victim);
      // Each is asked for once it is known; to look at all peers again and again would keep the victim busy instead.
      const asked = (): number => attacker.asked.filter(({ type }) => type === 'entries').length;
      await until('the invented ones are known', () => asked() >= 1_000);
      expect(victim.federation.peers().length).to.be.greaterThan(1_000);
      await honest.catalogue.put([aPut(1)]);
      net.link(victim, honest);
      await until('the honest one is followed', () => victim.hasAllOf(honest));
    } finally {
      await attacker.network.stop();
      await net.close();
    }
  });
});
