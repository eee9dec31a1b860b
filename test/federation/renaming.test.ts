import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { TestNetwork } from '../support/test-network.ts';
import { until } from '../support/until.ts';

describe('an institution with a new name', () => {
  let net: TestNetwork;
  beforeEach(() => {
    net = new TestNetwork();
  });
  afterEach(() => net.close());

  it('is known by it to the others at once, and whole as before', async () => {
    const [a, b] = [await net.member('a'), await net.member('b')];
    net.link(a, b);
    await a.catalogue.put([aPut(1)]);
    await until('b has all of a', () => b.hasAllOf(a));
    const { seq, setDigest } = a.catalogue.head;
    await a.federation.rename('University of Wyreford');
    expect(a.catalogue.head).to.deep.include({ name: 'University of Wyreford', seq, setDigest });
    await until('b knows the name', () => b.sees(a)?.name === 'University of Wyreford');
    await until(
      'b keeps it',
      () => b.catalogue.feeds.state(a.catalogue.node)?.head?.name === 'University of Wyreford',
    );
    expect(b.sees(a)).to.include({ complete: true, lag: 0 }).and.not.have.property('fork');
  });

  it('keeps its head where the name is the one that it has', async () => {
    const a = await net.member('a');
    const { head } = a.catalogue;
    await a.federation.rename(head.name);
    expect(a.catalogue.head).to.equal(head);
  });
});
