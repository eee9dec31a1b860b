import { isTombstone } from '../../../vocab/record.ts';
import { may } from '../../accounts/index.ts';
import {
  authorsLine,
  html,
  PAIRS_SHOWN,
  pagination,
  reasonsAgainst,
  reasonsFor,
  recordFacts,
  titleHtml,
  titleText,
  type HeldItem,
  type Html,
  type PageToReview,
  type PairsShown,
  type PairToReview,
} from '../../http/index.ts';
import type { Visit } from '../door.ts';
import { messagesIn } from '../messages/index.ts';
import { choice } from './field.ts';
import { dashboardLayout, formToken } from './layout.ts';

interface DuplicatesData extends PageToReview {
  which: PairsShown;
  page: number;
}

/** Pairs of records to look through: side by side, with what speaks for and against their being of one work. */
export function duplicatesPage(visit: Visit, data: DuplicatesData): string {
  const { view, who } = visit;
  const { duplicates: words } = messagesIn(view.locale.language);
  const { pairs, which, total, isCutOff, page, hasMore } = data;
  const labels = { all: words.whichAll, across: words.whichAcross, within: words.whichWithin };
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.text}</p>
    <form class="acts" method="get" action="${view.action('/dashboard/duplicates')}">
      ${choice(
        { name: 'which', label: words.which },
        PAIRS_SHOWN.map((one) => ({ value: one, label: labels[one] })),
        which,
      )}
      ${view.chosen !== undefined && html`<input type="hidden" name="lang" value="${view.chosen}" />`}
      <button>${words.show}</button>
    </form>
    <p>
      ${total > 0 && words.count(view.locale.number(total))}
      ${isCutOff && html` <span class="aside">${words.most(view.locale.number(total))}</span>`}
      <a href="${view.link('/dashboard/duplicates/said')}">${words.said}</a>
    </p>
    ${
      pairs.length === 0
        ? html`<p>${words.none}</p>`
        : html`<ul class="plain people">
            ${pairs.map((pair) => pairLine(visit, pair, data))}
          </ul>`
    }
    ${pagination(view, {
      ...(page > 1 && { previous: { address: view.here({ page: page - 1 }), label: words.earlierPage } }),
      ...(hasMore && { next: { address: view.here({ page: page + 1 }), label: words.next } }),
    })}`;
  return dashboardLayout(view, who, { title: words.title, main });
}

function pairLine(visit: Visit, { items, why }: PairToReview, data: DuplicatesData): Html {
  const { view, who } = visit;
  const { duplicates: words } = messagesIn(view.locale.language);
  const against = reasonsAgainst(view, why);
  return html`<li>
    <div class="pair">${items.map((item) => record(visit, item))}</div>
    <p>
      <strong>${why.verdict === 'same' ? words.takenSame : words.takenDifferent}</strong><br />
      ${words.for} ${reasonsFor(view, why).join('; ')}<br />
      ${words.against} ${against.length === 0 ? words.nothingAgainst : against.join('; ')}
    </p>
    ${may(who.person.role, 'decide') && sayForm(visit, items, data)}
  </li>`;
}

function record({ view }: Visit, { key, holding, institution }: HeldItem): Html {
  return html`<section>
    <h2><a href="${view.link(`/records/${key}`)}">${titleHtml(view, holding)}</a></h2>
    ${
      !isTombstone(holding) &&
      holding.creators.length > 0 &&
      html`<p class="authors">${authorsLine(view, holding.creators)}</p>`
    }
    <p class="aside">${institution.name}</p>
    ${!isTombstone(holding) && recordFacts(view, holding)}
  </section>`;
}

function sayForm({ view, who }: Visit, [a, b]: PairToReview['items'], { which, page }: DuplicatesData): Html {
  const { duplicates: words } = messagesIn(view.locale.language);
  const label = (what: string): string =>
    words.of(what, titleText(view, a.holding), titleText(view, b.holding));
  return html`<form class="acts" method="post" action="${view.link('/dashboard/duplicates')}">
    ${formToken(who)}
    <input type="hidden" name="one" value="${a.key}" /><input type="hidden" name="other" value="${b.key}" />
    <input type="hidden" name="which" value="${which}" /><input type="hidden" name="page" value="${page}" />
    <button name="says" value="same" aria-label="${label(words.same)}">${words.same}</button>
    <button class="quiet" name="says" value="different" aria-label="${label(words.different)}">
      ${words.different}
    </button>
  </form>`;
}
