import { expect } from 'chai';
import { Registry } from 'prom-client';
import { systemClock } from '../../../node/clock.ts';
import {
  createLibp2pNetwork,
  Federation,
  Lookups,
  Reputation,
  WorkKeyIndex,
} from '../../../node/federation/index.ts';
import { SignatureVerifier } from '../../../protocols/heads/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { noProofs, noUsage } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

interface Member extends TestCatalogue {
  federation: Federation;
  lookups: Lookups;
  time: TestClock;
  round(): Promise<void>;
}

/** A node over libp2p on loopback that follows nobody. */
async function aMember(name: string, bootstrap: readonly string[] = []): Promise<Member> {
  const own = await aCatalogue({ base: `https://${name}.example`, clock: systemClock });
  const { catalogue, identity, store } = own;
  const index = new WorkKeyIndex({ node: catalogue.node });
  const runner = await own.run(index);
  const network = createLibp2pNetwork({
    identity,
    section: store.section('federation'),
    networks: ['test'],
    host: '127.0.0.1',
    port: 0,
    bootstrap,
    mdns: false,
    colocationLimit: 0,
    privateAddresses: true,
    isRefused: () => false,
    isTrusted: () => false,
    clock: systemClock,
    log: silentLog,
  });
  const federation = new Federation({
    catalogue,
    network,
    networks: ['test'],
    rules: { mode: 'listed', networks: ['test'], proof: 'shown', allow: [], deny: [] },
    quota: { records: 1e9, megabytes: 1e6, entriesPerSecond: 1e6 },
    proofs: noProofs,
    section: store.section('forks'),
    usage: noUsage,
    reputation: new Reputation({ clock: systemClock }),
    registry: new Registry(),
    clock: systemClock,
    log: silentLog,
  });
  const time = new TestClock();
  const lookups = new Lookups({
    catalogue,
    network,
    nodes: federation,
    index,
    signer: identity,
    verifier: new SignatureVerifier(),
    filters: store.section('filters'),
    lookedUp: store.section('looked-up'),
    registry: new Registry(),
    clock: {
      now: () => time.now(),
      steady: () => time.now(),
      sleep: (ms, signal) => systemClock.sleep(ms, signal),
    },
    log: silentLog,
  });
  await federation.start();
  await lookups.start();
  return {
    ...own,
    federation,
    lookups,
    time,
    round: async () => {
      await runner.caughtUp();
      await lookups.round();
    },
    close: async () => {
      await lookups.stop();
      await federation.stop();
      await own.close();
    },
  };
}

describe('lookups over libp2p', () => {
  let members: Member[];
  beforeEach(() => {
    members = [];
  });
  afterEach(async () => {
    for (const member of members) await member.close();
  });

  it('find a copy at a node that is not followed', async () => {
    const doi = { identifiers: [{ scheme: 'doi' as const, value: '10.5555/reef' }] };
    const a = await aMember('a');
    members.push(a);
    const b = await aMember('b', a.federation.multiaddrs);
    members.push(b);
    const [mine] = await a.catalogue.put([aPut(1, doi)]);
    await b.catalogue.put(Array.from({ length: 50 }, (_, i) => aPut(i + 2, i === 7 ? doi : {})));
    await until('a knows the head of b', () => a.federation.unfollowed()[0]?.seq === b.catalogue.head.seq);
    await b.round();
    await a.round();
    const [copy, ...others] = await a.lookups.copiesOf(mine?.key ?? '');
    expect(others).to.deep.equal([]);
    expect(copy?.record.oaiIdentifier).to.equal('oai:repository.example:9');
    expect(a.catalogue.feeds.states()).to.have.length(1);
  });
});
