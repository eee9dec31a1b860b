import { html, type Html, type HtmlValue } from '../../http/index.ts';

export interface Field {
  id: string;
  label: string;
  type?: 'text' | 'email' | 'password' | 'url' | 'date';
  value?: string | undefined;
  hint?: string;
  autocomplete?: string;
  isRequired?: boolean;
  maxlength?: number;
  /** What is wrong with what was sent. */
  fault?: string | undefined;
}

/** A labelled field of a form, with what is wrong in it beside it. Its name is its id. */
export function field({
  id,
  label,
  type = 'text',
  value,
  hint,
  autocomplete,
  isRequired = true,
  maxlength = 300,
  fault,
}: Field): Html {
  const input = html`<input
    id="${id}"
    name="${id}"
    type="${type}"
    value="${value ?? ''}"
    maxlength="${maxlength}"
    ${isRequired && html`required`}
    ${autocomplete !== undefined && html`autocomplete="${autocomplete}"`}
    ${described(id, { hint, fault })}
  />`;
  return labelled({ id, label, hint, fault }, input);
}

/** A labelled field for several lines. */
export function textArea({
  id,
  label,
  value,
  rows = 4,
  maxlength,
  hint,
  fault,
}: Pick<Field, 'id' | 'label' | 'hint' | 'fault'> & {
  value: string;
  rows?: number;
  maxlength: number;
}): Html {
  // What follows the tag on its line is shown but for the first line end, so the text begins on the next.
  const area = html`<textarea
    id="${id}"
    name="${id}"
    rows="${rows}"
    maxlength="${maxlength}"
    ${described(id, { hint, fault })}
  >
${value}</textarea>`;
  return labelled({ id, label, hint, fault }, area);
}

function labelled({ id, label, hint, fault }: Notes & { id: string; label: string }, input: Html): Html {
  return html`<p class="form-field">
    <label for="${id}">${label}</label>
    ${input} ${notes(id, { hint, fault })}
  </p>`;
}

interface Notes {
  hint?: string | undefined;
  fault?: string | undefined;
}

/** Attributes by which those who hear the page hear of what stands beside a field. */
export function described(id: string, { hint, fault }: Notes): HtmlValue {
  if (hint === undefined && fault === undefined) return undefined;
  const ids = [
    ...(fault === undefined ? [] : [`${id}-fault`]),
    ...(hint === undefined ? [] : [`${id}-hint`]),
  ];
  return html`aria-describedby="${ids.join(' ')}" ${fault !== undefined && html`aria-invalid="true"`}`;
}

/** What stands beside a field. */
export function notes(id: string, { hint, fault }: Notes): HtmlValue {
  return [
    fault !== undefined && html`<strong class="fault" id="${id}-fault">${fault}</strong>`,
    hint !== undefined && html`<span class="aside" id="${id}-hint">${hint}</span>`,
  ];
}

/** A box to be ticked, or with `type` one of several of which one is chosen. */
export function tick({
  id,
  name,
  value = 'yes',
  label,
  type = 'checkbox',
  isChecked = false,
}: {
  id: string;
  name: string;
  value?: string;
  label: string;
  type?: 'checkbox' | 'radio';
  isChecked?: boolean;
}): Html {
  return html`<p class="check">
    <input type="${type}" id="${id}" name="${name}" value="${value}" ${isChecked && html`checked`} />
    <label for="${id}">${label}</label>
  </p>`;
}

export interface Choice {
  value: string;
  label: string;
}

/** A labelled choice of one. @param options.isUnseen the label is for those who hear the page only */
export function choice(
  {
    name,
    id = name,
    label,
    isUnseen = false,
  }: { name: string; id?: string; label: HtmlValue; isUnseen?: boolean },
  choices: readonly Choice[],
  chosen: string,
): Html {
  return html`<label for="${id}" ${isUnseen && html`class="unseen"`}>${label}</label>
    <select id="${id}" name="${name}">
      ${choices.map(
        ({ value, label: text }) =>
          html`<option value="${value}" ${value === chosen && html`selected`}>${text}</option>`,
      )}
    </select>`;
}
