import { expect } from 'chai';
import { described } from '../../scripts/bench/duplicates/described.ts';
import { GivenOut } from '../../scripts/bench/scale/given-out.ts';
import { growthTable } from '../../scripts/bench/scale/growth-table.ts';
import { seededRandom } from '../../scripts/random.ts';
import { oaiDc } from '../../vocab/crosswalks/index.ts';
import { readXml } from '../../vocab/xml/index.ts';

describe('the bench of growth', () => {
  it('tells each figure at each size beside the size before', () => {
    const table = growthTable([
      { records: 1_000, measured: [{ name: 'harvest', value: 2, unit: 's' }] },
      {
        records: 10_000,
        measured: [
          { name: 'harvest', value: 30, unit: 's' },
          { name: 'records', value: 9_999, unit: 'records', target: { atLeast: 10_000 } },
        ],
      },
    ]);
    expect(table.map((row) => [row.figure, row.value, row.holds, row.ratio, row.rival])).to.deep.equal([
      ['harvest, 1,000', 2, undefined, undefined, undefined],
      ['harvest, 10,000', 30, undefined, 15, 'at 1,000'],
      ['records, 10,000', 9_999, false, undefined, undefined],
    ]);
  });

  it('gives records out that a harvester reads: each under its own identifier, citing some of those before it', () => {
    const given = new GivenOut(seededRandom(1));
    const records = Array.from({ length: 40 }, (_, i) => {
      const one = {
        id: `P${i}`,
        title: `On ${i} & more`,
        authors: ['Ada Lovelace'],
        year: '2010',
        doi: `10.5555/${i}`,
      };
      return given.next(described(i % 2 === 0 ? 'varied' : 'deposits', one));
    });
    expect(new Set(records.map(({ header }) => header.identifier)).size).to.equal(40);
    expect(records[1]?.header.identifier).to.equal('oai:deposits.example:P1');
    const read = records.map(({ metadata = '' }) => oaiDc.read(readXml(metadata)).description);
    expect(read[7]?.titles).to.deep.equal([{ value: 'On 7 & more', language: 'en' }]);
    expect(read[7]?.identifiers).to.deep.include({ scheme: 'doi', value: '10.5555/7' });
    expect(read[7]?.access).to.deep.equal({ right: 'open' });
    const cited = read.flatMap(({ relations }) => relations);
    expect(cited.length).to.be.within(40, 40 * 6);
    expect(new Set(cited.map(({ kind }) => kind))).to.deep.equal(new Set(['references']));
    expect(read[0]?.relations).to.deep.equal([]);
  });
});
