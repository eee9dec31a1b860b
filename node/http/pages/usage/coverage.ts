import type { NodeCoverage } from '../../../analysis/regional-usage/index.ts';
import type { ApartUse, UseReport } from '../../usage/index.ts';
import { dataTable } from '../charts/index.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import type { View } from '../view.ts';
import { tableAddress } from './use-tables.ts';

const NODES_SHOWN = 200;
const MONTHS_NAMED = 12;

/** Which institutions told of which months, which of these may still change, and what is kept out of the sums. */
export function coverage(view: View, { network, period }: UseReport): HtmlValue {
  const { use } = view.t;
  const { nodes, summaries } = network.coverage;
  if (nodes.length === 0) return undefined;
  const told = nodes.filter(({ months }) => months.some(({ apart }) => apart === undefined));
  return html`<section>
      <h2 id="coverage">${use.coverage.title}</h2>
      <p>${use.coverage.text(told.length, summaries)}</p>
      ${
        told.length > 0 &&
        dataTable(view, use.coverage.title, {
          heading: use.institution,
          columns: [
            use.coverage.first,
            use.coverage.last,
            use.coverage.months,
            use.coverage.missing,
            use.coverage.open,
          ],
          rows: told
            .slice(0, NODES_SHOWN)
            .map((node) => ({ label: node.name, cells: coverageCells(view, node) })),
        })
      }
      <p>
        <a href="${tableAddress(view, period, 'coverage')}"
          >${use.charts.csv}<span class="unseen">: ${use.coverage.title}</span></a
        >
        · <a href="${view.action('/usage/summaries')}">${use.coverage.signed}</a>
      </p>
    </section>
    ${apartSection(view, network)}`;
}

function coverageCells(view: View, { months, gaps }: NodeCoverage): (string | number)[] {
  const counted = months.filter(({ apart }) => apart === undefined);
  const open = counted.filter(({ isFinal }) => !isFinal).map(({ month }) => month);
  return [
    view.locale.date(counted.at(0)?.month ?? ''),
    view.locale.date(counted.at(-1)?.month ?? ''),
    counted.length,
    monthList(view, gaps),
    monthList(view, open),
  ];
}

function monthList(view: View, months: readonly string[]): string {
  if (months.length === 0) return view.t.use.coverage.nothing;
  const named = months.slice(0, MONTHS_NAMED).map((month) => view.locale.date(month));
  return months.length > MONTHS_NAMED ? `${named.join(', ')}, …` : named.join(', ');
}

/** What is in no sum, with what each side adds up to. */
function apartSection(view: View, { total, apartTotal, apart }: UseReport['network']): HtmlValue {
  const { use } = view.t;
  if (apart.length === 0) return undefined;
  return html`<section>
    <h2 id="apart">${use.apart}</h2>
    <p>${use.apartText}</p>
    <p>
      ${use.bothSums({
        views: use.viewCount(total.totalInvestigations),
        downloads: use.downloadCount(total.totalRequests),
        apartViews: use.viewCount(apartTotal.totalInvestigations),
        apartDownloads: use.downloadCount(apartTotal.totalRequests),
      })}
    </p>
    <div class="scroll" role="region" aria-label="${use.apart}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${use.institution}</th>
            <th scope="col">${use.why}</th>
            <th scope="col">${use.months}</th>
            <th scope="col" class="number">${use.views}</th>
            <th scope="col" class="number">${use.downloads}</th>
          </tr>
        </thead>
        <tbody>
          ${apart.slice(0, NODES_SHOWN).map((one) => apartRow(view, one))}
        </tbody>
      </table>
    </div>
  </section>`;
}

function apartRow(view: View, one: ApartUse): Html {
  return html`<tr>
    <th scope="row">${one.name}</th>
    <td>${whyApart(view, one)}</td>
    <td>
      ${monthList(
        view,
        one.months.map(({ month }) => month),
      )}
    </td>
    <td class="number">${view.locale.number(one.metrics.totalInvestigations)}</td>
    <td class="number">${view.locale.number(one.metrics.totalRequests)}</td>
  </tr>`;
}

function whyApart({ t, locale }: View, { why }: ApartUse): HtmlValue {
  if (why.why === 'refused') return t.use.refused;
  const { perRecord, usual } = why.furthest;
  const text =
    usual === undefined
      ? t.use.perRecordAlone(locale.number(perRecord))
      : t.use.perRecordUsual(locale.number(perRecord), locale.number(usual));
  return html`${t.use.outOfProportion} <span class="aside">${t.use.perRecord}: ${text}</span>`;
}
