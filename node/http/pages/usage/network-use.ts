import type { Metrics } from '../../../analysis/usage/index.ts';
import { metricNames, sumOf, without, type NetworkMonth, type UseReport } from '../../usage/index.ts';
import {
  columnChart,
  lineChart,
  monthLabels,
  monthsBetween,
  type Category,
  type ColumnChart,
} from '../charts/index.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import type { View } from '../view.ts';
import { hasCountries, MOST_MONTHS } from './own-use.ts';
import { namedRows, sharesChart } from './shares.ts';
import { metricCells, metricHeadings, metricWord, tableAddress } from './use-tables.ts';

const none: Omit<NetworkMonth, 'month'> = { metrics: sumOf([]), own: sumOf([]), nodes: 0, isOpen: false };

/** The use in the network: this institution's and the others', as far as they have told. */
export function networkUse(view: View, report: UseReport): Html {
  const { use } = view.t;
  const { network, measure, period } = report;
  const what = metricWord(view, measure);
  const names = new Map(network.coverage.nodes.map(({ node, name }) => [node, name]));
  const title = use.network.title(view.site.networks.map((name) => `“${name}”`).join(', '));
  if (network.months.length === 0) {
    return html`<section aria-labelledby="network">
      <h2 id="network">${title}</h2>
      <p>${use.none}</p>
    </section>`;
  }
  return html`<section aria-labelledby="network">
    <h2 id="network">${title}</h2>
    <dl class="figures">
      ${metricNames.map(
        (name) =>
          html`<div>
            <dt>${metricWord(view, name)}</dt>
            <dd>${view.locale.number(network.total[name])}</dd>
          </div>`,
      )}
    </dl>
    ${monthsOfNetwork(view, report)} ${comparison(view, report)}
    <div class="charts">
      ${sharesChart(view, {
        id: 'network-institutions',
        title: use.network.byInstitution(what),
        heading: use.institution,
        rows: network.institutions.map(({ value = '', metrics }) => ({
          label: names.get(value) ?? value,
          metrics,
        })),
        measure,
        period,
        within: title,
        table: 'network-institutions',
      })}
      ${
        hasCountries(network.countries) &&
        sharesChart(view, {
          id: 'network-countries',
          title: use.network.byPlace(what),
          heading: use.country,
          rows: namedRows(view, 'country', network.countries),
          measure,
          period,
          within: title,
          table: 'network-countries',
        })
      }
      ${sharesChart(view, {
        id: 'network-types',
        title: use.own.byType(what),
        heading: view.t.record.type,
        rows: namedRows(view, 'type', network.types),
        measure,
        period,
        within: title,
        table: 'network-types',
      })}
      ${sharesChart(view, {
        id: 'network-languages',
        title: use.own.byLanguage(what),
        heading: view.t.record.language,
        rows: namedRows(view, 'language', network.languages),
        measure,
        period,
        within: title,
        table: 'network-languages',
      })}
      ${
        hasCountries(network.userCountries) &&
        sharesChart(view, {
          id: 'network-user-countries',
          title: use.own.byCountry(what),
          note: use.network.someCountries,
          heading: use.country,
          rows: namedRows(view, 'country', network.userCountries),
          measure,
          period,
          within: title,
          table: 'network-user-countries',
        })
      }
    </div>
  </section>`;
}

interface ShownMonth extends Omit<NetworkMonth, 'month'> {
  month: string;
  axis: Pick<Category, 'label' | 'tick' | 'isMainTick'>;
}

function shownMonths(view: View, { network, period }: UseReport): ShownMonth[] {
  const byMonth = new Map(network.months.map((month) => [month.month, month]));
  const months = monthsBetween(period.from, period.to, MOST_MONTHS);
  const labels = monthLabels(view, months);
  return months.map((month, at) => ({
    ...(byMonth.get(month) ?? none),
    month,
    axis: labels[at] ?? { label: month },
  }));
}

function monthsOfNetwork(view: View, report: UseReport): Html {
  const { use } = view.t;
  const { network, measure, period } = report;
  const months = shownMonths(view, report);
  const chart: ColumnChart = {
    id: 'network-months',
    title: use.network.byMonth(metricWord(view, measure)),
    series: [{ name: use.network.self }, { name: use.network.others }],
    isStacked: true,
    categories: months.map(({ axis, metrics, own, isOpen }) => ({
      ...axis,
      values: [own[measure], without(metrics, own)[measure]],
      isOpen,
    })),
    table: {
      heading: use.month,
      columns: [...metricHeadings(view), use.network.institutions],
      rows: [
        ...months.toReversed().map(({ axis: { label }, metrics, nodes, isOpen }) => ({
          label: isOpen ? use.charts.openMonth(label) : label,
          cells: [...metricCells(metrics), nodes],
        })),
        {
          label: use.total,
          cells: [...metricCells(network.total), network.institutions.length],
          isSum: true,
        },
      ],
      csv: tableAddress(view, period, 'network-months'),
    },
  };
  return columnChart(view, chart);
}

/** This institution and the others, each against its own average month. Nothing where there is only one of the two. */
function comparison(view: View, report: UseReport): HtmlValue {
  const { use } = view.t;
  const { measure } = report;
  const months = shownMonths(view, report);
  const valuesOf = (metricsOf: (month: ShownMonth) => Metrics): IndexedMonth[] =>
    months.map((month) => {
      const metrics = metricsOf(month);
      const isTold = metrics.totalInvestigations + metrics.totalRequests > 0;
      return { value: isTold ? metrics[measure] : undefined, isOpen: month.isOpen };
    });
  const own = indexOf(valuesOf((month) => month.own));
  const others = indexOf(valuesOf((month) => without(month.metrics, month.own)));
  if (own === undefined || others === undefined) return undefined;
  return lineChart(view, {
    id: 'compared',
    title: use.network.compared,
    note: use.network.comparedText(metricWord(view, measure)),
    series: [{ name: use.network.self }, { name: use.network.others }],
    isRatio: true,
    categories: months.map(({ axis, isOpen }, at) => ({ ...axis, values: [own[at], others[at]], isOpen })),
    table: {
      heading: use.month,
      columns: [use.network.self, use.network.others],
      rows: months
        .map(({ axis: { label }, isOpen }, at) => ({
          label: isOpen ? use.charts.openMonth(label) : label,
          cells: [own[at], others[at]],
        }))
        .toReversed(),
    },
  });
}

interface IndexedMonth {
  /** Not there where nothing was told. */
  value: number | undefined;
  isOpen: boolean;
}

/** Values of which 100 is the average of the closed ones, or of all where none is closed. */
function indexOf(months: readonly IndexedMonth[]): (number | undefined)[] | undefined {
  const average = averageOf(months.filter(({ isOpen }) => !isOpen)) || averageOf(months);
  if (average === 0) return undefined;
  return months.map(({ value }) => (value === undefined ? undefined : Math.round((value / average) * 100)));
}

function averageOf(months: readonly IndexedMonth[]): number {
  const values = months.flatMap(({ value }) => value ?? []);
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
