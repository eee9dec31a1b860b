import type { Identifier } from '../../../vocab/record.ts';
import { html, join, type HtmlValue } from './html.ts';
import { layout } from './layout.ts';
import { schemeName } from './record-facts.ts';
import { titleHtml, titleText } from './record-labels.ts';
import { recordLine, type HeldItem } from './record-line.ts';
import type { View } from './view.ts';

export interface WorkData {
  /** The one to show the work by comes first. */
  copies: readonly [WorkCopy, ...WorkCopy[]];
}

export interface WorkCopy extends HeldItem {
  /** What joins it to another copy: `doi:10.1/x`, `title+author+year:…`. */
  evidence: readonly string[];
}

/** One work and all records of it, with what shows that they are of the same work. */
export function workPage(view: View, { copies }: WorkData): string {
  const { work } = view.t;
  const [{ holding }] = copies;
  const main = html` ${copies.length > 1 && html`<p class="kicker">${work.title} · ${work.count(copies.length)}</p>`}
    <h1>${titleHtml(view, holding)}</h1>
    <p>${copies.length > 1 ? work.text : work.none}</p>
    <h2 class="unseen">${view.t.records}</h2>
    <ul class="records">
      ${copies.map((copy) => recordLine(view, copy, { below: evidenceLine(view, copy.evidence) }))}
    </ul>`;
  return layout(view, { title: titleText(view, holding), main, hasData: true });
}

function evidenceLine(view: View, evidence: readonly string[]): HtmlValue {
  if (evidence.length === 0) return undefined;
  const reasons = [...new Set(evidence.map((key) => inWords(view, key)))];
  return html`<p class="reason">${view.t.work.why} ${join(reasons, '; ')}</p>`;
}

/** `doi:10.1/x` names a scheme and an identifier; keys of several parts are of the title, first author and year. */
function inWords(view: View, key: string): string {
  const { work } = view.t;
  const colon = key.indexOf(':');
  const [kind, value] = [key.slice(0, colon), key.slice(colon + 1)];
  return isScheme(kind) ? work.sameIdentifier(`${schemeName(kind)} ${value}`) : work.sameTitle;
}

function isScheme(kind: string): kind is Identifier['scheme'] {
  return ['doi', 'handle', 'urn', 'isbn', 'issn', 'pmid', 'arxiv', 'url'].includes(kind);
}
