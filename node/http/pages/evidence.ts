import type { Identifier } from '../../../vocab/record.ts';
import type { Evidence, Why } from '../../analysis/duplicates/index.ts';
import { html, join, type HtmlValue } from './html.ts';
import { schemeName } from './record-facts.ts';
import type { View } from './view.ts';

/** The weightiest things that two records have in common; the rest adds little. */
const MOST = 4;

/** What shows that a record is of the same work as another, in words. */
export function evidenceLine(view: View, why: Why | undefined): HtmlValue {
  if (why === undefined) return undefined;
  const { statement } = why;
  if (statement !== undefined)
    return html`<p class="reason">${view.t.works.evidence.statement[statement]}</p>`;
  const reasons = reasonsInWords(view, why);
  if (reasons.length === 0) return undefined;
  return html`<p class="reason">${view.t.work.why} ${join(reasons, '; ')}</p>`;
}

function reasonsInWords(view: View, why: Why): string[] {
  return why.path === undefined ? reasonsFor(view, why) : [view.t.works.evidence.through];
}

/** What speaks for two records being of one work, what weighs most first. */
export function reasonsFor(view: View, { evidence }: Why): string[] {
  const speaking = evidence.filter(({ bits }) => bits > 0).sort((a, b) => b.bits - a.bits);
  return speaking.slice(0, MOST).map((one) => inWords(view, one));
}

/** What speaks against it, what weighs most first. */
export function reasonsAgainst(view: View, { evidence, vetoes }: Why): string[] {
  const speaking = evidence.filter(({ bits }) => bits < 0).sort((a, b) => a.bits - b.bits);
  const words = [
    ...vetoes.map(({ veto }) => view.t.works.evidence.vetoes[veto]),
    ...speaking.map((one) => inWords(view, one)),
  ];
  return words.slice(0, MOST);
}

function inWords(view: View, { feature, level, of }: Evidence): string {
  const levels: Readonly<Record<string, string>> = view.t.works.evidence.levels[feature];
  const words = levels[level] ?? level;
  return feature === 'identifiers' && of !== undefined ? `${words} (${identifierText(of[0])})` : words;
}

/** `doi:10.1/x` as people write it. */
function identifierText(text: string): string {
  const [, scheme = '', value = ''] = /^([a-z]+):(.+)$/.exec(text) ?? [];
  return isScheme(scheme) ? `${schemeName(scheme)} ${value}` : text;
}

function isScheme(text: string): text is Identifier['scheme'] {
  return ['doi', 'handle', 'urn', 'isbn', 'pmid', 'arxiv', 'url'].includes(text);
}
