import { expect } from 'chai';
import { Usage } from '../../../node/analysis/usage/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../support/test-catalogue.ts';
import { all } from '../../support/all.ts';
import { FIREFOX, four } from './usage-fixture.ts';

const RECORDS = 20;
const identifier = (n: number): string => `oai:repository.example:${n}`;
const YEAR = { from: '2026-01', to: '2026-12' };

describe('the usage of a node that goes on under another key', () => {
  const former = Identity.generate();
  const present = Identity.generate();
  const keysOf = ({ node }: Identity): string[] =>
    Array.from({ length: RECORDS }, (_, n) => recordKey(node, identifier(n + 1)));

  function usageOf({ store, catalogue, clock }: TestCatalogue): Usage {
    return new Usage({ section: store.section('usage'), catalogue, clock, log: silentLog });
  }
  async function use(usage: Usage, test: TestCatalogue, address: string): Promise<void> {
    const common = { kind: 'request', address, userAgent: FIREFOX, time: test.clock.now() } as const;
    const taken = await usage.take(keysOf(test.identity).map((key) => ({ ...common, key })));
    expect(taken.taken).to.equal(RECORDS);
  }

  it('is that of its items under their new keys, also of days that are still open', async () => {
    let test = await aCatalogue({ identity: former });
    await test.catalogue.put(Array.from({ length: RECORDS }, (_, n) => aPut(n + 1)));
    const before = usageOf(test);
    await use(before, test, '192.0.2.1');
    await before.months();
    await use(before, test, '192.0.2.2');
    await before.stop();
    await test.leave();

    test = await aCatalogue({ ...test, identity: present, predecessors: [former.node] });
    const usage = usageOf(test);
    // A second time changes nothing: a start may be broken off.
    for (const _ of [1, 2]) await usage.succeed([former.node]);
    const months = await usage.months();
    expect(months.map(({ metrics }) => four(metrics))).to.deep.equal([Array(4).fill(2 * RECORDS)]);
    await use(usage, test, '192.0.2.2');
    await use(usage, test, '192.0.2.3');
    for (const key of keysOf(present)) expect(four(await usage.counts(key))).to.deep.equal([3, 3, 3, 3]);
    for (const key of keysOf(former)) expect(four(await usage.counts(key))).to.deep.equal([0, 0, 0, 0]);
    expect((await all(usage.items(YEAR))).map(({ key }) => key)).to.deep.equal(keysOf(present).toSorted());
    await usage.stop();
    await test.close();
  });
});
