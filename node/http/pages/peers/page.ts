import type { PeerView } from '../../../federation/index.ts';
import { PEER_STATES, type PeersData } from '../../peers/listed-peers.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import { layout } from '../layout.ts';
import { networkMap } from '../map/network-map.ts';
import { pagination } from '../pagination.ts';
import type { View } from '../view.ts';
import { peerItem } from './peer.ts';

/** The nodes that this one knows: who they are, whether they are heard, how far their records are here, and what is wrong. */
export function peersPage(view: View, data: PeersData): string {
  const { t, site } = view;
  const words = t.peers;
  const main = html` <h1>${words.title}</h1>
    <p class="lede">${words.text(site.networks.join(', '))}</p>
    ${data.page === 1 && networkMap(view, data.onMap)} ${peersSection(view, data)}`;
  return layout(view, { title: words.title, main, hasData: true });
}

/** The nodes one by one, with the form that chooses among them. @param below what comes last of a node */
export function peersSection(
  view: View,
  data: PeersData,
  below: (peer: PeerView) => HtmlValue = () => undefined,
): Html {
  const { t } = view;
  const words = t.peers;
  const { peers, page, hasMore } = data;
  return html`<section aria-labelledby="peers">
    <h2 id="peers">${words.list}</h2>
    ${filter(view, data)}
    ${
      peers.length === 0
        ? html`<p>${words.none}</p>`
        : html`<ul class="peers">
            ${peers.map((peer) => peerItem(view, peer, below(peer)))}
          </ul>`
    }
    ${pagination(view, {
      ...(page === 1 ? {} : { previous: { address: view.here({ page: page - 1 }), label: t.previous } }),
      ...(hasMore ? { next: { address: view.here({ page: page + 1 }), label: t.next } } : {}),
    })}
  </section>`;
}

function filter(view: View, { networks, chosen }: PeersData): Html {
  const words = view.t.peers;
  const option = (value: string, label: string, isChosen: boolean): Html =>
    html`<option value="${value}" ${isChosen && html`selected`}>${label}</option>`;
  return html`<form class="filter" action="${view.action(view.path)}" method="get">
    ${
      networks.length > 1 &&
      html`<label for="network">${words.network}</label>
        <select id="network" name="network">
          ${option('', words.everyNetwork, chosen.network === undefined)}
          ${networks.map((name) => option(name, name, name === chosen.network))}
        </select>`
    }
    <label for="state">${words.show}</label>
    <select id="state" name="state">
      ${PEER_STATES.map((state) => option(state, words.states[state], state === chosen.state))}
    </select>
    ${view.chosen !== undefined && html`<input type="hidden" name="lang" value="${view.chosen}" />`}
    <button type="submit">${words.button}</button>
  </form>`;
}
