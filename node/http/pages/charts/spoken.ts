import type { View } from '../view.ts';
import type { ChartData } from './chart.ts';

/** What is to be seen in a chart, in words: from where to where, and of each series its sum and where it is highest. */
export function seriesText({ t, locale }: View, { series, categories, isRatio = false }: ChartData): string {
  const { charts } = t.use;
  const [first, last] = [categories.at(0), categories.at(-1)];
  if (first === undefined || last === undefined) return charts.nothing;
  // Only what stands along an axis has a first and a last.
  const isAlongAxis = categories.some(({ tick }) => tick !== undefined);
  const range = isAlongAxis && first !== last ? [charts.range(first.label, last.label)] : [];
  const told = series.map(({ name }, at) => {
    let sum = 0;
    let most: { label: string; value: number } | undefined;
    for (const { label, values } of categories) {
      const value = values[at] ?? 0;
      sum += value;
      if (value > (most?.value ?? 0)) most = { label, value };
    }
    if (most === undefined) return charts.none(name);
    const peak = charts.peak(locale.number(most.value), most.label);
    return isRatio ? charts.only(name, peak) : charts.sum(name, locale.number(sum), peak);
  });
  return [...range, ...told].join(' ');
}
