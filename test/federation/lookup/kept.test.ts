import { expect } from 'chai';
import { HeldFilters } from '../../../node/federation/lookup/held-filters.ts';
import {
  KEPT_MS,
  LookedUpRecords,
  type CheckedCopy,
} from '../../../node/federation/lookup/looked-up-records.ts';
import { Identity } from '../../../node/identity/index.ts';
import type { Section } from '../../../node/store/index.ts';
import {
  encodeSegment,
  packDigests,
  packWorkKeys,
  segmentDigest,
  signManifest,
  type SignedManifest,
} from '../../../protocols/holdings-filter/index.ts';
import { encodeHolding } from '../../../vocab/block.ts';
import { aRecord } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';

const workKey = (n: number): string => n.toString(16).padStart(16, '0');

describe('what is kept of other nodes', () => {
  let test: TestCatalogue;
  let section: Section;
  beforeEach(async () => {
    test = await aCatalogue();
    section = test.store.section('kept');
  });
  afterEach(() => test.close());

  describe('holdings filters', () => {
    const signers = Array.from({ length: 3 }, () => Identity.generate());
    const nodes = signers.map(({ node }) => node);
    const keys = Array.from({ length: 100 }, (_, i) => workKey(i));

    function filterOf(signer: Identity, of: readonly string[]): [SignedManifest, Map<number, Uint8Array>] {
      const segment = encodeSegment(packWorkKeys(of));
      const digests = packDigests([segmentDigest(segment)]);
      const manifest = { node: signer.node, seq: 1, time: 0, keys: of.length, bits: 0, digests };
      return [signManifest(manifest, signer), new Map([[0, segment]])];
    }

    async function putAll(filters: HeldFilters): Promise<void> {
      for (const [i, signer] of signers.entries()) await filters.put(...filterOf(signer, keys), i);
    }

    it('tell who may hold something under which keys, and have it after a restart', async () => {
      const filters = new HeldFilters({ section });
      const [a, b] = signers as [Identity, Identity];
      await filters.put(...filterOf(a, keys.slice(0, 50)), 5);
      await filters.put(...filterOf(b, keys.slice(50)), 6);
      const again = new HeldFilters({ section });
      await again.load();
      for (const held of [filters, again]) {
        const hits = await held.mayHold(nodes, keys);
        expect(hits.get(a.node)).to.include.members(keys.slice(0, 50));
        expect(hits.get(b.node)).to.include.members(keys.slice(50));
        expect(held).to.include({ size: 2, bytes: filters.bytes });
      }
    });

    it('forget a key that a newer filter has not', async () => {
      const filters = new HeldFilters({ section });
      const [a] = signers as [Identity];
      await filters.put(...filterOf(a, keys), 5);
      expect((await filters.mayHold(nodes, keys)).get(a.node)).to.have.length(100);
      await filters.put(...filterOf(a, []), 6);
      expect((await filters.mayHold(nodes, keys)).size).to.equal(0);
    });

    it('go, the one that was compared longest ago first, where they are too many bytes', async () => {
      const one = filterOf(signers[0] as Identity, keys)[1].get(0)?.length ?? 0;
      const filters = new HeldFilters({ section, mostBytes: 2 * one });
      await putAll(filters);
      expect(filters.nodes()).to.deep.equal(nodes.slice(1));
      expect(filters.bytes).to.equal(2 * one);
    });

    it('leave nothing behind', async () => {
      const filters = new HeldFilters({ section });
      await putAll(filters);
      for (const node of nodes) await filters.forget(node);
      expect(await section.keys().all()).to.deep.equal([]);
      expect(filters.bytes).to.equal(0);
    });
  });

  describe('records', () => {
    const aCopy = (n: number, parts: Partial<CheckedCopy> = {}): CheckedCopy => ({
      key: String.fromCharCode(97 + n).repeat(20),
      node: '12D3KooWA',
      name: 'A',
      seq: 1,
      entry: new Uint8Array(10),
      block: encodeHolding({ ...aRecord(), node: '12D3KooWA', id: `https://a.example/records/${n}` }).bytes,
      workKeys: [workKey(n)],
      ...parts,
    });

    it('are within their number, those that go first leaving first', async () => {
      const records = new LookedUpRecords({ section, most: { copies: 2, bytes: 1e9 } });
      for (let n = 0; n < 4; n++) await records.put([aCopy(n)], n);
      expect(records.size).to.equal(2);
      const kept = await records.with([0, 1, 2, 3].map(workKey), 3);
      expect(kept.map(({ key }) => key[0])).to.deep.equal(['c', 'd']);
    });

    it('are within their bytes', async () => {
      const most = { copies: 100, bytes: 3 * aCopy(0).block.length };
      const records = new LookedUpRecords({ section, most });
      for (let n = 0; n < 10; n++) await records.put([aCopy(n)], n);
      expect(records.size).to.equal(2);
      const again = new LookedUpRecords({ section, most });
      await again.load();
      await again.put([aCopy(10)], 10);
      expect(again.size).to.equal(2);
    });

    it('do not give way to an older word', async () => {
      const records = new LookedUpRecords({ section });
      await records.put([aCopy(1, { seq: 5, workKeys: [] })], 0);
      await records.put([aCopy(1, { seq: 4 })], 0);
      expect(await records.with([workKey(1)], 0)).to.deep.equal([]);
    });

    it('leave nothing behind when their time has come, or their node is let go', async () => {
      const records = new LookedUpRecords({ section });
      await records.put([aCopy(1), aCopy(2, { node: '12D3KooWB' })], 0);
      await records.put([aCopy(1, { seq: 2, workKeys: [workKey(7)] })], 5);
      await records.expire(KEPT_MS);
      expect(records.size).to.equal(1);
      await records.forget('12D3KooWA');
      expect(await section.keys().all()).to.deep.equal([]);
    });
  });
});
