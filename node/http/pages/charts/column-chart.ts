import { html, type Html } from '../html.ts';
import type { View } from '../view.ts';
import { categoryTicks, gridLines } from './axes.ts';
import type { Category, ChartData } from './chart.ts';
import { chartFigure, chartPicture, seriesClass } from './figure.ts';
import { rounded, scaleTo, type Scale } from './scale.ts';

/** Of the room of a category, what its columns take. */
const FILLED = 0.76;
/** A count that is not nought can be seen, in per cent of the height. */
const LEAST = 0.6;

export interface ColumnChart extends ChartData {
  /** Series on one another, where they are parts of a whole; else beside one another. */
  isStacked?: boolean;
}

/** Columns along an axis, such as the months: one or two series. */
export function columnChart(view: View, data: ColumnChart): Html {
  const { categories, series, isStacked = false } = data;
  const heights = categories.map(({ values }) =>
    isStacked
      ? values.reduce<number>((all, value) => all + (value ?? 0), 0)
      : Math.max(0, ...values.map((value) => value ?? 0)),
  );
  const scale = scaleTo(Math.max(0, ...heights));
  const room = 100 / Math.max(1, categories.length);
  const columns = categories.map((category, at) => {
    const left = (at + (1 - FILLED) / 2) * room;
    const width = (room * FILLED) / (isStacked ? 1 : series.length);
    return isStacked
      ? stack(view, { category, series: data.series, scale, left, width })
      : beside(view, { category, series: data.series, scale, left, width });
  });
  return chartFigure(
    view,
    data,
    chartPicture(view, data, { class: 'plot', height: '240' }, [
      gridLines(view, scale),
      columns,
      categoryTicks(categories),
    ]),
  );
}

interface Column {
  category: Category;
  series: ChartData['series'];
  scale: Scale;
  left: number;
  width: number;
}

function beside(view: View, { category, series, scale, left, width }: Column): Html[] {
  return series.flatMap(({ name }, at) => {
    const value = category.values[at] ?? 0;
    const height = heightOf(value, scale);
    if (height === 0) return [];
    return [bar(view, { category, name, value, at, x: left + at * width, y: 100 - height, width, height })];
  });
}

function stack(view: View, { category, series, scale, left, width }: Column): Html[] {
  let below = 0;
  return series.flatMap(({ name }, at) => {
    const value = category.values[at] ?? 0;
    const height = Math.min(100 - below, heightOf(value, scale));
    if (height <= 0) return [];
    below += height;
    return [bar(view, { category, name, value, at, x: left, y: 100 - below, width, height })];
  });
}

function heightOf(value: number, scale: Scale): number {
  const height = scale.place(value);
  return value > 0 ? Math.max(LEAST, height) : 0;
}

interface Bar {
  category: Category;
  name: string;
  value: number;
  at: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

function bar({ locale, t }: View, { category, name, value, at, x, y, width, height }: Bar): Html {
  const what = t.use.charts.mark(category.label, name, locale.number(value));
  return html`<rect
    class="${seriesClass(at)}${category.isOpen && ' open'}"
    x="${rounded(x)}%"
    y="${rounded(Math.max(0, y))}%"
    width="${rounded(width)}%"
    height="${rounded(height)}%"
    ><title>${what}</title></rect
  >`;
}
