import type { UseReport } from '../../usage/index.ts';
import { html, type Html } from '../html.ts';
import { hiddenFields } from '../search-facets.ts';
import type { View } from '../view.ts';

/** So many years can be chosen by name; any others by their months. */
const MOST_YEARS = 30;

/** Chooses the months that are shown, by a plain form; and says which they are. */
export function periodForm(view: View, { period, first: earliest }: UseReport, now: number): Html {
  const { period: words } = view.t.use;
  const { choice, from, to } = period;
  const thisYear = new Date(now).getUTCFullYear();
  const count = Math.min(MOST_YEARS, Math.max(1, thisYear - Number(earliest.slice(0, 4)) + 1));
  const years = Array.from({ length: count }, (_, i) => String(thisYear - i));
  if (/^\d{4}$/.test(choice) && !years.includes(choice)) years.push(choice);
  const options: (readonly [value: string, label: string])[] = [
    ['last-12', words.lastYear],
    ...years.map((year) => [year, year] as const),
    ['all', words.all],
  ];
  const isBetween = choice === 'between';
  const [first, last] = [view.locale.date(from), view.locale.date(to)];
  const shown = from === to ? first : words.between(first, last);
  return html`<form class="period" action="${view.action(view.path)}" method="get">
      <div>
        <label for="period">${words.title}</label>
        <select id="period" name="period">
          ${options.map(([value, label]) => html`<option value="${value}" ${value === choice && html` selected`}>${label}</option>`)}
        </select>
      </div>
      <p class="or">${words.orBetween}</p>
      ${monthField('from', words.from, isBetween ? from : '', words.form)}
      ${monthField('to', words.to, isBetween ? to : '', words.form)} ${hiddenFields({ lang: view.chosen })}
      <button type="submit">${words.button}</button>
    </form>
    <p><strong>${words.title}: ${shown}</strong></p>`;
}

/** Browsers without a calendar of months show a field for text; its form is said below it. */
function monthField(name: string, label: string, value: string, form: string): Html {
  return html`<div>
    <label for="${name}">${label} <span class="aside">${form}</span></label>
    <input
      type="month"
      id="${name}"
      name="${name}"
      value="${value}"
      min="1990-01"
      pattern="[0-9]{4}-[0-9]{2}"
      maxlength="7"
      size="8"
    />
  </div>`;
}
