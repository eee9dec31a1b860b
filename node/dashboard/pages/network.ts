import { may } from '../../accounts/index.ts';
import { html, networkMap, peersSection, type HtmlValue, type PeersData } from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { dashboardLayout, formToken } from './layout.ts';

interface NetworkData {
  /** How many nodes, of those that are known beside this one. */
  counts: Readonly<Record<'known' | 'connected' | 'followed' | 'troubled' | 'records', number>>;
  listed: PeersData;
}

/** The other nodes: who is followed and why, how far their records are here, and what was refused of them. */
export function networkPage(visit: Visit, { counts, listed }: NetworkData): string {
  const { view, who } = visit;
  const { network: words } = messagesIn(view.locale.language);
  const figures = ['known', 'connected', 'followed', 'troubled', 'records'] as const;
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    <dl class="figures">
      ${figures.map(
        (figure) =>
          html`<div>
            <dt>${words[figure]}</dt>
            <dd>${view.locale.number(counts[figure])}</dd>
          </div>`,
      )}
    </dl>
    ${listed.page === 1 && networkMap(view, listed.onMap)}
    <p><a href="${view.link('/peers')}">${words.publicPage}</a></p>
    ${peersSection(view, listed, (peer) => forgiveForm(visit, peer))}`;
  return dashboardLayout(view, who, { title: words.title, main });
}

/** Ends the quarantine of a node that has told two histories. */
function forgiveForm(
  { view, who }: Visit,
  { fork, node, name = node }: PeersData['peers'][number],
): HtmlValue {
  if (fork === undefined || !may(who.person.role, 'settings')) return undefined;
  const { network: words } = messagesIn(view.locale.language);
  return html`<form class="acts" method="post" action="${view.link('/dashboard/network/forgive')}">
    ${formToken(who)}<input type="hidden" name="node" value="${node}" />
    <p class="aside">${words.forgiveText}</p>
    <button class="quiet" aria-label="${words.forgiveOf(name)}">${words.forgive}</button>
  </form>`;
}
