import { reportIds } from '../../../protocols/counter/index.ts';
import { may } from '../../accounts/index.ts';
import { html, REPORT_FORMATS, usageSections, type Html, type UseReport } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { choice } from './field.ts';
import { dashboardLayout } from './layout.ts';

interface UsageData {
  report: UseReport;
  /** Milliseconds since 1970. */
  now: number;
  /** The months of which COUNTER reports tell. */
  available: { first: string; last: string };
  /** What was not counted, by the code of the reason. */
  refused: readonly { code: string; count: number }[];
}

/** How much the own records are used, beside the region; COUNTER reports; and what was not counted. */
export function usagePage(visit: Visit, data: UsageData): string {
  const { view, who } = visit;
  const { usage: words } = messagesIn(view.locale.language);
  const mayExport = may(who.person.role, 'export');
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    <p>
      ${mayExport && html`<a href="#reports">${words.report}</a> · `}<a href="#refused">${words.refused}</a>
    </p>
    ${usageSections(view, data.report, data.now)} ${mayExport && reportForm(visit, data)}
    ${refusals(visit, data)}`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function reportForm({ view }: Visit, { available: { first, last } }: UsageData): Html {
  const { usage: words } = messagesIn(view.locale.language);
  return html`<section aria-labelledby="reports">
    <h2 id="reports">${words.report}</h2>
    <p>${words.reportText}</p>
    <p class="aside">${words.available(view.locale.date(first), view.locale.date(last))}</p>
    <form class="sheet" method="get" action="${view.action('/dashboard/usage/report')}">
      <p class="form-field">
        ${choice(
          { name: 'report', label: words.which },
          reportIds.map((id) => ({ value: id, label: words.reports[id] })),
          'IR',
        )}
      </p>
      ${monthField({ name: 'begin', label: words.from, form: words.form, value: first })}
      ${monthField({ name: 'end', label: words.to, form: words.form, value: last })}
      <p class="form-field">
        ${choice(
          { name: 'format', label: words.format },
          REPORT_FORMATS.map((format) => ({ value: format, label: words.formats[format] })),
          REPORT_FORMATS[0],
        )}
      </p>
      <button>${words.download}</button>
    </form>
  </section>`;
}

/** Browsers without a calendar of months show a field for text. */
function monthField({ name, label, form, value }: Record<'name' | 'label' | 'form' | 'value', string>): Html {
  return html`<p class="form-field">
    <label for="${name}">${label} <span class="aside">${form}</span></label>
    <input
      type="month"
      id="${name}"
      name="${name}"
      value="${value}"
      pattern="[0-9]{4}-[0-9]{2}"
      maxlength="7"
      required
    />
  </p>`;
}

function refusals({ view }: Visit, { refused }: UsageData): Html {
  const { usage: words } = messagesIn(view.locale.language);
  return html`<section aria-labelledby="refused">
    <h2 id="refused">${words.refused}</h2>
    <p>${words.refusedText}</p>
    ${
      refused.length === 0
        ? html`<p>${words.nothingRefused}</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="${words.refused}">
            <table>
              <thead>
                <tr>
                  <th scope="col">${words.reason}</th>
                  <th scope="col" class="number">${words.count}</th>
                </tr>
              </thead>
              <tbody>
                ${refused.map(
                  ({ code, count }) =>
                    html`<tr>
                      <th scope="row">${words.refusals[code]} <code>${code}</code></th>
                      <td class="number">${view.locale.number(count)}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}
