import { expect } from 'chai';
import * as fc from 'fast-check';
import { LANGUAGES } from '../../../node/http/messages/index.ts';
import {
  barChart,
  columnChart,
  lineChart,
  monthLabels,
  monthsBetween,
  type ChartData,
} from '../../../node/http/pages/charts/index.ts';
import { readXml } from '../../../vocab/xml/index.ts';
import { tidy } from '../support/tidy.ts';
import { aView } from './a-view.ts';

const charts = { columnChart, lineChart, barChart };

/** A chart of months from January 2026 on, with two series. */
function ofMonths(
  values: readonly (readonly (number | undefined)[])[],
  more: Partial<ChartData> = {},
): ChartData {
  const months = monthsBetween('2026-01', '2999-12', 12_000).slice(0, values.length);
  const labels = monthLabels(aView(), months);
  return {
    id: 'a-chart',
    title: 'Views and downloads',
    series: [{ name: 'Downloads' }, { name: 'Views' }],
    categories: months.map((month, at) => ({
      ...labels[at],
      label: labels[at]?.label ?? month,
      values: values[at] ?? [],
    })),
    table: {
      heading: 'Month',
      columns: ['Downloads', 'Views'],
      rows: months.map((month, at) => ({ label: month, cells: values[at] ?? [] })),
      csv: '/usage?format=csv&table=months',
    },
    ...more,
  };
}

/** The drawing, read as XML; it has to be well-formed. */
function drawingOf(markup: string): {
  texts: string[];
  lengths: { name: string; percent: number }[];
  marks: string[];
} {
  const svg = /<svg\s+class="(?:plot|bars)"[\s\S]*<\/svg>/.exec(markup)?.[0] ?? '';
  readXml(svg);
  const lengths = [...svg.matchAll(/\s(x|y|x1|x2|y1|y2|cx|cy|width|height)="([^"]*)%"/g)].map(
    ([, name = '', value]) => ({
      name,
      percent: Number(value),
    }),
  );
  const texts = [...svg.matchAll(/<text[^>]*>([\s\S]*?)<\/text>/g)].map(([, text = '']) =>
    text
      .replaceAll(/<\/tspan\s*>/g, ' ')
      .replaceAll(/<[^>]*>/g, '')
      .trim(),
  );
  const marks = [...svg.matchAll(/<(?:rect|circle)[\s\S]*?<\/(?:rect|circle)/g)].map(([mark]) => mark);
  return { texts, lengths, marks };
}

