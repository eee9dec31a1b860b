import {
  DECLARABLE,
  type CriterionId,
  type Declaration,
  type Maintenance,
  type PlanSReport,
} from '../../assessment/index.ts';
import { html } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { field, textArea, tick } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';
import { textOfMaintenance } from './plan-s-form.ts';

const HERE = '/dashboard/assessments/plan-s';
const isMet = { name: 'isMet', type: 'radio' } as const;

/** What the institution says of each criterion that can be declared, with the way to change it. */
export function declarationsPage(
  visit: Visit,
  {
    report,
    maintenance,
    isSaved,
  }: { report: PlanSReport; maintenance: readonly Maintenance[]; isSaved: boolean },
): string {
  const { view, who } = visit;
  const { t } = view;
  const { assessments, save } = messagesIn(view.locale.language);
  const { planS: words } = assessments;
  const main = html`<p class="kicker">
      <a href="${view.link('/dashboard/assessments')}">${assessments.title}</a>
    </p>
    <h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    ${isSaved && html`<p class="notice" role="status">${words.saved}</p>`}
    <p><a href="${view.link('/assessments/plan-s')}">${assessments.whole}</a></p>
    <ul class="plain">
      ${report.requirements
        .flatMap(({ criteria }) => criteria)
        .filter(({ criterion: { id } }) => DECLARABLE.includes(id))
        .map(({ criterion: { id }, outcome, declaration, isStale }) => {
          const { title } = t.planS.criteria[id];
          return html`<li>
            ${title} <span class="aside">${t.planS.outcomes[outcome]}</span>
            ${declaration !== undefined && html`<span class="aside">${declaration.statement}</span>`}
            ${isStale && html`<span class="aside"><strong>${t.planS.declared.stale}</strong></span>`}
            <a href="${view.link(`${HERE}/${id}`)}">${words.edit}<span class="unseen">: ${title}</span></a>
          </li>`;
        })}
    </ul>
    <section aria-labelledby="maintenance-heading">
      <h2 id="maintenance-heading">${words.maintenance}</h2>
      <form class="sheet" method="post" action="${view.link(HERE)}">
        ${formToken(who)}
        ${textArea({
          id: 'maintenance',
          label: words.maintenance,
          value: textOfMaintenance(maintenance),
          maxlength: 20_000,
          hint: words.maintenanceHint,
        })}
        <button>${save}</button>
      </form>
    </section>`;
  return dashboardLayout(view, who, { title: words.title, main });
}

/** One criterion as a form. @param today `YYYY-MM-DD`, for what was not said yet */
export function declarationPage(
  visit: Visit,
  { id, declaration, today }: { id: CriterionId; declaration: Declaration | undefined; today: string },
): string {
  const { view, who } = visit;
  const { assessments, save } = messagesIn(view.locale.language);
  const { planS: words } = assessments;
  const { title, advice } = view.t.planS.criteria[id];
  const main = html`<p class="kicker">
      <a href="${view.link('/dashboard/assessments')}">${assessments.title}</a> ·
      <a href="${view.link(HERE)}">${words.back}</a>
    </p>
    <h1>${title}</h1>
    <p class="lede">${advice}</p>
    <form class="sheet" method="post" action="${view.link(`${HERE}/${id}`)}">
      ${formToken(who)}
      <fieldset>
        <legend>${words.isMet}</legend>
        ${tick({ ...isMet, id: 'is-met-yes', value: 'yes', label: words.yes, isChecked: declaration?.isMet ?? true })}
        ${tick({ ...isMet, id: 'is-met-no', value: 'no', label: words.no, isChecked: declaration?.isMet === false })}
      </fieldset>
      ${textArea({ id: 'statement', label: words.statement, value: declaration?.statement ?? '', maxlength: 2_000 })}
      ${field({
        id: 'evidence',
        label: words.evidence,
        type: 'url',
        value: declaration?.evidence,
        isRequired: false,
        maxlength: 2_000,
      })}
      ${field({ id: 'date', label: words.date, type: 'date', value: declaration?.date ?? today })}
      ${field({ id: 'by', label: words.by, value: declaration?.by, hint: words.byHint, maxlength: 100, isRequired: false })}
      <button name="do" value="save">${save}</button>
      ${declaration !== undefined && html`<button class="quiet" name="do" value="take-back">${words.takeBack}</button>`}
    </form>`;
  return dashboardLayout(view, who, { title: words.editOf(title), main });
}
