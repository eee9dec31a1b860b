import type { AuditEntry } from '../../accounts/index.ts';
import { html, type Html } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { dashboardLayout } from './layout.ts';

/** Who did what. @param data.next where the earlier entries begin */
export function auditPage(
  visit: Visit,
  { entries, next }: { entries: readonly AuditEntry[]; next: string | undefined },
): string {
  const { view, who } = visit;
  const { audit: words } = messagesIn(view.locale.language);
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    ${entries.length === 0 ? html`<p>${words.none}</p>` : auditTable(visit, entries)}
    ${next !== undefined && html`<p><a href="${view.here({ before: next })}" rel="next">${words.earlier}</a></p>`}`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function auditTable({ view }: Visit, entries: readonly AuditEntry[]): Html {
  const { audit: words, actions } = messagesIn(view.locale.language);
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.title}">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.when}</th>
          <th scope="col">${words.who}</th>
          <th scope="col">${words.what}</th>
          <th scope="col">${words.on}</th>
        </tr>
      </thead>
      <tbody>
        ${entries.map(
          ({ at, name, action, on, refused }) =>
            html`<tr>
              <td><time datetime="${new Date(at).toISOString()}">${view.locale.minute(at)}</time></td>
              <td>${name ?? words.nobody}</td>
              <td>
                ${actions[action] ?? action}${refused !== undefined && html` (${words.refused(refused)})`}
              </td>
              <td>${on}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
