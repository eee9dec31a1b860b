import { expect } from 'chai';
import { described } from '../../scripts/bench/duplicates/described.ts';
import type { Circumstances } from '../../scripts/bench/page/circumstances.ts';
import { groupPart } from '../../scripts/bench/page/group-part.ts';
import { resultsPrinter } from '../../scripts/bench/page/results.ts';
import { GivenOut } from '../../scripts/bench/scale/given-out.ts';
import { growth } from '../../scripts/bench/scale/growth.ts';
import { seededRandom } from '../../scripts/random.ts';
import { oaiDc } from '../../vocab/crosswalks/index.ts';
import { readXml } from '../../vocab/xml/index.ts';

const circumstances: Circumstances = {
  date: '2026-11-22',
  commit: '4022edd',
  versions: ['Node.js 20.19.4'],
  processor: '2 × A processor',
  memory: '23 GB of memory',
  system: 'Linux 6.1 x64',
  syncMs: 0.5,
};

describe('the bench of growth', () => {
  it('tells each figure of a size beside the size before', () => {
    const before = { records: 1_000, measured: [{ name: 'harvest', value: 2, unit: 's' }] };
    const life = {
      records: 10_000,
      measured: [
        { name: 'harvest', value: 30, unit: 's' },
        { name: 'records', value: 9_999, unit: 'records', target: { atLeast: 10_000 } },
      ],
    };
    const rows = [...growth(before, undefined), ...growth(life, before)];
    expect(rows.map((row) => [row.figure, row.value, row.holds, row.ratio, row.rival])).to.deep.equal([
      ['harvest, 1,000', 2, undefined, undefined, undefined],
      ['harvest, 10,000', 30, undefined, 15, 'at 1,000'],
      ['records, 10,000', 9_999, false, undefined, undefined],
    ]);
  });

  it('stands on the page with a column a size, and how each figure grew in the last step', () => {
    const { printer, results } = resultsPrinter();
    printer.group('scale', 'one node');
    printer.heading('varied records');
    const lives = [100, 1_000, 10_000].map((records) => ({
      records,
      measured: [
        { name: 'harvest', value: records / 50 + (records === 10_000 ? 100 : 0), unit: 's' },
        { name: 'records', value: records, unit: 'records', target: { atLeast: records === 100 ? 101 : 0 } },
        ...(records === 100 ? [] : [{ name: 'memory', value: 300, unit: 'MB' }]),
      ],
    }));
    lives.forEach((life, i) => growth(life, lives[i - 1]).forEach((row) => printer.print(row)));
    const part = groupPart({ results, circumstances, minutes: 3, isWhole: true }).split('\n');
    expect(part.slice(part.indexOf('With varied records:') + 2)).to.deep.equal([
      '| figure | unit | 100 | 1,000 | 10,000 | 1,000 to 10,000 | target met |',
      '| --- | --- | ---: | ---: | ---: | ---: | --- |',
      '| harvest | s | 2 | 20 | 300 | 15 × |  |',
      '| records | records | 100 | 1,000 | 10,000 | 10 × | **no** |',
      '| memory | MB |  | 300 | 300 | 1 × |  |',
    ]);
    expect(part).to.include('Of 3 targets 2 are met. Not met: records, 100.');
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
