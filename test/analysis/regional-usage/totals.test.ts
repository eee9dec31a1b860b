import { expect } from 'chai';
import type { NodeFacts, UsageTotals } from '../../../node/analysis/regional-usage/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { codeOf } from '../../support/code-of.ts';
import { aRegion, aSigned, use, type RegionFixture } from './a-region.ts';

const identities = [Identity.generate(), Identity.generate(), Identity.generate()].sort((a, b) =>
  a.node < b.node ? -1 : 1,
) as [Identity, Identity, Identity];
const [lima, cusco, puebla] = identities;

describe('the totals of a region', () => {
  let region: RegionFixture;
  before(async () => {
    region = await aRegion();
    const facts: [Identity, NodeFacts][] = [
      [lima, { name: 'Lima', country: 'PE', networks: ['andes', 'latam'] }],
      [cusco, { name: 'Cusco', country: 'PE', networks: ['andes'] }],
      [puebla, { name: 'Puebla', country: 'MX', networks: ['latam'] }],
    ];
    for (const [{ node }, fact] of facts) region.nodes.set(node, fact);
    const article = (metrics: ReturnType<typeof use>) => ({ value: 'c_6501', metrics });
    const thesis = (metrics: ReturnType<typeof use>) => ({ value: 'c_46ec', metrics });
    for (const summary of [
      aSigned(lima, {
        month: '2026-07',
        total: use(100, 60, 40, 30),
        byType: [article(use(70, 50, 30, 20)), thesis(use(30, 10, 10, 10))],
        byLanguage: [{ value: 'es', metrics: use(100, 60, 40, 30) }],
        byCountry: [
          { value: 'PE', metrics: use(80, 50, 30, 25) },
          { value: 'ZZ', metrics: use(20, 10, 10, 5) },
        ],
        isFinal: true,
      }),
      aSigned(lima, {
        month: '2026-10',
        revision: 4,
        total: use(10, 9, 3, 3),
        byType: [article(use(4, 4, 1, 1))],
      }),
      aSigned(cusco, { month: '2026-07', total: use(50, 40, 0, 0), byType: [thesis(use(50, 40, 0, 0))] }),
      aSigned(puebla, {
        month: '2026-08',
        total: use(7, 5, 5, 5),
        // Of a later version of the vocabulary.
        byType: [{ value: 'c_zz99', metrics: use(7, 5, 5, 5) }],
        byLanguage: [{ value: 'nah', metrics: use(7, 5, 5, 5) }],
      }),
    ])
      await region.usage.accept(summary);
  });
  after(() => region.close());

  const rows = ({ rows }: UsageTotals): unknown[] =>
    rows.map(({ value, metrics, nodes }) => [
      value,
      metrics.totalInvestigations,
      metrics.totalRequests,
      nodes,
    ]);

  it('are by month, ascending', async () => {
    const totals = await region.usage.totals({ by: 'month' });
    expect(totals.total).to.deep.equal(use(167, 114, 48, 38));
    expect(totals.machine).to.deep.equal({ investigations: 8, requests: 4 });
    expect(rows(totals)).to.deep.equal([
      ['2026-07', 150, 40, 2],
      ['2026-08', 7, 5, 1],
      ['2026-10', 10, 3, 1],
    ]);
  });

  it('are by country of the institution and by institution, most used first', async () => {
    expect(rows(await region.usage.totals({ by: 'country' }))).to.deep.equal([
      ['PE', 160, 43, 2],
      ['MX', 7, 5, 1],
    ]);
    expect(rows(await region.usage.totals({ by: 'institution' }))).to.deep.equal([
      [lima.node, 110, 43, 1],
      [cusco.node, 50, 0, 1],
      [puebla.node, 7, 5, 1],
    ]);
  });

  it('are by type, language and country of the users, what is not told last', async () => {
    expect(rows(await region.usage.totals({ by: 'type' }))).to.deep.equal([
      ['c_46ec', 80, 10, 2],
      ['c_6501', 74, 31, 1],
      ['c_1843', 7, 5, 1],
      [undefined, 6, 2, 1],
    ]);
    expect(rows(await region.usage.totals({ by: 'language' }))).to.deep.equal([
      ['es', 100, 40, 1],
      ['nah', 7, 5, 1],
      [undefined, 60, 3, 2],
    ]);
    expect(rows(await region.usage.totals({ by: 'userCountry' }))).to.deep.equal([
      ['PE', 80, 30, 1],
      ['ZZ', 20, 10, 1],
      [undefined, 67, 8, 3],
    ]);
  });

  it('are of the nodes, months and types that are asked for', async () => {
    const sum = async (query: Partial<Parameters<typeof region.usage.totals>[0]>): Promise<number> =>
      (await region.usage.totals({ by: 'month', ...query })).total.totalInvestigations;
    expect(await sum({ network: 'latam' })).to.equal(117);
    expect(await sum({ country: 'PE' })).to.equal(160);
    expect(await sum({ node: cusco.node })).to.equal(50);
    expect(await sum({ from: '2026-08' })).to.equal(17);
    expect(await sum({ from: '2026-08', to: '2026-09' })).to.equal(7);
    expect(await sum({ network: 'elsewhere' })).to.equal(0);
    expect(await sum({ type: 'c_6501' })).to.equal(74);
    expect(await sum({ type: 'c_nothing' })).to.equal(0);
    const theses = await region.usage.totals({ by: 'institution', type: 'c_46ec' });
    expect(rows(theses)).to.deep.equal([
      [cusco.node, 50, 0, 1],
      [lima.node, 30, 10, 1],
    ]);
    expect(theses).not.to.have.property('machine');
    expect(await codeOf(region.usage.totals({ by: 'language', type: 'c_46ec' }))).to.equal(
      'USAGE_QUERY_NOT_ANSWERED',
    );
  });

  it('say what they are made of: nodes, months, revisions, gaps', async () => {
    const { coverage } = await region.usage.totals({ by: 'month' });
    expect(coverage).to.deep.include({ summaries: 4, setApart: 0, from: '2026-07', to: '2026-10' });
    expect(coverage.nodes.map(({ name, gaps }) => [name, gaps])).to.deep.equal([
      ['Lima', ['2026-08', '2026-09']],
      ['Cusco', []],
      ['Puebla', []],
    ]);
    expect(
      coverage.nodes[0]?.months.map(({ month, revision, isFinal }) => [month, revision, isFinal]),
    ).to.deep.equal([
      ['2026-07', 1, true],
      ['2026-10', 4, false],
    ]);
    expect(coverage.nodes[0]).to.deep.include({
      country: 'PE',
      metrics: use(110, 69, 43, 33),
      apart: use(0),
    });
    const mexican = await region.usage.coverage({ country: 'MX', from: '2026-01' });
    expect(mexican.nodes.map(({ name }) => name)).to.deep.equal(['Puebla']);
    expect((await region.usage.coverage({ to: '2020-01' })).nodes).to.deep.equal([]);
  });

  it('by whatever add up to the same', async () => {
    for (const by of ['month', 'country', 'institution', 'type', 'language', 'userCountry'] as const) {
      const { rows, total } = await region.usage.totals({ by });
      for (const metric of [
        'totalInvestigations',
        'uniqueInvestigations',
        'totalRequests',
        'uniqueRequests',
      ] as const)
        expect(
          rows.reduce((sum, { metrics }) => sum + metrics[metric], 0),
          `${by} ${metric}`,
        ).to.equal(total[metric]);
    }
  });
});
