import { expect } from 'chai';
import { MetadataAssessment, RULE_SETS } from '../../../node/assessment/index.ts';
import type { OwnChange } from '../../../node/catalogue/index.ts';
import { aPut, aRecord } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { aPeer } from '../../http/support/a-peer.ts';

const CC_BY = 'https://creativecommons.org/licenses/by/4.0/';
const withdrawal = (n: number): OwnChange => ({
  type: 'withdraw',
  oaiIdentifier: `oai:repository.example:${n}`,
  reason: 'Wrong.',
});

describe('the assessment of metadata', () => {
  let test: TestCatalogue;
  let assessment: MetadataAssessment;
  let put: (...changes: OwnChange[]) => Promise<string[]>;
  const start = async (ruleSets = RULE_SETS): Promise<void> => {
    assessment = new MetadataAssessment({ self: test.identity.node, ruleSets });
    const runner = await test.run(assessment);
    put = async (...changes) => {
      const results = await test.catalogue.put(changes);
      await runner.caughtUp();
      return results.map(({ key }) => key);
    };
    await runner.caughtUp();
  };
  const tally = async (criterion: string): Promise<number[]> => {
    const { passed, failed, inapplicable } = (await assessment.standing()).tally(criterion);
    return [passed, failed, inapplicable];
  };
  const failing = (criterion: string): Promise<string[]> => assessment.failing(criterion, { limit: 100 });

  beforeEach(async () => {
    test = await aCatalogue();
    await start();
  });
  afterEach(() => test.close());

  it('is of nothing at first', async () => {
    expect((await assessment.standing()).records).to.equal(0);
    expect(await tally('licence')).to.deep.equal([0, 0, 0]);
    expect(await failing('licence')).to.deep.equal([]);
    expect(await assessment.judged({ limit: 10 })).to.deep.equal([]);
  });

  it('counts by rule and by rule set, and lists those that fail', async () => {
    const [one = '', two = ''] = await put(
      aPut(1, { licence: CC_BY, published: '2016-05-04' }),
      aPut(2, { identifiers: [{ scheme: 'url', value: 'https://repository.example/2' }] }),
    );
    expect((await assessment.standing()).records).to.equal(2);
    expect(await tally('licence')).to.deep.equal([1, 1, 0]);
    expect(await tally('licence-start')).to.deep.equal([1, 0, 1]);
    expect(await tally('rioxx-2.0-basic')).to.deep.equal([1, 1, 0]);
    expect(await tally('rioxx-2.0-full')).to.deep.equal([0, 2, 0]);
    expect(await failing('licence')).to.deep.equal([two]);
    expect(await failing('rioxx-2.0-basic')).to.deep.equal([one]);
    expect((await assessment.outcomesOf(two))?.get('licence')).to.equal('failed');
    expect((await assessment.judged({ limit: 10 })).map(({ key }) => key)).to.deep.equal(
      [one, two].toSorted(),
    );
  });

  it('follows a record that is changed', async () => {
    const [key = ''] = await put(aPut(1));
    await put(aPut(1, { licence: CC_BY }));
    expect((await assessment.standing()).records).to.equal(1);
    expect(await tally('licence')).to.deep.equal([1, 0, 0]);
    expect(await failing('licence')).to.deep.equal([]);
    expect((await assessment.outcomesOf(key))?.get('licence')).to.equal('passed');
  });

  it('forgets what is withdrawn, and knows it again when it is reinstated', async () => {
    const [key = ''] = await put(aPut(1), aPut(2));
    await put(withdrawal(1));
    expect((await assessment.standing()).records).to.equal(1);
    expect(await tally('licence')).to.deep.equal([0, 1, 0]);
    expect(await failing('licence')).not.to.contain(key);
    expect(await assessment.outcomesOf(key)).to.equal(undefined);
    await put({ type: 'reinstate', record: aRecord({ oaiIdentifier: 'oai:repository.example:1' }) });
    expect((await assessment.standing()).records).to.equal(2);
    expect(await failing('licence')).to.contain(key);
  });

  it('leaves the records of other institutions to them', async () => {
    const peer = await aPeer({ name: 'Elsewhere', base: 'https://other.example', clock: test.clock });
    await peer.publish([aPut(7)], test.catalogue);
    await put(aPut(1));
    await peer.close();
    expect((await assessment.standing()).records).to.equal(1);
  });

  it('lists in parts', async () => {
    const keys = (await put(...[1, 2, 3, 4, 5].map((n) => aPut(n)))).toSorted();
    const first = await assessment.failing('licence', { limit: 2 });
    expect(first).to.deep.equal(keys.slice(0, 2));
    expect(await assessment.failing('licence', { after: first.at(-1), limit: 9 })).to.deep.equal(
      keys.slice(2),
    );
    const judged = await assessment.judged({ after: keys[3], limit: 9 });
    expect(judged.map(({ key }) => key)).to.deep.equal(keys.slice(4));
  });

  it('lists by any criterion those of whom it is told, however often they were repaired and broken again', async () => {
    const COUNT = 120;
    const every = Array.from({ length: COUNT }, (_, n) => n + 1);
    const listed = async (criterion: string): Promise<string[]> => {
      const keys: string[] = [];
      for (let after: string | undefined; ;) {
        const part = await assessment.failing(criterion, { after, limit: 7 });
        keys.push(...part);
        if (part.length < 7) return keys;
        after = part.at(-1);
      }
    };
    for (const isBroken of [(n: number) => n % 3 === 0, (n: number) => n % 40 === 1, () => false]) {
      await put(...every.map((n) => aPut(n, isBroken(n) ? {} : { licence: CC_BY })));
      const judged = await assessment.judged({ limit: COUNT });
      expect(judged).to.have.length(COUNT);
      for (const criterion of ['licence', 'abstract', 'rioxx-2.0-basic', 'rioxx-3.0-full', 'none such']) {
        const told = judged.flatMap(({ key, outcomes }) =>
          outcomes.get(criterion) === 'failed' ? [key] : [],
        );
        expect(await listed(criterion), criterion).to.deep.equal(told);
      }
    }
  });

  it('writes the outcomes of a record once, not a row for each of its failures', async () => {
    const counted = async (): Promise<number> =>
      (await test.store.section(assessment.name).keys().all()).length;
    await put(aPut(1));
    const before = await counted();
    await put(...Array.from({ length: 50 }, (_, n) => aPut(n + 2)));
    // Its own row, and at the most that of its shelf.
    expect((await counted()) - before).to.be.at.most(100);
  });

  it('goes on where it was after a restart', async () => {
    await put(aPut(1), aPut(2, { licence: CC_BY }));
    test = await test.reopen();
    await start();
    await put(aPut(3));
    expect((await assessment.standing()).records).to.equal(3);
    expect(await tally('licence')).to.deep.equal([1, 2, 0]);
  });

  it('judges everything anew where something else is asked', async () => {
    await put(aPut(1), aPut(2, { licence: CC_BY }));
    test = await test.reopen();
    const [set] = RULE_SETS;
    if (set === undefined) throw new TypeError('there is no rule set');
    const licence = set.demands.filter(({ rule }) => rule.id === 'licence');
    const demands = licence.map((demand) => ({ ...demand, isDecisive: true }));
    const before = assessment.version;
    await start([{ ...set, demands }]);
    expect(assessment.version).not.to.equal(before);
    expect((await assessment.standing()).records).to.equal(2);
    expect(await tally(set.id)).to.deep.equal([1, 1, 0]);
    expect(await tally('title')).to.deep.equal([0, 0, 0]);
  });
});
