import { expect } from 'chai';
import { Registry } from 'prom-client';
import { federationMetrics } from '../../../node/federation/peers/metrics.ts';
import type { PeerView } from '../../../node/federation/index.ts';
import { aPut } from '../../support/builders.ts';
import { TestNetwork } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

function aView(parts: Partial<PeerView>): PeerView {
  return {
    node: '12D3KooWOne',
    networks: ['test'],
    self: false,
    connected: true,
    proof: 'unchecked',
    followed: true,
    why: 'network',
    seq: 1,
    headSeq: 1,
    lag: 0,
    records: 1,
    bytes: 100,
    complete: true,
    received: 0,
    sent: 0,
    refused: [],
    cutOff: false,
    addresses: [],
    ...parts,
  };
}

describe('what a node knows of another one', () => {
  let net: TestNetwork;
  beforeEach(() => {
    net = new TestNetwork();
  });
  afterEach(() => net.close());

  it('are its networks, its newest head, how much of it is here, and the bytes that went to and fro', async () => {
    const [a, b] = [await net.member('a'), await net.member('b')];
    await a.catalogue.put([aPut(1), aPut(2)]);
    net.link(a, b);
    await until('b has all of a', () => b.hasAllOf(a) && b.sees(a)?.complete === true);
    const seen = b.sees(a);
    const state = b.catalogue.feeds.state(a.catalogue.node);
    expect(seen).to.deep.include({
      networks: ['test'],
      records: 2,
      bytes: state?.bytes,
      lag: 0,
      proof: 'unchecked',
    });
    expect(seen?.headTime).to.equal(a.catalogue.head.time);
    expect(seen?.received).to.be.greaterThan(100);
    expect(seen?.sent).to.be.greaterThan(0);
    expect(a.sees(b)?.received).to.be.greaterThan(0);
    expect(b.federation.peers()[0]).to.deep.include({
      self: true,
      connected: true,
      received: 0,
      refused: [],
    });
  });

  it('is the first on the list of all, by name, and each is there once', async () => {
    const members = [];
    for (const name of ['c', 'a', 'b']) members.push(await net.member(name));
    net.link(...members);
    const [first] = members;
    const others = (): string[] =>
      first?.federation
        .peers()
        .slice(1)
        .map(({ base = '' }) => base) ?? [];
    await until('all are known', () => others().every((base) => base !== '') && others().length === 2);
    expect(others()).to.have.members(['https://a.example', 'https://b.example']);
  });
});

describe('figures of other nodes', () => {
  const figures = async (peers: readonly PeerView[]): Promise<string> => {
    const registry = new Registry();
    federationMetrics(registry, () => peers);
    return await registry.metrics();
  };

  it('tell of all how many are connected, followed, behind, proved, in quarantine and over quota', async () => {
    const text = await figures([
      aView({ self: true }),
      aView({
        proof: 'proved',
        lag: 3,
        complete: false,
        headTime: 1_500,
        lastContact: 2_500,
        received: 7,
        sent: 8,
      }),
      aView({
        node: '12D3KooWForked00',
        followed: false,
        why: 'two histories',
        connected: false,
        cutOff: true,
      }),
      aView({ node: '12D3KooWLarge000', followed: false, why: 'over its quota', proof: 'contradicted' }),
    ]);
    for (const line of [
      'ngr_peers_connected 2',
      'ngr_feeds_followed 1',
      'ngr_feeds_incomplete 1',
      'ngr_feeds_lag_entries 3',
      'ngr_feeds_quarantined 1',
      'ngr_feeds_over_quota 1',
      'ngr_peers_cut_off 1',
      'ngr_peers_proofs{proof="proved"} 1',
      'ngr_peers_proofs{proof="contradicted"} 1',
      'ngr_peers_proofs{proof="unreachable"} 0',
      'ngr_feed_lag_entries{node="3KooWOne",name=""} 3',
      'ngr_feed_head_timestamp_seconds{node="3KooWOne",name=""} 1.5',
      'ngr_peer_last_contact_timestamp_seconds{node="3KooWOne",name=""} 2.5',
      'ngr_peer_received_bytes{node="3KooWOne",name=""} 7',
      'ngr_peer_sent_bytes{node="3KooWOne",name=""} 8',
    ])
      expect(text.split('\n')).to.include(line);
  });

  it('are of two hundred nodes one by one, those furthest behind; and of none that has gone', async () => {
    let peers = Array.from({ length: 500 }, (_, i) =>
      aView({ node: `12D3KooW${String(i).padStart(8, '0')}`, name: `Node ${i}`, lag: i }),
    );
    const registry = new Registry();
    federationMetrics(registry, () => peers);
    const lags = async (): Promise<string[]> =>
      (await registry.metrics()).split('\n').filter((line) => line.startsWith('ngr_feed_lag_entries{'));
    const shown = await lags();
    expect(shown).to.have.length(200);
    expect(shown[0]).to.equal('ngr_feed_lag_entries{node="00000499",name="Node 499"} 499');
    peers = peers.slice(0, 1);
    expect(await lags()).to.have.length(1);
  });

  it('puts nothing of a name into the lines that could end them', async () => {
    const text = await figures([aView({ name: 'A "b"\nngr_peers_connected 99' })]);
    expect(text.split('\n')).not.to.include('ngr_peers_connected 99');
  });
});