describe('charts', () => {
  const view = aView();

  it('are one picture with a name and what is to be seen, and have their numbers as a table and as CSV', () => {
    const markup = tidy(
      columnChart(
        view,
        ofMonths([
          [10, 30],
          [20, 50],
        ]),
      ).markup,
    );
    expect(markup)
      .to.contain('<div class="chart"><h3 id="a-chart">Views and downloads</h3>')
      .and.contain('role="img" aria-labelledby="a-chart-title" aria-describedby="a-chart-description"')
      .and.contain('<title id="a-chart-title">Views and downloads</title>')
      .and.contain(
        'January 2026 to February 2026. Downloads: 30 in all, at most 20 (February 2026). Views: 80 in all, at most 50 (February 2026).',
      )
      .and.contain('<li><svg class="swatch"')
      .and.contain('<summary>The numbers as a table')
      .and.contain('<th scope="row">2026-02</th><td class="number">20</td><td class="number">50</td>')
      .and.contain('href="/usage?format=csv&amp;table=months"');
  });

  it('write numbers and months as the language does', () => {
    const values = [[1_234_567, 2_000_000]];
    const texts = LANGUAGES.map((language) => {
      const view = aView(language);
      const [label] = monthLabels(view, ['2026-01']);
      const data = ofMonths(values);
      const categories = [{ ...label, label: label?.label ?? '', values: values[0] ?? [] }];
      return tidy(columnChart(view, { ...data, categories }).markup);
    });
    expect(texts[0]).to.contain('1,234,567').and.contain('January 2026').and.contain('2M');
    expect(texts[1]).to.contain('1.234.567').and.contain('enero de 2026').and.contain('2 M');
    expect(texts[2]).to.contain('1.234.567').and.contain('janeiro de 2026').and.contain('2 mi');
    expect(texts[3])
      .to.match(/1\s234\s567/)
      .and.contain('janvier 2026')
      .and.match(/2\sM/);
  });

  it('tell two series by more than their colour', () => {
    const columns = drawingOf(columnChart(view, ofMonths([[1, 2]])).markup).marks;
    expect(columns).to.have.length(2);
    expect(columns[0]).to.contain('class="first"').and.contain('January 2026, Downloads: 1');
    expect(columns[1]).to.contain('class="second"').and.contain('January 2026, Views: 2');
    const lines = drawingOf(lineChart(view, ofMonths([[1, 2]])).markup).marks;
    expect(lines[0]).to.match(/^<circle/);
    expect(lines[1]).to.match(/^<rect/);
  });

  it('put parts of a whole on one another', () => {
    const { lengths } = drawingOf(columnChart(view, { ...ofMonths([[3, 1]]), isStacked: true }).markup);
    const heights = lengths.filter(({ name }) => name === 'height').map(({ percent }) => percent);
    expect(heights).to.deep.equal([75, 25]);
    const tops = lengths.filter(({ name }) => name === 'y').map(({ percent }) => percent);
    expect(tops).to.include.members([25, 0]);
  });

  it('mark what can still change, in the drawing and beside it', () => {
    const data = ofMonths([
      [3, 1],
      [2, 1],
    ]);
    const categories = data.categories.map((one, at) => ({ ...one, isOpen: at === 1 }));
    const { markup } = columnChart(view, { ...data, categories });
    expect(drawingOf(markup).marks.filter((mark) => mark.includes(' open"'))).to.have.length(2);
    expect(tidy(markup)).to.contain('can still change</li>');
  });

  it('have no bar where there is nothing, and say so where there is nothing at all', () => {
    expect(
      drawingOf(
        columnChart(
          view,
          ofMonths([
            [0, 5],
            [0, 0],
          ]),
        ).markup,
      ).marks,
    ).to.have.length(1);
    for (const values of [[], [[0, 0]], [[undefined, undefined]]]) {
      for (const chart of Object.values(charts)) {
        const markup = chart(view, ofMonths(values)).markup;
        expect(markup).to.contain('Nothing was counted in this period.').and.not.contain('<figure>');
      }
    }
  });

  it('leave a gap where a value is not known', () => {
    const { markup } = lineChart(
      view,
      ofMonths([[1], [undefined], [2], [3]], { series: [{ name: 'Downloads' }] }),
    );
    expect(drawingOf(markup).marks).to.have.length(3);
    const lines = /<g class="first">[\s\S]*<\/g>/.exec(markup)?.[0].match(/<line /g);
    expect(lines).to.have.length(1);
  });

  it('show the smallest count beside the largest', () => {
    const { lengths } = drawingOf(columnChart(view, ofMonths([[1, 9_000_000_000]])).markup);
    const heights = lengths.filter(({ name }) => name === 'height').map(({ percent }) => percent);
    expect(Math.min(...heights)).to.be.greaterThan(0.4);
  });

  it('have labels for as many months as fit, on a phone fewer', () => {
    for (const [count, all, main] of [
      [1, 1, 1],
      [12, 12, 6],
      [24, 12, 6],
      [36, 12, 6],
      [300, 13, 3],
    ] as const) {
      const labels = monthLabels(view, monthsBetween('2020-01', '2999-12', 12_000).slice(0, count));
      expect(labels.filter(({ tick }) => tick !== undefined).length, `${count} months`).to.equal(all);
      expect(labels.filter(({ isMainTick }) => isMainTick).length, `${count} months, phone`).to.equal(main);
    }
    const labels = monthLabels(view, ['2025-11', '2025-12', '2026-01']);
    expect(labels.map(({ tick }) => tick)).to.deep.equal([['Nov', '2025'], ['Dec'], ['Jan', '2026']]);
  });

  it('count months over the ends of years, the last ones where there are too many', () => {
    expect(monthsBetween('2025-11', '2026-02', 12)).to.deep.equal([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
    expect(monthsBetween('1990-01', '2026-02', 2)).to.deep.equal(['2026-01', '2026-02']);
    expect(monthsBetween('2026-02', '2026-01', 12)).to.deep.equal([]);
  });

  it('cut long labels to the room that there is, between characters', () => {
    const label = `${'Un título muy largo '.repeat(5)}<b>👩‍👩‍👧`;
    const bars = (text: string): string => {
      const data = ofMonths([[5]], { series: [{ name: 'Downloads' }] });
      return barChart(view, { ...data, categories: [{ label: text, values: [5] }] }).markup;
    };
    expect(bars(label)).to.contain('<tspan class="narrow">…</tspan>').and.not.contain('<b>');
    expect(bars('Short & sweet')).to.contain('Short &amp; sweet</text>');
    const family = bars(`${'a'.repeat(27)}👩‍👩‍👧👩‍👩‍👧`);
    expect(family).to.match(/>a{27}<tspan class="wide">👩‍👩‍👧👩‍👩‍👧<\/tspan/u);
  });

  it('show markup in labels as the text that it is', () => {
    const evil = '"><script>alert(1)</script>';
    for (const chart of Object.values(charts)) {
      const data = ofMonths([[1, 2]], { title: evil, note: evil, series: [{ name: evil }, { name: evil }] });
      const categories = [{ label: evil, values: [1, 2], tick: [evil] }];
      const { markup } = chart(view, { ...data, categories });
      expect(markup).not.to.contain('<script').and.not.contain('="">');
      drawingOf(markup);
    }
  });

  it('never leave their frame, whatever they are given', () => {
    const value = fc.oneof(
      fc.nat({ max: 20 }),
      fc.nat(),
      fc.maxSafeNat(),
      fc.constantFrom(undefined, 0, Number.MAX_SAFE_INTEGER),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value), { maxLength: 60 }),
        fc.constantFrom(...Object.keys(charts), 'stacked'),
        (values, kind) => {
          const data = ofMonths(values);
          const chart = charts[kind as keyof typeof charts] ?? columnChart;
          const { markup } = chart(view, Object.assign(data, { isStacked: kind === 'stacked' }));
          if (!markup.includes('<figure>')) return;
          const svg = /<svg\s+class="(?:plot|bars)"[\s\S]*<\/svg>/.exec(markup)?.[0] ?? '';
          expect(
            svg.replaceAll(
              /<title>.*?<\/title>|<desc[\s\S]*?<\/desc>|<text class="number"[\s\S]*?<\/text>/g,
              '',
            ),
          ).not.to.match(/NaN|Infinity|undefined|e[+-]\d/);
          for (const { name, percent } of drawingOf(markup).lengths)
            expect(percent, name).to.be.within(0, 100);
          for (const [, x, width] of svg.matchAll(/x="([\d.]+)%"\s+y="[\d.]+%"\s+width="([\d.]+)%"/g))
            expect(Number(x) + Number(width)).to.be.at.most(100.02);
          for (const [, y, height] of svg.matchAll(/y="([\d.]+)%"\s+width="[\d.]+%"\s+height="([\d.]+)%"/g))
            expect(Number(y) + Number(height)).to.be.at.most(100.02);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});
