import type {
  CriterionResult,
  PlanSOutcome,
  PlanSReport,
  RequirementResult,
  Weight,
} from '../../../assessment/index.ts';
import { PLAN_S_RECORDS, METADATA_PROFILES } from '../../assessments/metadata-profiles.ts';
import { PLAN_S, PLAN_S_DESCRIBED } from '../../plan-s/document.ts';
import { percent, toldEvidence, toldThreshold } from '../../plan-s/evidence.ts';
import { contactLink } from '../../site.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import { layout } from '../layout.ts';
import type { View } from '../view.ts';
import { availabilitySection } from './availability.ts';

/** How an outcome's sign looks. */
const SIGNS: Readonly<Record<PlanSOutcome, string>> = {
  met: 'good',
  declared: 'good',
  unknown: 'quiet',
  'not-met': 'bad',
};
const OUTCOMES: readonly PlanSOutcome[] = ['met', 'declared', 'not-met', 'unknown'];
const WEIGHTS: readonly Weight[] = ['mandatory', 'recommended'];

/** How the institution's repository stands by each requirement of Plan S. */
export function planSPage(view: View, report: PlanSReport): string {
  const { t } = view;
  const words = t.planS;
  const main = html` <p class="kicker"><a href="${view.link('/assessments')}">${t.assessments.title}</a></p>
    <h1>${words.name}</h1>
    <p class="lede">${words.lede}</p>
    <p>
      <a href="${PLAN_S_DESCRIBED}">${words.described}</a> ·
      <a href="${view.link(PLAN_S_RECORDS.path)}">${words.recordsLink}</a> ·
      <a href="${view.link(PLAN_S, { format: 'csv' })}">${words.table}</a>
    </p>
    ${WEIGHTS.map((weight) => {
      const those = report.requirements.filter(({ requirement }) => requirement.weight === weight);
      return html`<section aria-labelledby="${weight}">
        <h2 id="${weight}">${words.weights[weight]}</h2>
        <dl class="figures">${OUTCOMES.map((outcome) => countOf(view, those, outcome))}</dl>
        ${those.map((result) => requirementPart(view, result))}
      </section>`;
    })}
    ${availabilitySection(view, report)}`;
  return layout(view, { title: words.name, main, hasData: true });
}

function countOf({ t, locale }: View, those: readonly RequirementResult[], outcome: PlanSOutcome): HtmlValue {
  const count = those.filter((result) => result.outcome === outcome).length;
  if (count === 0) return undefined;
  return html`<div>
    <dt>${t.planS.outcomes[outcome]}</dt>
    <dd>${locale.number(count)}</dd>
  </div>`;
}

function requirementPart(view: View, { requirement: { id }, outcome, criteria }: RequirementResult): Html {
  const words = view.t.planS;
  const { name, asks } = words.requirements[id];
  return html`<div class="behaviour">
    <h3 id="${id}">${name} ${sign(view, outcome)}</h3>
    <p>${asks}</p>
    <ul class="plain">
      ${criteria.map((result) => criterionItem(view, result))}
    </ul>
  </div>`;
}

function criterionItem(view: View, result: CriterionResult): Html {
  const { t, locale } = view;
  const words = t.planS;
  const { criterion, outcome, share, evidence } = result;
  const { title, advice } = words.criteria[criterion.id];
  const isOpen = outcome === 'not-met' || outcome === 'unknown';
  return html`<li id="${criterion.id}">
    ${sign(view, outcome)}: ${title}
    ${share !== undefined && html`<strong>${percent(locale, share)}</strong>`}
    ${share !== undefined && html`<span class="aside">${toldThreshold(locale, result)}</span>`}
    ${evidence.map((one) => {
      const { text, quoted, address } = toldEvidence(locale, one);
      return html`<span class="aside"
        >${text} ${quoted !== undefined && html`<q>${quoted}</q>`}
        ${address !== undefined && html`<a href="${contactLink(address)}">${address}</a>`}
        ${one.kind === 'records' && one.failed > 0 && failingLink(view, one)}</span
      >`;
    })}
    ${declared(view, result)} ${isOpen && html`<p><strong>${words.advice}:</strong> ${advice}</p>`}
  </li>`;
}

function sign({ t }: View, outcome: PlanSOutcome): Html {
  return html`<span class="state ${SIGNS[outcome]}">${t.planS.outcomes[outcome]}</span>`;
}

/** Where the records are that fail a rule, or the whole of another assessment. */
function failingLink(view: View, { criterion, failed }: { criterion: string; failed: number }): Html {
  const other = METADATA_PROFILES.find(({ ruleSets }) => ruleSets.some(({ id }) => id === criterion));
  const address =
    other === undefined
      ? view.link(PLAN_S_RECORDS.path, { failing: criterion })
      : view.link(other.path, { failing: 'any' });
  return html`<a href="${address}">${view.t.planS.evidence.failing(failed)}</a>`;
}

function declared({ t, locale }: View, { declaration, isStale }: CriterionResult): HtmlValue {
  if (declaration === undefined) return undefined;
  const { declared: words } = t.planS;
  const { isMet, statement, evidence, date, by } = declaration;
  return html`<blockquote>
    <p><strong>${words.title}:</strong> ${!isMet && words.denied} ${statement}</p>
    <p class="aside">
      ${words.by(by, locale.date(date))}
      ${evidence !== undefined && html` · <a href="${evidence}" rel="nofollow">${words.evidence}</a>`}
    </p>
    ${isStale && html`<p class="aside"><strong>${words.stale}</strong></p>`}
  </blockquote>`;
}
