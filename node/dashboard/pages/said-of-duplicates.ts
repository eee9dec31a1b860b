import { may } from '../../accounts/index.ts';
import { html, pagination, titleText, type HeldItem, type Html } from '../../http/index.ts';
import type { Statement } from '../../statements/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { choice, field } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';

interface SaidData {
  statements: readonly Statement[];
  /** Those of the records that are held. */
  items: ReadonlyMap<string, HeldItem>;
  /** Where the next page begins. */
  next: string | undefined;
}

/** What was said of records that are of one work, or are not: listed, taken back, and said of any two. */
export function saidOfDuplicatesPage(visit: Visit, { statements, items, next }: SaidData): string {
  const { view, who } = visit;
  const { duplicates: words } = messagesIn(view.locale.language);
  const mayDecide = may(who.person.role, 'decide');
  const main = html`<p class="kicker"><a href="${view.link('/dashboard/duplicates')}">${words.title}</a></p>
    <h1>${words.said}</h1>
    ${
      statements.length === 0
        ? html`<p>${words.saidNone}</p>`
        : html`<ul class="plain people">
            ${statements.map((one) => statementLine(visit, one, { items, mayDecide }))}
          </ul>`
    }
    ${pagination(view, next === undefined ? {} : { next: { address: view.here({ after: next }), label: words.next } })}
    ${mayDecide && sayForm(visit)}`;
  return dashboardLayout(view, who, { title: words.said, main });
}

function statementLine(
  { view, who }: Visit,
  { records, says, at }: Statement,
  { items, mayDecide }: { items: SaidData['items']; mayDecide: boolean },
): Html {
  const { duplicates: words } = messagesIn(view.locale.language);
  const [one, other] = records;
  const titleOf = (key: string): string => {
    const item = items.get(key);
    return item === undefined ? key : titleText(view, item.holding);
  };
  return html`<li>
    <h2>${view.t.works.statements[says]}</h2>
    <ul class="plain">
      ${records.map(
        (key) =>
          html`<li>
            <a href="${view.link(`/records/${key}`)}">${titleOf(key)}</a>
            <span class="aside">${items.get(key)?.institution.name}</span>
          </li>`,
      )}
    </ul>
    <p class="aside">${view.t.works.statements.by(view.locale.day(at))}</p>
    ${
      mayDecide &&
      html`<form class="acts" method="post" action="${view.link('/dashboard/duplicates/take-back')}">
        ${formToken(who)}
        <input type="hidden" name="one" value="${one}" /><input type="hidden" name="other" value="${other}" />
        <button class="quiet" aria-label="${words.of(words.takeBack, titleOf(one), titleOf(other))}">
          ${words.takeBack}
        </button>
      </form>`
    }
  </li>`;
}

function sayForm({ view, who }: Visit): Html {
  const { duplicates: words } = messagesIn(view.locale.language);
  return html`<section aria-labelledby="say">
    <h2 id="say">${words.sayTitle}</h2>
    <p>${words.sayText}</p>
    <form class="sheet" method="post" action="${view.link('/dashboard/duplicates/said')}">
      ${formToken(who)}
      ${field({ id: 'one', label: words.one, hint: words.hint, maxlength: 2_000, autocomplete: 'off' })}
      ${field({ id: 'other', label: words.other, hint: words.hint, maxlength: 2_000, autocomplete: 'off' })}
      <p class="form-field">
        ${choice(
          { name: 'says', label: words.says },
          [
            { value: 'same', label: words.same },
            { value: 'different', label: words.different },
          ],
          'same',
        )}
      </p>
      <button>${messagesIn(view.locale.language).save}</button>
    </form>
  </section>`;
}
