import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { DomainProofs } from '../../../node/federation/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import {
  lineageToJson,
  SignatureVerifier,
  signSuccession,
  type Lineage,
} from '../../../protocols/heads/index.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import { aPut, aRecord } from '../../support/builders.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { noUsage, TestNetwork, type TestMember } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

const HOUR_MS = 60 * 60_000;
const { oaiIdentifier } = aRecord();

/** What other nodes make of a node that goes on under another key. */
describe('a node under another key, as others see it', () => {
  let server: Server;
  let base: string;
  let document: (() => object) | undefined;
  let net: TestNetwork;
  let clock: TestClock;
  let proving: TestCatalogue;
  let proofs: DomainProofs;
  let forgotten: string[];
  let peer: TestMember;
  const former = Identity.generate();
  const present = Identity.generate();

  beforeEach(async () => {
    server = createServer((_, response) => {
      response.writeHead(document === undefined ? 503 : 200).end(JSON.stringify(document?.() ?? {}));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    net = new TestNetwork();
    clock = new TestClock();
    proving = await aCatalogue({ clock });
    proofs = new DomainProofs({
      section: proving.store.section('domain-proofs'),
      fetch,
      verifier: new SignatureVerifier(),
      clock,
      log: silentLog,
    });
    await proofs.start();
    forgotten = [];
    const usage = { ...noUsage, forget: async (node: string) => void forgotten.push(node) };
    peer = await net.member('peer', { proofs, usage, rules: { proof: 'required' } });
  });
  afterEach(async () => {
    await net.close();
    await proofs.stop();
    await proving.close();
    server.close();
  });

  /** The institution's node, with the identity that it has by then. */
  async function joins(
    identity: Identity,
    lineage: Lineage = { successions: [], replaces: [] },
  ): Promise<TestMember> {
    const member = await net.member('node', { base, identity, isKeyNew: true });
    await member.catalogue.put([aPut(1)]);
    document = () => {
      const { signature, ...head } = member.catalogue.head;
      const signed = { ...head, signature: Buffer.from(signature).toString('base64url') };
      return { node: identity.node, base, head: signed, ...lineageToJson(lineage) };
    };
    net.link(member, peer);
    return member;
  }
  const keyOf = ({ node }: Identity): string => recordKey(node, oaiIdentifier);
  const signed = (): Lineage => ({
    successions: [signSuccession({ base, time: 5 }, { from: former, to: present })],
    replaces: [],
  });

  it('is followed in place of the former one when both keys have signed that', async () => {
    const before = await joins(former);
    await until('the peer has the records', () => peer.hasAllOf(before));
    net.cut(before, peer);
    const after = await joins(present, signed());
    await until('the peer has them under the new id', () => peer.hasAllOf(after));
    await until(
      'those of the former one are gone',
      () => peer.catalogue.feeds.state(former.node) === undefined,
    );
    await until('their usage is too', () => forgotten.includes(former.node));
    expect(await peer.catalogue.holdings.movedTo(keyOf(former))).to.equal(keyOf(present));
    expect(peer.sees(before)).to.include({ followed: false, why: 'another key now' });
    expect(peer.sees(before)?.successor).to.include({ node: present.node, how: 'signed', isSettled: true });
  });

  it('is not followed where the former key was lost, until the domain has named it for a day', async () => {
    const before = await joins(former);
    await until('the peer has the records', () => peer.hasAllOf(before));
    net.cut(before, peer);
    const after = await joins(present, {
      successions: [],
      replaces: [{ node: former.node, by: present.node, time: 5 }],
    });
    await until('the domain was asked', () => peer.sees(before)?.successor !== undefined);
    await until('so was it for the new one', () => peer.sees(after)?.proof === 'proved');
    expect(peer.sees(after)).to.include({ followed: false, why: 'key lost lately' });
    expect(peer.sees(before)).to.include({ followed: true, proof: 'proved' });
    expect(peer.catalogue.feeds.state(former.node)?.live).to.equal(1);
    for (let hour = 0; hour < 25; hour += 1) {
      clock.advance(HOUR_MS);
      await until('the clock goes on', () => new Promise((resolve) => setImmediate(() => resolve(true))));
    }
    await until('the domain was believed', () => peer.sees(before)?.successor?.isSettled === true);
    await until('the peer has the records under the new id', () => peer.hasAllOf(after));
    await until(
      'those of the former one are gone',
      () => peer.catalogue.feeds.state(former.node) === undefined,
    );
  });

  it('loses all where the domain names a node of which the former one knows nothing', async () => {
    const before = await joins(former);
    await until('the peer has the records', () => peer.hasAllOf(before));
    net.cut(before, peer);
    const forged = signSuccession({ base, time: 5 }, { from: Identity.generate(), to: present });
    await joins(present, { successions: [{ ...forged, from: former.node }], replaces: [] });
    await until('the former one is contradicted', () => peer.sees(before)?.proof === 'contradicted');
    await until('its records are gone', () => peer.catalogue.feeds.state(former.node) === undefined);
    expect(peer.sees(before)?.successor).to.equal(undefined);
    expect(await peer.catalogue.holdings.movedTo(keyOf(former))).to.equal(undefined);
  });

  it('stays on the lists on which its former id is', async () => {
    const regional = await net.member('regional', {
      proofs,
      networks: ['elsewhere'],
      rules: { mode: 'listed', networks: ['elsewhere'], allow: [former.node] },
    });
    const denying = await net.member('denying', { proofs, rules: { deny: [former.node] } });
    const before = await joins(former);
    net.link(before, regional);
    await until('the region has the records', () => regional.hasAllOf(before));
    for (const other of [peer, regional]) net.cut(before, other);
    const after = await joins(present, signed());
    await until('the succession is known', () => proofs.successor(former.node) !== undefined);
    net.link(after, regional);
    net.link(after, denying);
    await until('the region has them under the new id', () => regional.hasAllOf(after));
    await until('the other one knows of it', () => denying.sees(after)?.why === 'deny list');
  });
});
