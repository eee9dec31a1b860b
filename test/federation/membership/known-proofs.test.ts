import { expect } from 'chai';
import { KnownProofs } from '../../../node/federation/membership/known-proofs.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';

const BASE = 'https://repository.example';

describe('what is known of nodes by their domains', () => {
  let test: TestCatalogue;
  beforeEach(async () => {
    test = await aCatalogue();
  });
  afterEach(() => test.close());

  const section = (): ReturnType<TestCatalogue['store']['section']> => test.store.section('domain-proofs');
  async function withRoomFor(most: number): Promise<KnownProofs> {
    const known = new KnownProofs({ section: section(), log: silentLog, most });
    await known.load();
    return known;
  }
  async function keep(known: KnownProofs, node: string, proof: 'proved' | 'contradicted'): Promise<void> {
    const one = known.begin(node, { base: BASE, next: 0, isStranger: true }, () => false);
    if (one === undefined) throw new Error('no room');
    one.proof = proof;
    await known.keep(node);
  }
  const onDisk = (): Promise<string[]> => section().keys().all();

  it('is let go of on disk too where invented nodes make room for others', async () => {
    const known = await withRoomFor(2);
    await keep(known, 'p', 'proved');
    for (const node of ['a', 'b', 'c']) await keep(known, node, 'contradicted');
    expect([...known.all()].map(([node]) => node)).to.deep.equal(['p', 'c']);
    expect(await onDisk()).to.deep.equal(['c', 'p']);
  });

  it('has what is proved after a start, however many invented nodes stand before it', async () => {
    const before = await withRoomFor(5);
    for (const node of ['a', 'b', 'c']) await keep(before, node, 'contradicted');
    for (const node of ['y', 'z']) await keep(before, node, 'proved');
    const known = await withRoomFor(3);
    expect([...known.all()].map(([node]) => node)).to.deep.equal(['y', 'z', 'a']);
    expect(await onDisk()).to.deep.equal(['a', 'y', 'z']);
  });
});
