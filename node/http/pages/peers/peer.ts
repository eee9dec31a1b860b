import type { PeerView, SignedOnce } from '../../../federation/index.ts';
import { shortNodeId } from '../../peers/institutions.ts';
import { html, type Html, type HtmlValue } from '../html.ts';
import { outsideLink } from '../record-labels.ts';
import type { View } from '../view.ts';
import { reasonOf } from './refusals.ts';

/** What is known of one node, as an item of a list. @param below what comes last */
export function peerItem(view: View, peer: PeerView, below?: HtmlValue): Html {
  const words = view.t.peers;
  const connection = peer.self ? words.self : peer.connected ? words.connected : words.notConnected;
  const facts: [string, HtmlValue][] = [
    [words.records, records(view, peer)],
    ...(peer.self ? [] : others(view, peer)),
    [words.networks, peer.networks.join(', ')],
    [words.node, html`<code title="${peer.node}">${shortNodeId(peer.node)}</code>`],
  ];
  return html`<li class="peer">
    <h3>${outsideLink(peer.base, peer.name ?? shortNodeId(peer.node))}</h3>
    <p class="badges">
      <span class="state ${peer.connected ? 'good' : 'quiet'}">${connection}</span>
      ${!peer.self && html`<span class="badge ${peer.followed ? 'open' : ''}">${peer.followed ? words.followed : words.notFollowed}: ${words.why[peer.why]}</span>`}
    </p>
    ${peer.cutOff && html`<p class="warning">${words.cutOff}</p>`} ${quarantine(view, peer)}
    ${clock(view, peer)}
    <dl class="facts">
      ${facts.map(
        ([label, value]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${below}
  </li>`;
}

function clock({ t }: View, { clockAheadSeconds: seconds }: PeerView): Html | undefined {
  if (seconds === undefined) return undefined;
  const minutes = Math.round(Math.abs(seconds) / 60);
  return html`<p class="warning">
    ${seconds > 0 ? t.peers.clockAhead(minutes) : t.peers.clockBehind(minutes)}
  </p>`;
}

function others(view: View, peer: PeerView): [string, HtmlValue][] {
  const words = view.t.peers;
  const size = (bytes: number): string => view.locale.size(bytes);
  return [
    [words.lag, lag(view, peer)],
    [words.domain, proof(view, peer)],
    [words.lastContact, peer.lastContact === undefined ? words.never : timeOf(view, peer.lastContact)],
    [words.traffic, words.receivedAndSent(size(peer.received), size(peer.sent))],
    [words.refused, refusals(view, peer)],
  ];
}

function records(view: View, { node, records, bytes, complete, followed }: PeerView): Html {
  const { t, locale } = view;
  const text = `${locale.number(records)} (${locale.size(bytes)})`;
  const extent = complete ? t.peers.complete : t.peers.incomplete;
  return html`<a href="${view.link('/records', { origin: node })}">${text}</a
    >${(complete || followed) && html` <span class="aside">${extent}</span>`}`;
}

function lag(view: View, { followed, lag, headTime }: PeerView): Html {
  const words = view.t.peers;
  const text = !followed ? '–' : lag === 0 ? words.upToDate : words.changes(lag);
  return html`${text}${headTime !== undefined && html` <span class="aside">${words.headOf(view.locale.minute(headTime))}</span>`}`;
}

function proof({ t, locale }: View, { proof = 'unchecked', provedAt }: PeerView): string {
  if (proof === 'proved' && provedAt !== undefined) return t.peers.provedSince(locale.day(provedAt));
  return t.peers.proof[proof];
}

function timeOf({ locale }: View, time: number): Html {
  return html`<time datetime="${new Date(time).toISOString()}">${locale.minute(time)}</time>`;
}

function refusals({ t, locale }: View, { refused }: PeerView): HtmlValue {
  if (refused.length === 0) return t.peers.nothingRefused;
  return html`<ul class="plain">
    ${refused.map(
      ({ code, count }) =>
        html`<li>${`${locale.number(count)} × ${t.peers.reasons[reasonOf(code)]}`} <code>${code}</code></li>`,
    )}
  </ul>`;
}

function quarantine(view: View, { fork }: PeerView): HtmlValue {
  if (fork === undefined) return undefined;
  const words = view.t.peers;
  return html`<div class="warning">
    <p><strong>${words.quarantine}.</strong> ${words.twoHistories(view.locale.number(fork.seq))}</p>
    <ul>
      ${fork.signed.map((one) => html`<li>${signedText(view, one)} <code>${shortDigest(one.digest)}</code></li>`)}
    </ul>
  </div>`;
}

function signedText({ t, locale }: View, { time, live, record, change }: SignedOnce): string {
  const at = locale.minute(time);
  return record === undefined
    ? t.peers.signedState(t.peers.changes(live ?? 0), at)
    : t.peers.signedChange(change ?? '', record, at);
}

function shortDigest(digest: string): string {
  return `…${digest.slice(-12)}`;
}
