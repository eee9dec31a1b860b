import { expect } from 'chai';
import { figure, printerTo } from '../../scripts/bench/figures.ts';
import { benchmarksPage } from '../../scripts/bench/page/benchmarks-page.ts';
import type { Circumstances } from '../../scripts/bench/page/circumstances.ts';
import { groupPart, type Measurement } from '../../scripts/bench/page/group-part.ts';
import { resultsPrinter } from '../../scripts/bench/page/results.ts';

const circumstances: Circumstances = {
  date: '2026-11-22',
  commit: '4022edd',
  versions: ['Node.js 20.19.4', 'level 10.0.0'],
  processor: '2 × A processor',
  memory: '23 GB of memory',
  system: 'Linux 6.1 x64',
  syncMs: 0.512,
};

function measurement(): Measurement {
  const { printer, results } = resultsPrinter();
  const both = printerTo([printer]);
  both.group('search', 'a thousand queries');
  both.heading('the ACL Anthology (60,608 records)');
  both.print(figure('search', 'p99', 21.8461, 'ms', { atMost: 3_000 }, { rival: 'FTS5', ratio: 0.54 }));
  both.print(figure('search', 'rate | of <all> *of* them\nhere', 3_253, 'records/s', { atLeast: 10_000 }));
  both.leaveOut('words of titles', '../shared/data is not here');
  return { results, circumstances, minutes: 13.4, isWhole: true };
}

describe('the part of the benchmarks page that is of one group', () => {
  const lines = groupPart(measurement()).split('\n');

  it('begins with what is measured, when, on what and with what', () => {
    expect(lines.slice(0, 5)).to.deep.equal([
      '## search',
      '',
      'A thousand queries.',
      '',
      'Measured on 2026-11-22 in 13 min, at commit 4022edd. Machine: 2 × A processor, 23 GB of memory, Linux 6.1 x64, ' +
        '0.512 ms to have 4 kB on the disk. With Node.js 20.19.4, level 10.0.0.',
    ]);
  });

  it('has a row for each figure: value, unit, target and whether it is met, the rival and the ratio to it', () => {
    expect(lines).to.include('With the ACL Anthology (60,608 records):');
    expect(lines).to.include('| p99 | 21.846 | ms | ≤ 3,000 | yes | 0.54 × | FTS5 |');
  });

  it('escapes what would be Markdown, or end a row', () => {
    expect(lines).to.include(
      '| rate \\| of &lt;all> \\*of\\* them here | 3,253 | records/s | ≥ 10,000 | **no** |  |  |',
    );
  });

  it('says what is left out, and why', () => {
    expect(lines).to.include('| words of titles | left out |  |  |  |  | ../shared/data is not here |');
  });

  it('tells at the top how many targets are met, and which are not', () => {
    expect(lines[6]).to.match(/^Of 2 targets 1 are met\. Not met: rate .* here\.$/);
  });

  it('says so where the group broke off', () => {
    expect(groupPart({ ...measurement(), isWhole: false })).to.include('broke off with an error');
    expect(groupPart(measurement())).to.not.include('broke off');
  });
});

describe('the benchmarks page', () => {
  const groups = {
    main: { about: 'the whole way' },
    search: { about: 'a thousand queries' },
    scale: { about: 'one node' },
  };
  const measured = groupPart(measurement());
  const whole = benchmarksPage(
    groups,
    '',
    new Map([
      ['scale', '## scale\n\nOne node.'],
      ['search', measured],
      ['main', '## main\n\nThe way.'],
    ]),
  );

  it('has its groups in their order, whatever the order in which they come', () => {
    expect([...whole.matchAll(/^## (.*)$/gm)].map(([, name]) => name)).to.deep.equal([
      'main',
      'search',
      'scale',
    ]);
    expect(whole).to.match(
      /^# Benchmarks\n[^]+\n\n## main\n\nThe way\.\n\n[^]+\n\n## scale\n\nOne node\.\n$/,
    );
  });

  it('has at its top what each group measures, when it was measured, and which targets are met', () => {
    expect(whole).to.include(
      [
        '| group | what | measured | at commit | in | targets met | not met |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        '| main | The whole way. | not yet |  |  |  |  |',
        '| [search](#search) | A thousand queries. | 2026-11-22 | 4022edd | 13 min | 1 of 2 | rate \\| of &lt;all> \\*of\\* them here |',
        '| scale | One node. | not yet |  |  |  |  |',
        '',
      ].join('\n'),
    );
    const broken = new Map([['search', groupPart({ ...measurement(), isWhole: false })]]);
    expect(benchmarksPage(groups, whole, broken)).to.include('| 1 of 2; it broke off |');
  });

  it('keeps the other parts where one is written anew', () => {
    const after = benchmarksPage(groups, whole, new Map([['main', '## main\n\nAnother way.']]));
    expect(after).to.equal(whole.replace('The way.', 'Another way.'));
  });

  it('takes in a group that it did not have', () => {
    const { search, ...others } = groups;
    const without = benchmarksPage(others, whole, new Map());
    expect(without).to.not.include('## search');
    expect(benchmarksPage({ ...others, search }, without, new Map([['search', measured]]))).to.include(
      measured,
    );
  });

  it('drops a group that there is no more, and is the same when nothing is new', () => {
    expect(benchmarksPage(groups, whole, new Map())).to.equal(whole);
    expect(benchmarksPage({ scale: groups.scale }, whole, new Map())).to.not.include('main\n');
  });
});
