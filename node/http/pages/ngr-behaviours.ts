import {
  BEHAVIOURS,
  OUTCOMES,
  type Behaviour,
  type CheckName,
  type Observation,
  type Report,
  type Verdict,
} from '../../assessment/index.ts';
import { told } from '../assessments/documents.ts';
import { html, join, type Html, type HtmlValue } from './html.ts';
import { layout } from './layout.ts';
import type { View } from './view.ts';

/** By outcome: how its sign looks. */
const SIGNS: Readonly<Record<Verdict['outcome'], string>> = {
  passed: 'good',
  failed: 'bad',
  inapplicable: 'quiet',
  untested: 'quiet',
};

/** The eleven behaviours of a next generation repository, what the node does for each, and what it found. */
export function ngrBehavioursPage(view: View, report: Report<CheckName>): string {
  const { t, locale } = view;
  const words = t.assessments;
  const moment = new Date(report.startedAt).toISOString();
  const time = words.startedAt(locale.minute(report.startedAt));
  const main = html` <p class="kicker"><a href="${view.link('/assessments')}">${words.title}</a></p>
    <h1>${words.ngrBehaviours}</h1>
    <p class="lede">${words.ngrBehavioursText}</p>
    <p>
      ${report.completedAt === undefined && html`<strong>${words.running}</strong> `}
      <time datetime="${moment}">${time}</time> ${words.again}
    </p>
    ${summary(view, report)} ${BEHAVIOURS.map((behaviour) => behaviourSection(view, behaviour, report))}`;
  return layout(view, { title: words.ngrBehaviours, main, hasData: true });
}

function summary({ t, locale }: View, { verdicts }: Report): Html {
  const words = t.assessments;
  const counts = OUTCOMES.map((outcome) => ({
    outcome,
    count: [...verdicts.values()].filter((verdict) => verdict.outcome === outcome).length,
  }));
  return html`<section aria-labelledby="results">
    <h2 id="results" class="unseen">${words.summary}</h2>
    <dl class="figures">
      ${counts
        .filter(({ outcome, count }) => outcome !== 'untested' || count > 0)
        .map(
          ({ outcome, count }) =>
            html`<div>
              <dt>${words.outcomes[outcome]}</dt>
              <dd>${locale.number(count)}</dd>
            </div>`,
        )}
    </dl>
  </section>`;
}

function behaviourSection(view: View, behaviour: Behaviour, { verdicts }: Report<CheckName>): Html {
  const { t } = view;
  const words = t.assessments;
  const { name, extent, technologies, shownAt, checks } = behaviour;
  const text = words.behaviours[name];
  return html`<section class="behaviour" aria-labelledby="${name}">
    <h2 id="${name}">${text.name}</h2>
    <p>${text.asks}</p>
    <dl class="details">
      ${detail(words.extent, html`<strong>${words.extents[extent]}</strong>. ${text.does}`)}
      ${detail(words.technologies, technologies.join(', '))}
      ${detail(
        words.shownAt,
        join(
          shownAt.map((path) => html`<a href="${view.action(path)}"><code>${path}</code></a>`),
          ' · ',
        ),
      )}
      ${detail(
        words.checked,
        html`<ul class="plain">
          ${checks.map((check) => checkItem(view, check, verdicts.get(check) ?? { outcome: 'untested' }))}
        </ul>`,
      )}
    </dl>
  </section>`;
}

function detail(term: string, description: HtmlValue): Html {
  return html`<div>
    <dt>${term}</dt>
    <dd>${description}</dd>
  </div>`;
}

function checkItem(view: View, check: CheckName, verdict: Verdict): Html {
  const words = view.t.assessments;
  const { title, advice } = words.checks[check];
  const { outcome } = verdict;
  return html`<li id="${check}">
    <span class="state ${SIGNS[outcome]}">${words.outcomes[outcome]}</span>: ${title}
    ${'why' in verdict && html`<span class="aside">${words.obstacles[verdict.why]}</span>`}
    ${'seen' in verdict && verdict.seen.map((observation) => observationLine(view, observation))}
    ${outcome === 'failed' && html`<p><strong>${words.advice}:</strong> ${advice}</p>`}
  </li>`;
}

function observationLine(view: View, observation: Observation): Html {
  const { address, text, term, href } = told(view.t, observation);
  const value =
    observation.kind === 'unreadable'
      ? html`<span lang="en">${term}</span>`
      : term !== undefined && html`<code>${term}</code>`;
  return html`<span class="aside"
    >${place(view, address)} ${text} ${value}${href !== undefined && html`: ${place(view, href)}`}</span
  >`;
}

/** An address of this node without what all of them begin with. Of others, which may be anything, those of the web are links. */
function place(view: View, address: string): Html {
  const { base } = view.site;
  const path = address.startsWith(`${base}/`) ? address.slice(base.length) : undefined;
  if (path !== undefined) return html`<a href="${view.action(path)}"><code>${path}</code></a>`;
  if (/^https?:\/\//.test(address)) return html`<a href="${address}"><code>${address}</code></a>`;
  return html`<code>${address}</code>`;
}
