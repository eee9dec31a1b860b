import type { HeldWork } from '../works/held-works.ts';
import { html, join, type Html } from './html.ts';
import { identifierLink } from './record-facts.ts';
import { licenceName, outsideLink } from './record-labels.ts';
import { holderLink } from './record-line.ts';
import type { View } from './view.ts';

/** The copy of a work that a reader is best led to, and the identifier that names the work. */
export function bestCopyCard(view: View, { best, records, identifier }: HeldWork): Html {
  const { best: words, identifier: identifierTitle, stages } = view.t.works;
  const record = records.find(({ key }) => key === best?.key);
  const facts =
    best === undefined
      ? []
      : [
          stages[best.stage],
          best.licence === undefined ? words.noLicence : outsideLink(best.licence, licenceName(best.licence)),
          ...(best.url === undefined ? [] : [best.isReachable ? words.reachable : words.untried]),
        ];
  return html`<section class="card" aria-labelledby="best">
    <h2 id="best">${words.title}</h2>
    ${
      best === undefined || record === undefined
        ? html`<p>${words.none}</p>`
        : html`<p>
              ${
                best.url === undefined
                  ? html`<a href="${view.link(`/records/${best.key}`)}">${words.record}</a>`
                  : outsideLink(best.url, words.read)
              }
              · ${holderLink(view, record.institution)}
            </p>
            <p class="aside">${join(facts, ' · ')}</p>`
    }
    ${identifier !== undefined && html`<p class="aside">${identifierTitle} ${identifierLink(identifier)}</p>`}
  </section>`;
}
