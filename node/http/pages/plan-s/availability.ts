import { shareUp, type Outage, type PlanSReport } from '../../../assessment/index.ts';
import { percent } from '../../plan-s/evidence.ts';
import { toldAddress } from '../../plan-s/told-address.ts';
import { columnChart, monthLabels } from '../charts/index.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import { outsideLink } from '../record-labels.ts';
import type { View } from '../view.ts';

type Endpoint = PlanSReport['endpoints'][number];

/** How available each address was in the last year, with the longest outages. */
export function availabilitySection(view: View, report: PlanSReport): Html {
  const { t, locale } = view;
  const { availability: words } = t.planS;
  const { endpoints, lineSuspectedSince, minutesWithoutLine, maintenance } = report;
  return html`<section aria-labelledby="probes">
    <h2 id="probes">${words.title}</h2>
    <p>${words.text}</p>
    ${
      lineSuspectedSince !== undefined &&
      html`<p class="warning" role="status">${words.suspected(locale.minute(lineSuspectedSince))}</p>`
    }
    ${minutesWithoutLine > 0 && html`<p>${words.withoutLine(minutesWithoutLine)}</p>`}
    ${endpoints.length === 0 ? html`<p>${words.none}</p>` : endpoints.map((one, at) => endpointPart(view, one, at))}
    ${
      maintenance.length > 0 &&
      html`<h3>${words.maintenance}</h3>
        <ul class="plain">
          ${maintenance.map(
            ({ from, to }) =>
              html`<li>${locale.minute(Date.parse(from))} – ${locale.minute(Date.parse(to))}</li>`,
          )}
        </ul>`
    }
  </section>`;
}

function endpointPart(view: View, endpoint: Endpoint, at: number): Html {
  const { locale } = view;
  const { availability: words } = view.t.planS;
  const { name, last, availability } = endpoint;
  const address = toldAddress(endpoint.address);
  const share = shareUp(availability);
  const known = availability.all === 0 ? 0 : availability.known / availability.all;
  return html`<h3>
      ${name} ${address !== undefined && html`<span class="aside">${outsideLink(address, address)}</span>`}
    </h3>
    <dl class="figures">
      ${share !== undefined && figure(words.share, percent(locale, share))}
      ${figure(words.known, percent(locale, known))}
      ${last !== undefined && figure(words.last, last.isUp ? words.isUp : words.isDown)}
    </dl>
    ${address !== undefined && last?.reason !== undefined && html`<p class="aside" lang="en">${last.reason}</p>`}
    ${share !== undefined && monthsChart(view, endpoint, at)} ${outagesTable(view, endpoint)}`;
}

function monthsChart(view: View, { name, availability: { months } }: Endpoint, at: number): Html {
  const { locale } = view;
  const { availability: words } = view.t.planS;
  const labels = monthLabels(
    view,
    months.map(({ month }) => month),
  );
  return columnChart(view, {
    id: `down-${at}`,
    title: words.chart(name),
    series: [{ name: words.down }],
    categories: months.map(({ up, known }, i) => ({
      label: '',
      ...labels[i],
      values: [known === 0 ? undefined : known - up],
    })),
    table: {
      heading: words.month,
      columns: [words.down, words.upShare, words.knownShare],
      rows: months.map((minutes) => {
        const share = shareUp(minutes);
        return {
          label: locale.date(minutes.month),
          cells: [
            minutes.known === 0 ? undefined : minutes.known - minutes.up,
            share === undefined ? undefined : perCent(share),
            minutes.all === 0 ? undefined : perCent(minutes.known / minutes.all),
          ],
        };
      }),
    },
  });
}

function outagesTable(view: View, { name, availability: { outages, known } }: Endpoint): HtmlValue {
  const { availability: words } = view.t.planS;
  if (known === 0) return undefined;
  if (outages.length === 0) return html`<p>${words.noOutages}</p>`;
  return html`<div class="scroll" role="region" aria-label="${words.outages}: ${name}" tabindex="0">
    <table>
      <caption>
        ${words.outages}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.begin}</th>
          <th scope="col">${words.end}</th>
          <th scope="col" class="number">${words.minutes}</th>
        </tr>
      </thead>
      <tbody>
        ${outages.map((outage) => outageRow(view, outage))}
      </tbody>
    </table>
  </div>`;
}

function outageRow({ locale, t }: View, { from, to, isOngoing }: Outage): Html {
  return html`<tr>
    <td>${locale.minute(from)}</td>
    <td>${isOngoing ? t.planS.availability.ongoing : locale.minute(to)}</td>
    <td class="number">${locale.number((to - from) / 60_000)}</td>
  </tr>`;
}

function figure(label: string, value: string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Down to a hundredth of one per cent. */
function perCent(share: number): number {
  return Math.floor(share * 10_000 + 1e-9) / 100;
}
