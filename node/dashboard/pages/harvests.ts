import { may } from '../../accounts/index.ts';
import type { HarvestSummary } from '../../harvest/index.ts';
import { html, join, type Html, type OpenKind } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { dashboardLayout, formToken } from './layout.ts';

export interface SourceRow {
  name: string;
  url: string;
  isRunning: boolean;
  /** Of the run that is going on: what was read, and the share of it all where that is known. */
  progress?: { records: number; share?: number };
  last?: { at: number; records: number; refused: number; isWell: boolean; failure?: string };
  nextAt?: number;
}

/** The harvests: how each source stands, and what was found wrong, by kind. */
export function harvestsPage(
  visit: Visit,
  {
    sources,
    past,
    kinds,
  }: { sources: readonly SourceRow[]; past: readonly HarvestSummary[]; kinds: readonly OpenKind[] },
): string {
  const { view, who } = visit;
  const { harvests: words } = messagesIn(view.locale.language);
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    <ul class="plain people">
      ${sources.map((source) => sourceLine(visit, source))}
    </ul>
    ${
      may(who.person.role, 'harvest') &&
      html`<form class="acts" method="post" action="${view.link('/dashboard/harvest')}">
        ${formToken(who)}
        <button>${words.now}</button>
        <button class="quiet" name="full" value="yes">${words.everything}</button>
      </form>`
    }
    ${past.length > 0 && pastTable(visit, past)}
    <section aria-labelledby="issues">
      <h2 id="issues">${words.issues}</h2>
      ${kinds.length === 0 ? html`<p>${words.noIssues}</p>` : kindList(visit, kinds)}
    </section>`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function sourceLine({ view }: Visit, { name, url, isRunning, progress, last, nextAt }: SourceRow): Html {
  const { harvests: words } = messagesIn(view.locale.language);
  const number = (n: number): string => view.locale.number(n);
  const facts: (Html | string)[] = [];
  if (isRunning) {
    const share = progress?.share;
    facts.push(
      html`${words.running(number(progress?.records ?? 0))}
      ${share !== undefined && html`<progress max="1" value="${share.toFixed(2)}" aria-label="${words.progress}"></progress>`}`,
    );
  }
  if (last !== undefined) {
    const time = view.locale.minute(last.at);
    facts.push(last.isWell ? words.well(time, number(last.records)) : words.failed(time));
    if (last.refused > 0) facts.push(words.refused(number(last.refused)));
  } else if (!isRunning) facts.push(words.never);
  if (nextAt !== undefined && !isRunning) facts.push(words.next(view.locale.minute(nextAt)));
  return html`<li>
    <h2>${name}</h2>
    <p class="aside">${url}</p>
    <p>${join(facts, ' · ')}</p>
    ${last?.failure !== undefined && html`<p class="warning" lang="en">${last.failure}</p>`}
  </li>`;
}

/** How the latest harvests went: what each brought, and why it failed. */
function pastTable({ view }: Visit, past: readonly HarvestSummary[]): Html {
  const { harvests: words } = messagesIn(view.locale.language);
  const number = (n: number): Html => html`<td class="number">${view.locale.number(n)}</td>`;
  return html`<details>
    <summary>${words.past}</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="${words.past}">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.ended}</th>
            <th scope="col">${words.source}</th>
            <th scope="col">${words.outcome}</th>
            <th scope="col">${words.read}</th>
            <th scope="col">${words.created}</th>
            <th scope="col">${words.updated}</th>
            <th scope="col">${words.deleted}</th>
            <th scope="col">${words.notTaken}</th>
          </tr>
        </thead>
        <tbody>
          ${past.map(
            ({ endedAt, source, kind, outcome, records, created, updated, deleted, refused, error }) =>
              html`<tr>
                <td>
                  <time datetime="${new Date(endedAt).toISOString()}">${view.locale.minute(endedAt)}</time>
                </td>
                <td>${source}</td>
                <td>
                  ${words.outcomes[outcome]}, ${words.kinds[kind]}
                  ${error !== undefined && html`<p class="aside" lang="en">${error.message}</p>`}
                </td>
                ${[records, created, updated, deleted, refused].map(number)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

function kindList({ view, who }: Visit, kinds: readonly OpenKind[]): Html {
  const { harvests: words } = messagesIn(view.locale.language);
  return html`${
      may(who.person.role, 'export') &&
      html`<p><a href="${view.link('/dashboard/issues.csv')}">${words.csv}</a></p>`
    }
    <ul class="plain people">
      ${kinds.map(
        ({ code, severity, title, explains, remedy, count }) =>
          html`<li>
            <h3><a href="${view.link('/dashboard/issues', { code })}" lang="en">${title}</a></h3>
            <p class="aside">
              ${words.severity[severity]} · ${words.open(view.locale.number(count))} · <code>${code}</code>
            </p>
            ${explains !== undefined && html`<p lang="en">${explains}</p>`}
            ${remedy !== undefined && html`<p lang="en"><strong>${words.remedy}</strong> ${remedy}</p>`}
          </li>`,
      )}
    </ul>`;
}

export interface IssueRow {
  source: string;
  oaiIdentifier?: string;
  message: string;
  detail?: string;
  repairs: readonly { before: string; after: string }[];
  firstSeen: number;
  count: number;
}

/** The issues of one kind. */
export function issuesPage(
  visit: Visit,
  {
    title,
    code,
    issues,
    next,
  }: { title: string; code: string; issues: readonly IssueRow[]; next: string | undefined },
): string {
  const { view, who } = visit;
  const { harvests: words } = messagesIn(view.locale.language);
  const main = html`<p class="kicker"><a href="${view.link('/dashboard/harvest')}">${words.title}</a></p>
    <h1 lang="en">${title}</h1>
    <p class="aside"><code>${code}</code></p>
    ${
      issues.length === 0
        ? html`<p>${words.noIssues}</p>`
        : html`<ul class="plain people">
            ${issues.map((issue) => issueLine(visit, issue))}
          </ul>`
    }
    ${next !== undefined && html`<p><a rel="next" href="${view.here({ after: next })}">${words.more}</a></p>`}`;
  return dashboardLayout(view, who, { title, main });
}

function issueLine({ view }: Visit, issue: IssueRow): Html {
  const { harvests: words } = messagesIn(view.locale.language);
  const { source, oaiIdentifier, message, detail, repairs, firstSeen, count } = issue;
  return html`<li>
    <p lang="en">${message}</p>
    <p class="aside">
      ${source}${oaiIdentifier !== undefined && html` · <code>${oaiIdentifier}</code>`} ·
      ${words.since(view.locale.day(firstSeen), view.locale.number(count))}
    </p>
    ${
      repairs.length > 0 &&
      html`<ul>
        ${repairs.map(({ before, after }) => html`<li><del>${before}</del> → <ins>${after}</ins></li>`)}
      </ul>`
    }
    ${
      detail !== undefined &&
      html`<details>
        <summary>${words.detail}</summary>
        <p lang="en">${detail}</p>
      </details>`
    }
  </li>`;
}
