import type { Why } from '../../analysis/duplicates/index.ts';
import type { HeldWork } from '../works/held-works.ts';
import { bestCopyCard } from './best-copy.ts';
import { evidenceLine } from './evidence.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';
import { titleHtml, titleText } from './record-labels.ts';
import { recordLine } from './record-line.ts';
import type { View } from './view.ts';

interface WorkData {
  work: HeldWork;
  /** By the key of a record, what joins it to the record that it has most in common with. */
  evidence: ReadonlyMap<string, Why>;
}

/** One work: what its records are to one another, the copy to read, and the records by version with what shows that they are. */
export function workPage(view: View, { work, evidence }: WorkData): string {
  const { t } = view;
  const { kind, records, spokenOf, versions } = work;
  const [first] = records;
  if (first === undefined) throw new TypeError('a work without records has no page');
  const lines = (keys: readonly string[]): Html[] =>
    records
      .filter(({ key }) => keys.includes(key))
      .map((copy) => recordLine(view, copy, { below: evidenceLine(view, evidence.get(copy.key)) }));
  const main = html` ${records.length > 1 && html`<p class="kicker">${t.work.title} · ${t.work.count(records.length)}</p>`}
    <h1>${titleHtml(view, first.holding)}</h1>
    <p>${t.works.kinds[kind]}</p>
    ${bestCopyCard(view, work)}
    ${versions.map(
      ({ stage, records: keys }) =>
        html`<section aria-labelledby="${stage}">
          <h2 id="${stage}">${t.works.stages[stage]}</h2>
          <ul class="records">
            ${lines(keys)}
          </ul>
        </section>`,
    )}
    <p class="more"><a href="${view.link(`/works/${work.id}/citations`)}">${t.citations.title}</a></p>
    ${
      spokenOf !== undefined &&
      html`<p class="more">
        <a href="${view.link('/statements', { record: spokenOf })}">${t.works.statements.all}</a>
      </p>`
    }`;
  return layout(view, { title: titleText(view, first.holding), main, hasData: true });
}
