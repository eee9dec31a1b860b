import { html, type Html } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { dashboardLayout } from './layout.ts';

export interface SourceState {
  name: string;
  isRunning: boolean;
  /** The last run that ended; milliseconds since 1970. */
  last?: { at: number; records: number; isWell: boolean };
}

interface OverviewData {
  own: number;
  held: number;
  institutions: number;
  /** What a person has to decide on or look into. */
  waiting: { notifications: number; areMore: boolean; troubled: number };
  sources: readonly SourceState[];
  /** Open issues by severity. */
  issues: Readonly<Record<'error' | 'warning' | 'info', number>>;
}

/** How the node stands: what it holds, what was harvested, what is wrong. */
export function overviewPage(visit: Visit, data: OverviewData): string {
  const { view, who } = visit;
  const { overview: words } = messagesIn(view.locale.language);
  const figures: readonly [label: string, count: number][] = [
    [words.records, data.own],
    [words.network, data.held],
    [words.institutions, data.institutions],
  ];
  const main = html`<h1>${words.title}</h1>
    <dl class="figures">
      ${figures.map(
        ([label, count]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${view.locale.number(count)}</dd>
          </div>`,
      )}
    </dl>
    <section aria-labelledby="waiting">
      <h2 id="waiting">${words.waiting}</h2>
      ${waitingList(visit, data.waiting)}
    </section>
    <section aria-labelledby="sources">
      <h2 id="sources"><a href="${view.link('/dashboard/harvest')}">${words.sources}</a></h2>
      <ul class="plain">
        ${data.sources.map((source) => html`<li><strong>${source.name}</strong>: ${stateOf(visit, source)}</li>`)}
      </ul>
    </section>
    <section aria-labelledby="issues">
      <h2 id="issues">${words.issues}</h2>
      ${issueCounts(visit, data.issues)}
    </section>`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function waitingList({ view }: Visit, { notifications, areMore, troubled }: OverviewData['waiting']): Html {
  const { overview: words } = messagesIn(view.locale.language);
  const number = (n: number): string => view.locale.number(n);
  const lines = [
    notifications > 0 &&
      html`<a href="${view.link('/dashboard/notifications')}"
        >${words.notifications(number(notifications) + (areMore ? '+' : ''))}</a
      >`,
    troubled > 0 &&
      html`<a href="${view.link('/dashboard/network', { state: 'troubled' })}"
        >${words.troubled(number(troubled))}</a
      >`,
  ].filter((line) => line !== false);
  if (lines.length === 0) return html`<p>${words.nothingWaits}</p>`;
  return html`<ul class="plain">
    ${lines.map((line) => html`<li>${line}</li>`)}
  </ul>`;
}

function stateOf({ view }: Visit, { isRunning, last }: SourceState): string {
  const { overview: words } = messagesIn(view.locale.language);
  if (isRunning) return words.running;
  if (last === undefined) return words.never;
  const time = view.locale.minute(last.at);
  return last.isWell ? words.last(time, view.locale.number(last.records)) : words.failed(time);
}

function issueCounts({ view }: Visit, issues: OverviewData['issues']): Html {
  const { overview: words } = messagesIn(view.locale.language);
  const some = (['error', 'warning', 'info'] as const).filter((severity) => issues[severity] > 0);
  if (some.length === 0) return html`<p>${words.noIssues}</p>`;
  return html`<ul class="plain">
    ${some.map(
      (severity) =>
        html`<li>
          <a href="${view.link('/dashboard/harvest')}#issues"
            >${view.locale.number(issues[severity])} ${words.severity[severity]}</a
          >
        </li>`,
    )}
  </ul>`;
}
