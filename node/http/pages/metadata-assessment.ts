import type { MetadataOutcomes, RuleOutcome, RuleSet, Standing, Tally } from '../../assessment/index.ts';
import { ruleSetName, type AssessedBy } from '../assessments/metadata-document.ts';
import { parametersOf, WHOLE } from '../assessments/metadata-profiles.ts';
import type { HeldItem } from '../records/held-items.ts';
import { html, join, type Html, type HtmlValue } from './html.ts';
import { layout } from './layout.ts';
import { pagination } from './pagination.ts';
import { titleHtml } from './record-labels.ts';
import { recordLine } from './record-line.ts';
import type { View } from './view.ts';

type Demand = RuleSet['demands'][number];

/** How an outcome's sign looks. */
const SIGNS: Readonly<Record<RuleOutcome, string>> = { passed: 'good', failed: 'bad', inapplicable: 'quiet' };

/** How the own records stand by a rule set, rule by rule. */
export function metadataAssessmentPage(view: View, assessed: AssessedBy, standing: Standing): string {
  const { t, locale } = view;
  const words = t.metadataAssessment;
  const { ruleSet } = assessed;
  const whole = standing.tally(ruleSet.id);
  const title = ruleSetName(assessed, words);
  const main = html` ${kicker(view)}
    <h1>${title}</h1>
    <p class="lede">${words.ledes[assessed.profiles.name]}</p>
    ${choices(view, assessed)}
    <p><a href="${ruleSet.profile.described}">${words.described}</a></p>
    ${
      standing.records === 0
        ? html`<p>${words.noRecords}</p>`
        : html`<dl class="figures">
              ${figure(words.records, locale.number(standing.records))}
              ${figure(words.meeting, locale.number(whole.passed))}
              ${figure(words.share, shareOf(view, whole) ?? '')}
            </dl>
            <p class="below">
              ${whole.failed > 0 && html`${failingLink(view, assessed, WHOLE, whole)} · `}
              <a href="${linkTo(view, assessed, { format: 'csv' })}">${words.table}</a>
            </p>`
    }
    ${rulesTable(view, ruleSet, words.share, (demand) =>
      shareCell(view, assessed, demand, standing.tally(demand.rule.id)),
    )}`;
  return layout(view, { title, main, hasData: true });
}

/** What a rule set says of one record. */
export function recordAssessmentPage(
  view: View,
  assessed: AssessedBy,
  { item, outcomes }: { item: HeldItem; outcomes: MetadataOutcomes },
): string {
  const { t } = view;
  const words = t.metadataAssessment;
  const title = ruleSetName(assessed, words);
  const isMet = outcomes.get(assessed.ruleSet.id) === 'passed';
  const main = html` ${kicker(view, assessed)}
    <h1>${words.resultOf}</h1>
    <p class="lede"><a href="${view.link(`/records/${item.key}`)}">${titleHtml(view, item.holding)}</a></p>
    ${choices(view, assessed, { record: item.key })}
    <p>
      <span class="state ${isMet ? 'good' : 'bad'}">${isMet ? words.whole.passed : words.whole.failed}</span>
    </p>
    ${rulesTable(view, assessed.ruleSet, t.assessments.summary, ({ rule }) => {
      const outcome = outcomes.get(rule.id) ?? 'inapplicable';
      return html`<span class="state ${SIGNS[outcome]}">${t.assessments.outcomes[outcome]}</span>
        ${outcome === 'failed' && remedyOf(view, rule)}`;
    })}`;
  return layout(view, { title: `${words.resultOf} · ${title}`, main, hasData: true, isIndexed: false });
}

/** The records that fail a rule, or the whole. */
export function failingRecordsPage(
  view: View,
  assessed: AssessedBy,
  list: { failing: string; items: readonly HeldItem[]; next: string | undefined },
): string {
  const { t } = view;
  const words = t.metadataAssessment;
  const { failing, items, next } = list;
  const demand = assessed.ruleSet.demands.find(({ rule }) => rule.id === failing);
  const heading = demand === undefined ? words.failingWhole : words.failingTitle;
  const main = html` ${kicker(view, assessed)}
    <h1>${heading}</h1>
    ${
      demand !== undefined &&
      html`<p class="lede" lang="en">${demand.rule.title}</p>
        <p><strong>${t.assessments.advice}:</strong> <span lang="en">${demand.rule.remedy}</span></p>`
    }
    ${
      items.length === 0
        ? html`<p>${words.noneFailing}</p>`
        : html`<p>
              <a href="${linkTo(view, assessed, { failing, format: 'csv' })}">${words.failingTable}</a>
            </p>
            <h2 class="unseen">${t.records}</h2>
            <ul class="records">
              ${items.map((item) => recordLine(view, item, { isHolderKnown: true, below: resultLink(view, assessed, item) }))}
            </ul>`
    }
    ${pagination(view, next === undefined ? {} : { next: { address: view.here({ after: next }), label: t.next } })}`;
  return layout(view, { title: heading, main, hasData: true, isIndexed: false });
}

