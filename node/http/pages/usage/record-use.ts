import type { WorkTotals } from '../../../analysis/regional-usage/index.ts';
import type { MonthMetrics } from '../../../analysis/usage/index.ts';
import { sumOf, type RecordUse } from '../../usage/index.ts';
import { columnChart, dataTable, monthLabels, monthsBetween } from '../charts/index.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import type { View } from '../view.ts';
import { metricCells, metricHeadings } from './use-tables.ts';

const MOST_MONTHS = 120;
const none = sumOf([]);

/** The use of a record on its page: sums, the months, and the copies in other repositories. Nothing where nothing is known. */
export function recordUse(view: View, key: string, { months, work }: RecordUse): HtmlValue {
  const { record, use } = view.t;
  const hasCopies = work.nodes.some(({ node }) => months === undefined || node !== view.site.node);
  if (months === undefined && !hasCopies) return undefined;
  return html`<section aria-labelledby="use">
    <h2 id="use">${record.use}</h2>
    ${months !== undefined && ownCounts(view, months)} ${hasCopies && copies(view, work)}
    <p class="more"><a href="${view.action(`/records/${key}/usage`)}?format=jsonld">${use.item.data}</a></p>
  </section>`;
}

function ownCounts(view: View, months: readonly MonthMetrics[]): Html {
  const { record } = view.t;
  const sum = sumOf(months.map(({ metrics }) => metrics));
  return html`<p>${record.views(sum.totalInvestigations)} · ${record.downloads(sum.totalRequests)}</p>
    <p class="aside">${record.useText}</p>
    ${monthChart(view, months)}`;
}

function monthChart(view: View, used: readonly MonthMetrics[]): HtmlValue {
  const { use } = view.t;
  const [first, last] = [used.at(0)?.month, used.at(-1)?.month];
  if (first === undefined || last === undefined) return undefined;
  const byMonth = new Map(used.map(({ month, metrics }) => [month, metrics]));
  const months = monthsBetween(first, last, MOST_MONTHS);
  const labels = monthLabels(view, months);
  return columnChart(view, {
    id: 'use-months',
    title: use.item.byMonth,
    series: [{ name: use.downloads }, { name: use.views }],
    categories: months.map((month, at) => {
      const { totalRequests, totalInvestigations } = byMonth.get(month) ?? none;
      return { ...(labels[at] ?? { label: month }), values: [totalRequests, totalInvestigations] };
    }),
    table: {
      heading: use.month,
      columns: metricHeadings(view),
      rows: months.toReversed().map((month) => ({
        label: view.locale.date(month),
        cells: metricCells(byMonth.get(month) ?? none),
      })),
    },
  });
}

function copies(view: View, { nodes, metrics }: WorkTotals): Html {
  const { use } = view.t;
  return html`<h3>${use.item.copies}</h3>
    <p>${use.item.copiesText(nodes.length)}</p>
    ${dataTable(view, use.item.copies, {
      heading: use.institution,
      columns: metricHeadings(view),
      rows: [
        ...nodes.map(({ name, metrics }) => ({ label: name, cells: metricCells(metrics) })),
        { label: use.item.allCopies, cells: metricCells(metrics), isSum: true },
      ],
    })}`;
}
