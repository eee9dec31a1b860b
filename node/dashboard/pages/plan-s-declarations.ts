import {
  DECLARABLE,
  type CriterionId,
  type Declaration,
  type Maintenance,
  type PlanSReport,
} from '../../assessment/index.ts';
import { html, type Html } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { field } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';

const HERE = '/dashboard/assessments/plan-s';

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
        <p class="form-field">
          <label for="maintenance">${words.maintenance}</label>
          <textarea
            id="maintenance"
            name="maintenance"
            rows="4"
            maxlength="20000"
            aria-describedby="maintenance-hint"
          >
${maintenance.map(lineOf).join('\n')}</textarea>
          <span class="aside" id="maintenance-hint">${words.maintenanceHint}</span>
        </p>
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
        ${radio({ value: 'yes', label: words.yes, isChecked: declaration?.isMet ?? true })}
        ${radio({ value: 'no', label: words.no, isChecked: declaration?.isMet === false })}
      </fieldset>
      <p class="form-field">
        <label for="statement">${words.statement}</label>
        <textarea id="statement" name="statement" rows="4" maxlength="2000">
${declaration?.statement ?? ''}</textarea>
      </p>
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

function radio({ value, label, isChecked }: { value: string; label: string; isChecked: boolean }): Html {
  return html`<p class="check">
    <input type="radio" id="is-met-${value}" name="isMet" value="${value}" ${isChecked && html`checked`} />
    <label for="is-met-${value}">${label}</label>
  </p>`;
}

/** What a form says of a criterion, still to be checked. */
export function declarationOfForm(fields: URLSearchParams): unknown {
  const text = (name: string): string => (fields.get(name) ?? '').replaceAll('\r\n', '\n').trim();
  const evidence = text('evidence');
  return {
    isMet: fields.get('isMet') === 'yes',
    statement: text('statement'),
    ...(evidence !== '' && { evidence }),
    date: text('date'),
    by: text('by'),
  };
}

const MOMENT = String.raw`(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(?::00(?:\.000)?)?Z?`;
const LINE = new RegExp(`^${MOMENT}\\s+(?:to|–|-)\\s+${MOMENT}$`);

/** The lines of the form, still to be checked. What is no such line stays as it is, for the check to refuse. */
export function maintenanceOfForm(fields: URLSearchParams): unknown[] {
  const lines = (fields.get('maintenance') ?? '').split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [, fromDay, fromTime, toDay, toTime] = LINE.exec(line) ?? [];
      return fromDay === undefined
        ? { from: line, to: line }
        : { from: `${fromDay}T${fromTime}:00Z`, to: `${toDay}T${toTime}:00Z` };
    });
}

function lineOf({ from, to }: Maintenance): string {
  const written = (moment: string): string => moment.slice(0, 'YYYY-MM-DDThh:mm'.length).replace('T', ' ');
  return `${written(from)} to ${written(to)}`;
}
