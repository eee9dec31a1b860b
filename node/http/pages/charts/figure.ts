import { html, type Html, type HtmlValue } from '../html.ts';
import type { View } from '../view.ts';
import type { ChartData, ChartTable } from './chart.ts';
import { seriesText } from './spoken.ts';

/** A drawing in its figure: what it shows, what its marks mean, and the same as a table. */
export function chartFigure(view: View, data: ChartData, drawing: Html): Html {
  const { id, title, note, categories, table } = data;
  const isEmpty = categories.every(({ values }) => values.every((value) => (value ?? 0) === 0));
  return html`<div class="chart">
    <h3 id="${id}">${title}</h3>
    ${note !== undefined && html`<p class="aside">${note}</p>`}
    ${
      isEmpty
        ? html`<p>${view.t.use.charts.nothing}</p>`
        : html`<figure>${legend(view, data)} ${drawing}</figure>`
    }
    ${categories.length > 0 && chartTable(view, title, table)}
  </div>`;
}

/** The drawing as one picture to who hears it: its name, and what is to be seen in it. */
export function chartPicture(
  view: View,
  data: ChartData,
  attributes: { class: string; height: string },
  marks: HtmlValue,
): Html {
  const { id, title } = data;
  return html`<svg
    class="${attributes.class}"
    width="100%"
    height="${attributes.height}"
    role="img"
    aria-labelledby="${id}-title"
    aria-describedby="${id}-description"
    focusable="false"
  >
    <title id="${id}-title">${title}</title>
    <desc id="${id}-description">${seriesText(view, data)}</desc>
    ${marks}
  </svg>`;
}

/** The marks of a series: the first is filled, the second hollow. */
export function seriesClass(at: number): string {
  return at === 0 ? 'first' : 'second';
}

function legend(view: View, { series, categories }: ChartData): HtmlValue {
  const hasOpen = categories.some(({ isOpen }) => isOpen);
  if (series.length < 2 && !hasOpen) return undefined;
  const swatch = (name: string): Html =>
    html`<svg class="swatch" width="1em" height="1em" aria-hidden="true" focusable="false">
      <rect class="${name}" x="8%" y="8%" width="84%" height="84%" />
    </svg>`;
  return html`<figcaption>
    <ul class="legend">
      ${series.length > 1 && series.map(({ name }, at) => html`<li>${swatch(seriesClass(at))}${name}</li>`)}
      ${hasOpen && html`<li>${swatch('first open')}${view.t.use.charts.open}</li>`}
    </ul>
  </figcaption>`;
}

function chartTable(view: View, title: string, table: ChartTable): Html {
  const { charts } = view.t.use;
  const csv =
    table.csv !== undefined &&
    html`<p>
      <a href="${table.csv}">${charts.csv}<span class="unseen">: ${title}</span></a>
    </p>`;
  if (table.isShown === true) return html`${dataTable(view, table.name ?? title, table)}${csv}`;
  return html`<details>
      <summary>${charts.table}<span class="unseen">: ${title}</span></summary>
      ${dataTable(view, table.name ?? title, table)}
    </details>
    ${csv}`;
}

/** Labels and numbers, scrolled sideways where there are many columns. */
export function dataTable(view: View, title: string, { heading, columns, rows }: ChartTable): Html {
  const cell = (value: number | string | undefined): Html =>
    typeof value === 'string'
      ? html`<td>${value}</td>`
      : html`<td class="number">${value === undefined ? '–' : view.locale.number(value)}</td>`;
  const isText = columns.map((_, at) => rows.some(({ cells }) => typeof cells[at] === 'string'));
  return html`<div class="scroll" role="region" aria-label="${title}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${heading}</th>
          ${columns.map((name, at) => html`<th scope="col" ${!isText[at] && html` class="number"`}>${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ label, cells, isSum }) =>
            html`<tr${isSum && html` class="sum"`}>
              <th scope="row">${label}</th>
              ${cells.map(cell)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
