import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { METADATA_PROFILES, PLAN_S_RECORDS } from '../assessments/metadata-profiles.ts';
import { html, type HtmlValue } from './html.ts';
import type { View } from './view.ts';

/** Where it is told what each assessment says of a record; of those of others, their own nodes tell. */
export function assessmentsCard(
  view: View,
  { key, record }: { key: string; record: Pick<NgrRecord, 'node'> },
): HtmlValue {
  if (record.node !== view.site.node) return undefined;
  const { assessments, metadataAssessment } = view.t;
  return html`<section class="card" aria-labelledby="assessments">
    <h2 id="assessments">${assessments.title}</h2>
    <ul class="plain">
      ${[...METADATA_PROFILES, PLAN_S_RECORDS].map(
        ({ name, path }) =>
          html`<li><a href="${view.link(path, { record: key })}">${metadataAssessment.names[name]}</a></li>`,
      )}
    </ul>
  </section>`;
}
