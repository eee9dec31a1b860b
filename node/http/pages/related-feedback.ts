import type { Record as NgrRecord } from '../../../vocab/record.ts';
import type { HeldItem } from '../records/held-items.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';
import { titleText } from './record-labels.ts';
import type { View } from './view.ts';

const LONGEST_TOLD = 200;

/** The button by which a reader says that an item does not belong among those related to a record. */
export function feedbackForm(view: View, record: string, { key, holding }: HeldItem): Html {
  const { feedback } = view.t;
  return html`<form
    class="feedback"
    method="post"
    action="${view.link(`/records/${record}/related/feedback`)}"
  >
    <button
      class="quiet"
      name="item"
      value="${key}"
      aria-label="${feedback.notRelevantItem(titleText(view, holding).slice(0, LONGEST_TOLD))}"
    >
      ${feedback.notRelevant}
    </button>
  </form>`;
}

/** What a reader sees who has said so. */
export function notedPage(view: View, { record, item }: { record: string; item: NgrRecord }): string {
  const { feedback } = view.t;
  const { related: title } = view.t.record;
  const main = html` <h1>${title}</h1>
    <p class="lede">${feedback.noted(titleText(view, item))}</p>
    <p>${feedback.notedText}</p>
    <p class="more"><a href="${view.link(`/records/${record}`)}#related">${feedback.back}</a></p>`;
  return layout(view, { title, main, hasData: false, isIndexed: false });
}
