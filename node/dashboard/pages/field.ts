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
  return html`<p class="form-field">
    <label for="${id}">${label}</label>
    <input
      id="${id}"
      name="${id}"
      type="${type}"
      value="${value ?? ''}"
      maxlength="${maxlength}"
      ${isRequired && html`required`}
      ${autocomplete !== undefined && html`autocomplete="${autocomplete}"`}
      ${described(id, { hint, fault })}
    />
    ${notes(id, { hint, fault })}
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
