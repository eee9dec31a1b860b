import type { PeerView } from '../../federation/index.ts';
import { shortNodeId } from '../institutions.ts';
import { html, join, type Html, type HtmlValue } from './html.ts';
import { layout } from './layout.ts';
import { pagination } from './pagination.ts';
import { outsideLink } from './record-labels.ts';
import type { View } from './view.ts';

export interface PeersData {
  peers: readonly PeerView[];
  page: number;
  hasMore: boolean;
}

/** The nodes that this one knows: who they are, whether they are heard, and how far their records are here. */
export function peersPage(view: View, { peers, page, hasMore }: PeersData): string {
  const { t, site } = view;
  const words = t.peers;
  const main = html` <h1>${words.title}</h1>
    <p class="lede">${words.text(site.networks.join(', '))}</p>
    <div class="scroll" role="region" aria-label="${words.title}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.institution}</th>
            <th scope="col">${words.node}</th>
            <th scope="col">${words.connection}</th>
            <th scope="col">${words.followed}</th>
            <th scope="col" class="number">${words.records}</th>
            <th scope="col">${words.lag}</th>
            <th scope="col">${words.lastContact}</th>
            <th scope="col">${words.refused}</th>
          </tr>
        </thead>
        <tbody>
          ${peers.map((peer) => peerRow(view, peer))}
        </tbody>
      </table>
    </div>
    ${pagination(view, {
      ...(page === 1 ? {} : { previous: { address: view.here({ page: page - 1 }), label: t.previous } }),
      ...(hasMore ? { next: { address: view.here({ page: page + 1 }), label: t.next } } : {}),
    })}`;
  return layout(view, { title: words.title, main, hasData: true });
}

function peerRow(view: View, peer: PeerView): Html {
  const { t, locale } = view;
  const words = t.peers;
  const connection = peer.self ? words.self : peer.connected ? words.connected : words.notConnected;
  return html`<tr>
    <th scope="row">${outsideLink(peer.base, peer.name ?? shortNodeId(peer.node))}</th>
    <td><code title="${peer.node}">${shortNodeId(peer.node)}</code></td>
    <td><span class="state ${peer.connected ? 'good' : 'quiet'}">${connection}</span></td>
    <td>${peer.followed ? words.yes : words.no} <span class="aside">${words.why[peer.why]}</span></td>
    <td class="number">
      <a href="${view.link('/records', { origin: peer.node })}">${locale.number(peer.records)}</a>
    </td>
    <td>${lagText(view, peer)}</td>
    <td>${lastContact(view, peer)}</td>
    <td>${refusals(view, peer)}</td>
  </tr>`;
}

function lagText({ t }: View, { followed, lag }: PeerView): string {
  if (!followed) return '–';
  return lag === 0 ? t.peers.upToDate : t.peers.behind(lag);
}

function lastContact({ t, locale }: View, { self, lastContact: time }: PeerView): HtmlValue {
  if (self) return undefined;
  return time === undefined
    ? t.peers.never
    : html`<time datetime="${new Date(time).toISOString()}">${locale.minute(time)}</time>`;
}

function refusals({ t, locale }: View, { refused }: PeerView): HtmlValue {
  if (refused.length === 0) return html`<span class="aside">${t.peers.nothingRefused}</span>`;
  return join(
    refused.map(({ code, count }) => html`<code>${code}</code> ${locale.number(count)}`),
    ', ',
  );
}
