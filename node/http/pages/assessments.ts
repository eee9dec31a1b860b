import { NGR_BEHAVIOURS } from '../assessments/documents.ts';
import { METADATA_PROFILES } from '../assessments/metadata-profiles.ts';
import { PLAN_S } from '../plan-s/document.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import type { View } from './view.ts';

/** The assessments that there are. */
export function assessmentsPage(view: View): string {
  const words = view.t.assessments;
  const main = html` <h1>${words.title}</h1>
    <p class="lede">${words.lede}</p>
    <ul class="plain">
      <li>
        <a href="${view.link(NGR_BEHAVIOURS)}">${words.ngrBehaviours}</a>
        <span class="aside">COAR, 2017</span>
      </li>
      ${METADATA_PROFILES.map(
        ({ name, path, ruleSets }) =>
          html`<li>
            <a href="${view.link(path)}">${view.t.metadataAssessment.names[name]}</a>
            <span class="aside">${[...new Set(ruleSets.map(({ profile }) => profile.name))].join(', ')}</span>
          </li>`,
      )}
      <li>
        <a href="${view.link(PLAN_S)}">${view.t.planS.name}</a>
        <span class="aside">cOAlition S, 2019</span>
      </li>
    </ul>`;
  return layout(view, { title: words.title, main, hasData: true });
}
