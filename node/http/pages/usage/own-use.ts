import { metricNames, sumOf, type UseReport } from '../../usage/index.ts';
import { columnChart, monthLabels, monthsBetween } from '../charts/index.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import { titleHtml, titleText } from '../record-labels.ts';
import type { View } from '../view.ts';
import { namedRows, sharesChart } from './shares.ts';
import { metricCells, metricHeadings, metricWord, tableAddress } from './use-tables.ts';

/** So many months are drawn at the most, the latest. */
export const MOST_MONTHS = 240;
const none = sumOf([]);

/** The use of this institution's own records. */
export function ownUse(view: View, report: UseReport): Html {
  const { t, locale, site } = view;
  const { use } = t;
  const { own, measure, period } = report;
  if (own.months.length === 0) {
    return html`<section aria-labelledby="own">
      <h2 id="own">${use.own.title(site.name)}</h2>
      <p>${use.none}</p>
    </section>`;
  }
  const topMeasure = own.total.totalRequests > 0 ? 'totalRequests' : 'totalInvestigations';
  const what = metricWord(view, measure);
  const { machine } = own;
  return html`<section aria-labelledby="own">
    <h2 id="own">${use.own.title(site.name)}</h2>
    <dl class="figures">
      ${metricNames.map(
        (name) =>
          html`<div>
            <dt>${metricWord(view, name)}</dt>
            <dd>${locale.number(own.total[name])}</dd>
          </div>`,
      )}
    </dl>
    <p class="below">
      ${use.own.robots(use.viewCount(machine.totalInvestigations), use.downloadCount(machine.totalRequests))}
    </p>
    ${monthsOfOwn(view, report)}
    ${sharesChart(view, {
      id: 'own-top',
      title: topMeasure === 'totalRequests' ? use.own.top : use.own.topViewed,
      heading: use.record,
      rows: own.top.map(({ key, holding, metrics }) => ({
        label: titleText(view, holding),
        cell: html`<a href="${view.link(`/records/${key}`)}">${titleHtml(view, holding)}</a>`,
        metrics,
      })),
      measure: topMeasure,
      period,
      table: 'items',
      isTableShown: true,
    })}
    <div class="charts">
      ${sharesChart(view, {
        id: 'own-types',
        title: use.own.byType(what),
        heading: view.t.record.type,
        rows: namedRows(view, 'type', own.types),
        measure,
        period,
        table: 'types',
      })}
      ${sharesChart(view, {
        id: 'own-languages',
        title: use.own.byLanguage(what),
        heading: view.t.record.language,
        rows: namedRows(view, 'language', own.languages),
        measure,
        period,
        table: 'languages',
      })}
      ${
        hasCountries(own.userCountries) &&
        sharesChart(view, {
          id: 'own-countries',
          title: use.own.byCountry(what),
          heading: use.country,
          rows: namedRows(view, 'country', own.userCountries),
          measure,
          period,
          table: 'user-countries',
        })
      }
    </div>
  </section>`;
}

/** Without a database of countries all is of unknown ones, which tells nothing. */
export function hasCountries(rows: readonly { value?: string }[]): boolean {
  return rows.some(({ value }) => value !== undefined && value !== 'ZZ');
}

function monthsOfOwn(view: View, { own, period }: UseReport): HtmlValue {
  const { use } = view.t;
  const byMonth = new Map(own.months.map((month) => [month.month, month]));
  const months = monthsBetween(period.from, period.to, MOST_MONTHS);
  const labels = monthLabels(view, months);
  const isOpen = (month: string): boolean => (byMonth.get(month)?.openDays ?? 0) > 0;
  return columnChart(view, {
    id: 'own-months',
    title: use.own.byMonth,
    note: own.months.some(({ openDays }) => openDays > 0) ? use.own.open : undefined,
    series: [{ name: use.downloads }, { name: use.views }],
    categories: months.map((month, at) => {
      const { totalRequests, totalInvestigations } = byMonth.get(month)?.metrics ?? none;
      return {
        ...labels[at],
        label: labels[at]?.label ?? month,
        values: [totalRequests, totalInvestigations],
        isOpen: isOpen(month),
      };
    }),
    table: {
      heading: use.month,
      columns: [...metricHeadings(view), use.own.robotViews, use.own.robotDownloads],
      rows: [
        ...months.toReversed().map((month) => {
          const { metrics = none, machine = none } = byMonth.get(month) ?? {};
          const label = view.locale.date(month);
          return {
            label: isOpen(month) ? use.charts.openMonth(label) : label,
            cells: [...metricCells(metrics), machine.totalInvestigations, machine.totalRequests],
          };
        }),
        {
          label: use.total,
          cells: [...metricCells(own.total), own.machine.totalInvestigations, own.machine.totalRequests],
          isSum: true,
        },
      ],
      csv: tableAddress(view, period, 'months'),
    },
  });
}
