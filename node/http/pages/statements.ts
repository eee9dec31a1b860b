import type { Statement } from '../../statements/index.ts';
import type { HeldItem } from '../records/held-items.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';
import { pagination } from './pagination.ts';
import { titleHtml } from './record-labels.ts';
import { holderLink } from './record-line.ts';
import type { View } from './view.ts';

interface StatementsData {
  statements: readonly Statement[];
  /** Those of the records that are held. */
  items: ReadonlyMap<string, HeldItem>;
  /** Where the next page begins. */
  next: string | undefined;
}

/** What the manager says of records that are of one work, or are not. */
export function statementsPage(view: View, { statements, items, next }: StatementsData): string {
  const { statements: words } = view.t.works;
  const main = html`<h1>${words.title}</h1>
    <p>${words.text}</p>
    ${
      statements.length === 0
        ? html`<p>${words.none}</p>`
        : html`<ul class="records">
            ${statements.map((statement) => statementLine(view, statement, items))}
          </ul>`
    }
    ${pagination(view, next === undefined ? {} : { next: { address: view.here({ after: next }), label: words.next } })}`;
  return layout(view, { title: words.title, main, hasData: true, isIndexed: false });
}

function statementLine(
  view: View,
  { records, says, at }: Statement,
  items: ReadonlyMap<string, HeldItem>,
): Html {
  const { statements: words } = view.t.works;
  return html`<li class="record">
    <h3>${words[says]}</h3>
    <ul class="plain">
      ${records.map((key) => html`<li>${recordLink(view, key, items.get(key))}</li>`)}
    </ul>
    <p class="facts">${words.by(view.locale.day(at))}</p>
  </li>`;
}

function recordLink(view: View, key: string, item: HeldItem | undefined): Html {
  const address = view.link(`/records/${key}`);
  if (item === undefined) return html`<a href="${address}">${key}</a>`;
  return html`<a href="${address}">${titleHtml(view, item.holding)}</a>
    <span class="aside">${holderLink(view, item.institution)}</span>`;
}
