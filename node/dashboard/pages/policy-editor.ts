import {
  policyCodes,
  policyElements,
  type Policy,
  type PolicyElement,
} from '../../../vocab/oa-policy/index.ts';
import { html, type Html } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { field, textArea, tick } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';

/** The institution's policy as a form: each element with its codes, and room for words. */
export function policyEditorPage(
  visit: Visit,
  { policy, isSaved }: { policy: Policy | undefined; isSaved: boolean },
): string {
  const { view, who } = visit;
  const { policy: words } = messagesIn(view.locale.language);
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    ${isSaved && html`<p class="notice" role="status">${words.saved}</p>`}
    <p><a href="${view.link('/policy')}">${words.see}</a></p>
    <form class="sheet" method="post" action="${view.link('/dashboard/policy')}">
      ${formToken(who)}
      ${policyElements.map((element) => elementFields(visit, element, policy?.elements[element]))}
      ${field({ id: 'url', label: words.url, type: 'url', value: policy?.url, isRequired: false, maxlength: 2_000 })}
      ${field({ id: 'since', label: words.since, type: 'date', value: policy?.since, isRequired: false })}
      <button>${words.save}</button>
    </form>`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function elementFields(
  { view }: Visit,
  element: PolicyElement,
  stated: Policy['elements'][PolicyElement],
): Html {
  const { policy: words } = messagesIn(view.locale.language);
  const { policy: names } = view.t;
  return html`<fieldset>
    <legend>${names.elements[element]}</legend>
    ${tick({ id: `element-${element}`, name: 'element', value: element, label: words.states, isChecked: stated !== undefined })}
    ${policyCodes[element].map(({ code, label }) =>
      tick({
        id: `code-${code}`,
        name: 'code',
        value: code,
        label: names.codes[code] ?? label,
        isChecked: stated?.codes.includes(code) ?? false,
      }),
    )}
    ${textArea({
      id: `statement-${element}`,
      label: words.own,
      value: stated?.statement ?? '',
      rows: 3,
      maxlength: 4_000,
    })}
  </fieldset>`;
}

/** The policy that a form tells. A code or words state the element also where its own box was not ticked. */
export function policyOfForm(fields: URLSearchParams): unknown {
  const codes = fields.getAll('code');
  const ticked = new Set(fields.getAll('element'));
  const elements: Record<string, unknown> = {};
  for (const element of policyElements) {
    const own = policyCodes[element].map(({ code }) => code).filter((code) => codes.includes(code));
    const statement = (fields.get(`statement-${element}`) ?? '').replaceAll('\r\n', '\n').trim();
    if (!ticked.has(element) && own.length === 0 && statement === '') continue;
    elements[element] = { codes: own, ...(statement !== '' && { statement }) };
  }
  const url = (fields.get('url') ?? '').trim();
  const since = (fields.get('since') ?? '').trim();
  return { elements, ...(url !== '' && { url }), ...(since !== '' && { since }) };
}
