import { expect } from 'chai';
import type { Proof, Proofs } from '../../../node/federation/index.ts';
import { aPut } from '../../support/builders.ts';
import { TestNetwork, noUsage } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

/** Proofs as the test says. */
class SaidProofs implements Proofs {
  readonly #said = new Map<string, Proof>();
  readonly #listeners: ((node: string) => void)[] = [];
  readonly wanted: string[] = [];

  of(node: string): Proof {
    return this.#said.get(node) ?? 'unchecked';
  }

  profile(): undefined {
    return undefined;
  }

  successor(): undefined {
    return undefined;
  }

  predecessors(): string[] {
    return [];
  }

  isWaiting(): boolean {
    return false;
  }

  want(_: string, base: string): void {
    this.wanted.push(base);
  }

  onChange(listener: (node: string) => void): void {
    this.#listeners.push(listener);
  }

  say(node: string, proof: Proof): void {
    this.#said.set(node, proof);
    for (const listener of this.#listeners) listener(node);
  }
}

describe('whom a node follows', () => {
  let net: TestNetwork;
  beforeEach(() => {
    net = new TestNetwork();
  });
  afterEach(() => net.close());

  it('is every member of the networks that it is part of, as a regional node is', async () => {
    const brazil = await net.member('brazil', { networks: ['br'] });
    const chile = await net.member('chile', { networks: ['cl', 'biology'] });
    const region = await net.member('region', { networks: ['br', 'cl'] });
    await brazil.catalogue.put([aPut(1)]);
    await chile.catalogue.put([aPut(2), aPut(3)]);
    net.link(brazil, region);
    net.link(chile, region);
    net.link(brazil, chile);
    await until('the region has all', () => region.hasAllOf(brazil) && region.hasAllOf(chile));
    expect(brazil.sees(chile)).to.include({ followed: false, why: 'another network' });
    expect(brazil.catalogue.feeds.state(chile.catalogue.node)).to.equal(undefined);
    // What the region holds of Chile does not concern Brazil, and is not told there.
    expect(brazil.sees(chile)?.headSeq ?? 0).to.be.at.most(2);
    const [change] = await chile.catalogue.put([aPut(4)]);
    await until('a change arrives', async () => {
      return (await region.catalogue.holdings.get(change?.key ?? '')) !== undefined;
    });
  });

  it('may be some of its networks only', async () => {
    const [a, b] = [
      await net.member('a', { networks: ['one'] }),
      await net.member('b', { networks: ['two'] }),
    ];
    const c = await net.member('c', { networks: ['one', 'two'], rules: { networks: ['one'] } });
    await a.catalogue.put([aPut(1)]);
    await b.catalogue.put([aPut(2)]);
    net.link(a, c);
    net.link(b, c);
    await until('c has all of a', () => c.hasAllOf(a));
    await until('c knows b', () => c.sees(b)?.lastContact !== undefined);
    expect(c.sees(b)).to.include({ followed: false, why: 'another network' });
  });

  it('are those whose domain names them, once it does and as long as it does not name another', async () => {
    const proofs = new SaidProofs();
    const forgotten: string[] = [];
    const usage = {
      ...noUsage,
      forget: (node: string) => {
        forgotten.push(node);
        return Promise.resolve();
      },
    };
    const a = await net.member('a');
    const b = await net.member('b', { rules: { proof: 'required' }, proofs, usage });
    const { node } = a.catalogue;
    await a.catalogue.put([aPut(1)]);
    net.link(a, b);
    await until('b wants a proof', () => proofs.wanted.includes('https://a.example'));
    expect(b.sees(a)).to.include({ followed: false, why: 'not proved', records: 0 });
    proofs.say(node, 'proved');
    await until('b has all of a', () => b.hasAllOf(a));
    proofs.say(node, 'contradicted');
    await until('b lets go of it', () => b.catalogue.feeds.state(node) === undefined);
    await until('and of its usage', () => forgotten.includes(node));
    expect(b.sees(a)).to.include({ followed: false, why: 'not who it says' });
    const [key] = (await a.catalogue.feeds.newest(node, undefined, 1)).map((one) => one.key);
    expect(await b.catalogue.holdings.get(key ?? '')).to.equal(undefined);
  });

  it('are those on the allow list, of whatever network and without a proof', async () => {
    const a = await net.member('a', { networks: ['elsewhere'] });
    await a.catalogue.put([aPut(1)]);
    const b = await net.member('b', { rules: { allow: [a.catalogue.node], proof: 'required' } });
    net.link(a, b);
    await until('b has all of a', () => b.hasAllOf(a));
    expect(b.sees(a)).to.include({ followed: true, why: 'allow list' });
  });

  it('leaves out a feed with more than may be kept of one node, and what is here of it', async () => {
    const a = await net.member('a');
    const b = await net.member('b', { quota: { records: 3 } });
    await a.catalogue.put([aPut(1), aPut(2), aPut(3)]);
    net.link(a, b);
    await until('b has all of a', () => b.hasAllOf(a));
    await a.catalogue.put([aPut(4)]);
    await until('it is dropped', () => b.catalogue.feeds.state(a.catalogue.node) === undefined);
    expect(b.sees(a)).to.include({ followed: false, why: 'over its quota' });
  });

  it('leaves out a feed with too many bytes', async () => {
    const a = await net.member('a');
    const b = await net.member('b', { quota: { megabytes: 0.002 } });
    await a.catalogue.put(Array.from({ length: 40 }, (_, i) => aPut(i)));
    net.link(a, b);
    await until('it is left out', () => b.sees(a)?.why === 'over its quota');
    await until('it is dropped', () => b.catalogue.feeds.state(a.catalogue.node) === undefined);
  });
});
