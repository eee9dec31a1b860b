import { html, type Html, type HtmlValue } from '../html.ts';
import type { View } from '../view.ts';
import { categoryTicks, gridLines } from './axes.ts';
import type { Category, ChartData } from './chart.ts';
import { chartFigure, chartPicture, seriesClass } from './figure.ts';
import { rounded, scaleTo, type Scale } from './scale.ts';

/**
 * Lines along an axis, of one or two series, with a mark at each value: round for the first, square and the line dashed for
 * the second. A value that is not known leaves a gap.
 */
export function lineChart(view: View, data: ChartData): Html {
  const { categories, series } = data;
  const scale = scaleTo(
    Math.max(0, ...categories.flatMap(({ values }) => values.map((value) => value ?? 0))),
  );
  const lines = series.map(({ name }, at) => {
    const points = categories.map((category, i) =>
      pointOf(category, { at, i, of: categories.length, scale }),
    );
    return html`<g class="${seriesClass(at)}">
      ${points.map((point, i) => segment(points[i - 1], point))}
      ${points.map((point, i) => point !== undefined && mark(view, { point, at, name, category: categories[i] }))}
    </g>`;
  });
  const marks = [gridLines(view, scale), lines, categoryTicks(categories)];
  return chartFigure(view, data, chartPicture(view, data, { class: 'plot', height: '240' }, marks));
}

interface Point {
  x: number;
  y: number;
  value: number;
}

function pointOf(
  { values }: Category,
  { at, i, of, scale }: { at: number; i: number; of: number; scale: Scale },
): Point | undefined {
  const value = values[at];
  if (value === undefined) return undefined;
  return { x: rounded(((i + 0.5) / of) * 100), y: rounded(100 - scale.place(value)), value };
}

function segment(from: Point | undefined, to: Point | undefined): HtmlValue {
  if (from === undefined || to === undefined) return undefined;
  return html`<line x1="${from.x}%" y1="${from.y}%" x2="${to.x}%" y2="${to.y}%" />`;
}

function mark(
  { locale, t }: View,
  { point, at, name, category }: { point: Point; at: number; name: string; category: Category | undefined },
): Html {
  const what = html`<title>
    ${t.use.charts.mark(category?.label ?? '', name, locale.number(point.value))}
  </title>`;
  const open = category?.isOpen === true && html` class="open"`;
  if (at === 0) return html`<circle${open} cx="${point.x}%" cy="${point.y}%" r="4">${what}</circle>`;
  // A square about its point, which a percentage alone cannot say.
  return html`<svg x="${point.x}%" y="${point.y}%" overflow="visible">
    <rect${open} x="-4" y="-4" width="8" height="8">${what}</rect>
  </svg>`;
}
