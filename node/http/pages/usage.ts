import type { ApartTotal, Counts, UsageTotals } from '../../analysis/usage/index.ts';
import type { Institution } from '../institutions.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { layout } from './layout.ts';
import { titleHtml } from './record-labels.ts';
import type { HeldItem } from './record-line.ts';
import type { View } from './view.ts';

export interface UsageData {
  totals: UsageTotals;
  /** Who has told of usage, most used first. */
  institutions: readonly Institution[];
  /** The node's own most used records in the last month that has any. */
  nameOf: (node: string) => string;
  top: { month: string; items: readonly (HeldItem & Counts)[] } | undefined;
}

type Measure = keyof Counts;

/** Columns of institutions; the others are in the network's sum. */
const COLUMNS = 12;
const APART_SHOWN = 100;

/** How much the network's records are used: by month and institution, views and downloads apart. */
export function usagePage(view: View, data: UsageData): string {
  const { use } = view.t;
  const { totals } = data;
  const main = html` <h1>${use.title}</h1>
    <p class="lede">${use.text}</p>
    ${
      totals.months.length === 0
        ? html`<p>${use.none}</p>`
        : html`<p>${use.coverage(totals.coverage.nodes)}</p>
            ${usageTable(view, data, 'investigations', use.views)}
            ${usageTable(view, data, 'requests', use.downloads)}`
    }
    ${apart(view, data)} ${topRecords(view, data)}`;
  return layout(view, { title: use.title, main, hasData: true });
}

function usageTable(
  view: View,
  { totals, institutions }: UsageData,
  measure: Measure,
  caption: string,
): Html {
  const { use } = view.t;
  const columns = institutions.slice(0, COLUMNS);
  const byNode = new Map(totals.nodes.map((total) => [total.node, total]));
  const cell = (counts: Counts | undefined): Html =>
    html`<td class="number">${counts === undefined ? '–' : view.locale.number(counts[measure])}</td>`;
  const monthOf = (institution: Institution, month: string): Counts | undefined =>
    byNode.get(institution.node)?.months.find((one) => one.month === month);
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${use.month}</th>
          <th scope="col" class="number">${use.network}</th>
          ${columns.map(({ name }) => html`<th scope="col" class="number">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${totals.months.toReversed().map(
          (month) =>
            html`<tr>
              <th scope="row">${view.locale.date(month.month)}</th>
              ${cell(month)} ${columns.map((institution) => cell(monthOf(institution, month.month)))}
            </tr>`,
        )}
        <tr class="sum">
          <th scope="row">${use.total}</th>
          ${cell(totals)}${columns.map(({ node }) => cell(byNode.get(node)))}
        </tr>
      </tbody>
    </table>
  </div>`;
}

/** What is in no sum, with what each side adds up to. */
function apart(view: View, { totals, nameOf }: UsageData): HtmlValue {
  const { use } = view.t;
  if (totals.apart.nodes.length === 0) return undefined;
  const nodes = totals.apart.nodes
    .toSorted((a, b) => b.investigations - a.investigations || (a.node < b.node ? -1 : 1))
    .slice(0, APART_SHOWN);
  return html`<section>
    <h2>${use.apart}</h2>
    <p>${use.apartText}</p>
    <p>
      ${use.bothSums({
        views: use.viewCount(totals.investigations),
        downloads: use.downloadCount(totals.requests),
        apartViews: use.viewCount(totals.apart.investigations),
        apartDownloads: use.downloadCount(totals.apart.requests),
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
          ${nodes.map(
            (one) =>
              html`<tr>
                <th scope="row">${nameOf(one.node)}</th>
                <td>${whyApart(view, one)}</td>
                <td>${monthsOf(view, one)}</td>
                <td class="number">${view.locale.number(one.investigations)}</td>
                <td class="number">${view.locale.number(one.requests)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </section>`;
}

function whyApart({ t, locale }: View, { why, furthest }: ApartTotal): HtmlValue {
  if (why === 'refused') return t.use.refused;
  if (furthest === undefined) return t.use.outOfProportion;
  const { perRecord, usual } = furthest;
  const text =
    usual === undefined
      ? t.use.perRecordAlone(locale.number(perRecord))
      : t.use.perRecordUsual(locale.number(perRecord), locale.number(usual));
  return html`${t.use.outOfProportion} <span class="aside">${t.use.perRecord}: ${text}</span>`;
}

function monthsOf({ locale }: View, { months }: ApartTotal): string {
  const [first, last] = [months.at(0)?.month ?? '', months.at(-1)?.month ?? ''];
  return first === last ? locale.date(first) : `${locale.date(first)} – ${locale.date(last)}`;
}

function topRecords(view: View, { top }: UsageData): HtmlValue {
  if (top === undefined || top.items.length === 0) return undefined;
  const { use } = view.t;
  const title = html`${use.top}, ${view.locale.date(top.month)}`;
  return html`<div class="scroll" role="region" aria-label="${use.top}" tabindex="0">
    <table>
      <caption>
        ${title}
      </caption>
      <thead>
        <tr>
          <th scope="col">${use.record}</th>
          <th scope="col" class="number">${use.views}</th>
          <th scope="col" class="number">${use.downloads}</th>
        </tr>
      </thead>
      <tbody>
        ${top.items.map(
          ({ key, holding, investigations, requests }) =>
            html`<tr>
              <th scope="row"><a href="${view.link(`/records/${key}`)}">${titleHtml(view, holding)}</a></th>
              <td class="number">${view.locale.number(investigations)}</td>
              <td class="number">${view.locale.number(requests)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
