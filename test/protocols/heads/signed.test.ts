import { expect } from 'chai';
import fc from 'fast-check';
import { Identity } from '../../../node/identity/index.ts';
import {
  decodeAnnouncement,
  encodeAnnouncement,
  encodeEntry,
  entryFromTuple,
  EntryVerifier,
  headFromTuple,
  headToTuple,
  leafOf,
  nodeIdOfPublicKey,
  publicKeyOfNodeId,
  readOwnEntry,
  SetDigest,
  SignatureVerifier,
  signEntries,
  signHead,
  verifyHead,
  type Entry,
  type SignedHead,
} from '../../../protocols/heads/index.ts';
import { CborReader } from '../../../vocab/cbor-reader.ts';

const identity = Identity.generate();

function anEntry(parts: Partial<Entry> = {}): Entry {
  return {
    node: identity.node,
    seq: 1,
    record: 'https://node.example/records/aaaaaaaaaaaaaaaaaaaa',
    kind: 'created',
    time: Date.UTC(2026, 0, 1),
    digest: 'bafyreigh2akiscaildc',
    ...parts,
  };
}

function aHead(): SignedHead {
  const setDigest = SetDigest.empty().digest();
  const parts = {
    base: 'https://node.example',
    name: 'Näme',
    networks: ['n'],
    seq: 3,
    live: 2,
    setDigest,
    time: 5,
  };
  return signHead({ node: identity.node, ...parts }, identity);
}

describe('signed entries and heads', () => {
  it('are checked one by one, whatever the size of the batch they were signed in', async () => {
    const verifier = new EntryVerifier(new SignatureVerifier());
    for (const size of [1, 2, 3, 7, 100]) {
      const leaves = Array.from({ length: size }, (_, i) => leafOf(anEntry({ seq: i + 1 })));
      const signatures = signEntries(leaves, identity);
      for (const [i, leaf] of leaves.entries()) {
        const signature = signatures[i] ?? new Uint8Array();
        expect(await verifier.verify(identity.node, leaf, signature), `${i} of ${size}`).to.equal(true);
        expect(await verifier.verify(Identity.generate().node, leaf, signature)).to.equal(false);
        const neighbour = leaves[(i + 1) % size];
        if (size > 1 && neighbour !== undefined) {
          expect(await verifier.verify(identity.node, neighbour, signature)).to.equal(false);
        }
      }
    }
  });

  it('do not pass with any byte changed', async () => {
    const verifier = new EntryVerifier(new SignatureVerifier());
    const leaves = [1, 2, 3].map((seq) => leafOf(anEntry({ seq })));
    const [signature = new Uint8Array()] = signEntries(leaves, identity);
    await fc.assert(
      fc.asyncProperty(fc.nat(signature.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const changed = Uint8Array.from(signature);
        changed[at] = (changed[at] ?? 0) ^ flip;
        expect(await verifier.verify(identity.node, leaves[0] ?? new Uint8Array(), changed)).to.equal(false);
      }),
      { seed: 7, numRuns: 200 },
    );
    for (const length of [0, 63, 64, 71, 73, 5_000]) {
      expect(
        await verifier.verify(identity.node, leaves[0] ?? new Uint8Array(), new Uint8Array(length)),
      ).to.equal(false);
    }
  });

  it('come through their stored and sent forms unchanged', async () => {
    const entry = anEntry();
    const [signature = new Uint8Array()] = signEntries([leafOf(entry)], identity);
    const read = readOwnEntry(new CborReader(encodeEntry({ ...entry, signature })));
    expect({ ...read, signature: [...read.signature] }).to.deep.equal({
      ...entry,
      signature: [...signature],
    });
    const head = aHead();
    expect(headFromTuple(headToTuple(head))).to.deep.equal(head);
    expect(await verifyHead(head, new SignatureVerifier())).to.equal(true);
    expect(await verifyHead({ ...head, live: 3 }, new SignatureVerifier())).to.equal(false);
  });

  it('are refused by name where they have not the form', () => {
    for (const value of [undefined, null, 7, [], {}, [1, 2, 3, 4, 5, 6, 7], 'entry']) {
      expect(() => entryFromTuple(value))
        .to.throw()
        .with.property('code', 'HEADS_BAD_ENTRY');
      expect(() => headFromTuple(value))
        .to.throw()
        .with.property('code', 'HEADS_BAD_HEAD');
    }
  });

  it('name a node by its key, as libp2p does', () => {
    const raw = publicKeyOfNodeId(identity.node);
    if (raw === undefined) throw new Error('no key');
    expect(identity.node).to.match(/^12D3KooW/);
    expect(nodeIdOfPublicKey(raw)).to.equal(identity.node);
    for (const wrong of [
      '',
      '12D3',
      'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG',
      '0OIl',
      'x'.repeat(1_000),
    ]) {
      expect(publicKeyOfNodeId(wrong), wrong).to.equal(undefined);
    }
  });

  it('are announced as ActivityStreams, and read back', async () => {
    const entry = anEntry({ kind: 'withdrawn' });
    const [signature = new Uint8Array()] = signEntries([leafOf(entry)], identity);
    const head = aHead();
    const sent = encodeAnnouncement({
      head,
      after: 2,
      changes: [{ entry: { ...entry, signature }, block: Uint8Array.of(1, 2) }],
    });
    const json = JSON.parse(Buffer.from(sent).toString()) as {
      orderedItems: { type: string; object: string }[];
    };
    expect(json.orderedItems[0]).to.include({ type: 'Remove', object: entry.record });
    const read = decodeAnnouncement(sent);
    expect(read.after).to.equal(2);
    expect(await verifyHead(read.head, new SignatureVerifier())).to.equal(true);
    const [change] = read.changes;
    if (change === undefined) throw new Error('no change');
    const verifier = new EntryVerifier(new SignatureVerifier());
    expect(await verifier.verify(identity.node, leafOf(change.entry), change.entry.signature)).to.equal(true);
  });

  it('are read from arbitrary bytes without any other error than a typed one', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          expect(() => decodeAnnouncement(bytes))
            .to.throw()
            .with.property('code', 'HEADS_BAD_ANNOUNCEMENT');
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('an announcement', () => {
  it('has an entry only that can be passed on over a stream', () => {
    const entry = { ...anEntry({ time: -1 }), signature: new Uint8Array(72) };
    const bytes = encodeAnnouncement({
      head: aHead(),
      after: 0,
      changes: [{ entry, block: Uint8Array.of(0xa0) }],
    });
    expect(() => decodeAnnouncement(bytes))
      .to.throw()
      .with.property('code', 'HEADS_BAD_ENTRY');
  });

  it('has no place beyond what the feed’s order can hold', () => {
    const entry = { ...anEntry({ seq: 2 ** 48 }), signature: new Uint8Array(72) };
    expect(() =>
      entryFromTuple([
        entry.node,
        entry.seq,
        entry.record,
        entry.kind,
        entry.time,
        entry.digest,
        entry.signature,
      ]),
    )
      .to.throw()
      .with.property('code', 'HEADS_BAD_ENTRY');
  });
});
