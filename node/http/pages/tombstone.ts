import type { Tombstone } from '../../../vocab/record.ts';
import type { Institution } from '../peers/institutions.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { identifierLink } from './record-facts.ts';
import { titleHtml, titleText } from './record-labels.ts';
import { holderLink } from './record-line.ts';
import type { View } from './view.ts';

/** What is left of a record that was withdrawn or deleted: that it was there, why it is gone, and since when. */
export function tombstonePage(
  view: View,
  { holding, institution }: { holding: Tombstone; institution: Institution },
): string {
  const { t, locale } = view;
  const { kind, reason, at } = holding.tombstone;
  const identifiers = [
    ...holding.identifiers.map(identifierLink),
    html`<code>${holding.oaiIdentifier}</code>`,
  ];
  const main = html` <article class="item gone">
    <p class="badges"><span class="badge gone">${t.gone[kind]}</span></p>
    <h1>${titleHtml(view, holding)}</h1>
    <p class="lede">${kind === 'withdrawn' ? t.gone.withdrawnText : t.gone.deletedText}</p>
    <dl class="details">
      <div>
        <dt>${t.gone.reason}</dt>
        <dd>${reason}</dd>
      </div>
      <div>
        <dt>${t.gone.date}</dt>
        <dd>${locale.day(at)}</dd>
      </div>
      <div>
        <dt>${t.record.heldBy}</dt>
        <dd>${holderLink(view, institution)}</dd>
      </div>
      <div>
        <dt>${t.record.identifiers}</dt>
        ${identifiers.map((identifier) => html`<dd>${identifier}</dd>`)}
      </div>
    </dl>
  </article>`;
  return layout(view, {
    title: `${t.gone[kind]}: ${titleText(view, holding)}`,
    main,
    hasData: true,
    isIndexed: false,
  });
}
