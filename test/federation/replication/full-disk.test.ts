import { expect } from 'chai';
import { cannotWrite } from '../../../node/catalogue/errors.ts';
import { aRecord } from '../../support/builders.ts';
import { TestClock } from '../../support/test-clock.ts';
import { TestNetwork } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

describe('a node whose disk is full', () => {
  const net = new TestNetwork();
  after(() => net.close());

  it('blames nobody, does not fetch the same again at every round, and goes on when there is room', async () => {
    const clock = new TestClock();
    const [a, b] = [await net.member('a', { clock }), await net.member('b', { clock })];
    const failure = cannotWrite(
      Object.assign(new Error('IO error: No space left'), { code: 'LEVEL_IO_ERROR' }),
    );
    const refused = { pages: 0, announcements: 0 };
    const refuse = (what: keyof typeof refused) => (): Promise<never> => {
      refused[what] += 1;
      return Promise.reject(failure);
    };
    Object.assign(b.catalogue, { take: refuse('pages'), accept: refuse('announcements') });

    await a.catalogue.put([{ type: 'put', record: aRecord({ oaiIdentifier: 'oai:a:1' }) }]);
    net.link(a, b);
    await until('a page and an announcement were refused', () => {
      clock.advance(10);
      return refused.pages > 0 && refused.announcements > 0;
    });
    const { pages } = refused;
    for (let round = 0; round < 3; round++) {
      const before = b.sees(a)?.lastContact ?? 0;
      await until('they exchange heads again', () => {
        clock.advance(1_000);
        return (b.sees(a)?.lastContact ?? 0) > before;
      });
    }
    expect(refused.pages).to.equal(pages);
    expect(b.reputation.refusals(a.catalogue.node)).to.deep.equal([]);

    Reflect.deleteProperty(b.catalogue, 'take');
    Reflect.deleteProperty(b.catalogue, 'accept');
    await until('b has all', () => {
      clock.advance(1_000);
      return b.hasAllOf(a);
    });
  });
});