function resultLink(view: View, assessed: AssessedBy, { key }: HeldItem): Html {
  return html`<p>
    <a href="${linkTo(view, assessed, { record: key })}">${view.t.metadataAssessment.resultOf}</a>
  </p>`;
}

/** Where the page belongs. */
function kicker(view: View, assessed?: AssessedBy): Html {
  const { assessments, metadataAssessment } = view.t;
  const above = html`<a href="${view.link('/assessments')}">${assessments.title}</a>`;
  return html`<p class="kicker">
    ${above}
    ${
      assessed !== undefined &&
      html` · <a href="${linkTo(view, assessed)}">${ruleSetName(assessed, metadataAssessment)}</a>`
    }
  </p>`;
}

/** The other versions and levels. */
function choices(view: View, assessed: AssessedBy, more: Record<string, string> = {}): HtmlValue {
  const words = view.t.metadataAssessment;
  const { profiles, ruleSet: shown } = assessed;
  if (profiles.ruleSets.length === 1) return undefined;
  const links = profiles.ruleSets.map((ruleSet) => {
    const other = { profiles, ruleSet };
    const current = ruleSet === shown && html` aria-current="page"`;
    return html`<a href="${linkTo(view, other, more)}" ${current}>${ruleSetName(other, words)}</a>`;
  });
  return html`<nav aria-label="${words.choices}"><p>${join(links, ' · ')}</p></nav>`;
}

function rulesTable(
  view: View,
  { demands }: RuleSet,
  last: string,
  cell: (demand: Demand) => HtmlValue,
): Html {
  const words = view.t.metadataAssessment;
  return html`<div class="scroll" role="region" aria-label="${words.rules}" tabindex="0">
    <table>
      <caption>
        ${words.rules}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.asked}</th>
          <th scope="col">${words.element}</th>
          <th scope="col">${words.requirement}</th>
          <th scope="col">${last}</th>
        </tr>
      </thead>
      <tbody>
        ${demands.map(
          (demand) =>
            html`<tr id="${demand.rule.id}">
              <th scope="row" lang="en">${demand.rule.title}</th>
              <td><code>${demand.element}</code> <span class="aside">${demand.cardinality}</span></td>
              <td>
                ${words.requirements[demand.requirement]}
                ${!demand.isDecisive && html`<span class="aside">${words.aside}</span>`}
              </td>
              <td>${cell(demand)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function shareCell(view: View, assessed: AssessedBy, { rule }: Demand, tally: Tally): HtmlValue {
  const { metadataAssessment: words } = view.t;
  const { passed, failed } = tally;
  const share = shareOf(view, tally);
  if (share === undefined) return html`<span class="aside">${words.inapplicable}</span>`;
  const counts = words.of(view.locale.number(passed), view.locale.number(passed + failed));
  return html`<strong>${share}</strong>
    <meter min="0" max="${passed + failed}" value="${passed}" aria-label="${counts}"></meter>
    <span class="aside">${counts}</span> ${failingLink(view, assessed, rule.id, tally)}
    ${tally.failed > 0 && remedyOf(view, rule)}`;
}

function remedyOf({ t }: View, { remedy }: Demand['rule']): Html {
  return html`<span class="aside">${t.assessments.advice}: <span lang="en">${remedy}</span></span>`;
}

function failingLink(view: View, assessed: AssessedBy, failing: string, { failed }: Tally): HtmlValue {
  if (failed === 0) return undefined;
  return html`<a href="${linkTo(view, assessed, { failing })}"
    >${view.t.metadataAssessment.failing(failed)}</a
  > `;
}

/** Whole per cent of those that it is about; never 100 while one fails. */
function shareOf({ t, locale }: View, { passed, failed }: Tally): string | undefined {
  const all = passed + failed;
  if (all === 0) return undefined;
  return t.metadataAssessment.percent(locale.number(Math.floor((100 * passed) / all)));
}

function figure(label: string, value: string): Html {
  return html`<div>
    <dt>${label}</dt>
    <dd>${value}</dd>
  </div>`;
}

function linkTo(view: View, { profiles, ruleSet }: AssessedBy, more: Record<string, string> = {}): string {
  return view.link(profiles.path, { ...parametersOf(profiles, ruleSet), ...more });
}
