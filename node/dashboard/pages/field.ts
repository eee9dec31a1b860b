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
}

/** A labelled field of a form. Its name is its id. */
export function field({
  id,
  label,
  type = 'text',
  value,
  hint,
  autocomplete,
  isRequired = true,
  maxlength = 300,
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
      ${hint !== undefined && html`aria-describedby="${id}-hint"`}
    />
    ${hint !== undefined && html`<span class="aside" id="${id}-hint">${hint}</span>`}
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
