import { expect } from 'chai';
import { Usage } from '../../../node/analysis/usage/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import { aPut, aRecord } from '../../support/builders.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('the usage of a node that goes on under another key', () => {
  const former = Identity.generate();
  const present = Identity.generate();
  const { oaiIdentifier } = aRecord();
  const keyOf = ({ node }: Identity): string => recordKey(node, oaiIdentifier);

  function usageOf({ store, catalogue, identity, clock }: TestCatalogue): Usage {
    return new Usage({ section: store.section('usage'), catalogue, signer: identity, clock, log: silentLog });
  }
  async function use(usage: Usage, test: TestCatalogue, address: string): Promise<void> {
    const hit = { kind: 'request', key: keyOf(test.identity), address, userAgent: FIREFOX } as const;
    expect(await usage.record({ ...hit, time: test.clock.now() })).to.equal('counted');
  }

  it('is that of its items under their new keys, and is told once', async () => {
    let test = await aCatalogue({ identity: former });
    await test.catalogue.put([aPut(1)]);
    const before = usageOf(test);
    await use(before, test, '192.0.2.1');
    expect(await before.totals()).to.include({ requests: 1 });
    await before.stop();
    await test.leave();

    test = await aCatalogue({ ...test, identity: present, predecessors: [former.node] });
    const usage = usageOf(test);
    // A second time changes nothing: a start may be broken off.
    for (const _ of [1, 2]) await usage.succeed([former.node]);
    await use(usage, test, '192.0.2.2');
    expect(await usage.counts(keyOf(present))).to.deep.equal({ investigations: 2, requests: 2 });
    expect(await usage.counts(keyOf(former))).to.deep.equal({ investigations: 0, requests: 0 });
    const [month] = await usage.own();
    expect(month?.items).to.deep.equal([{ key: keyOf(present), investigations: 2, requests: 2 }]);
    const { nodes, requests } = await usage.totals();
    expect(requests).to.equal(2);
    expect(nodes.map(({ node }) => node)).to.deep.equal([present.node]);
    await usage.stop();
    await test.close();
  });
});
