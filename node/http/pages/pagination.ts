import { html, type Html, type HtmlValue } from './html.ts';
import type { View } from './view.ts';

/** Links to the pages before and after this one, where there are such. */
export function pagination(
  view: View,
  { previous, next, here }: { previous?: PageLink; next?: PageLink; here?: string },
): HtmlValue {
  if (previous === undefined && next === undefined) return undefined;
  return html`<nav class="pages" aria-label="${view.t.pagination}">
    <ul>
      ${previous !== undefined && html`<li>${pageLink(previous, 'prev')}</li>`}
      ${here !== undefined && html`<li aria-current="page">${here}</li>`}
      ${next !== undefined && html`<li>${pageLink(next, 'next')}</li>`}
    </ul>
  </nav>`;
}

interface PageLink {
  address: string;
  label: string;
}

function pageLink({ address, label }: PageLink, rel: 'prev' | 'next'): Html {
  return html`<a rel="${rel}" href="${address}">${label}</a>`;
}
