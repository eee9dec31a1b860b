import { counterNames, metricNames, type UseReport } from '../../usage/index.ts';
import { html, type Html } from '../html.ts';
import { layout } from '../layout.ts';
import type { View } from '../view.ts';
import { coverage } from './coverage.ts';
import { networkUse } from './network-use.ts';
import { ownUse } from './own-use.ts';
import { periodForm } from './period-form.ts';
import { metricWord } from './use-tables.ts';

/**
 * How much records are used: this institution's, and those of the network, in a period that the reader chooses.
 * @param now milliseconds since 1970
 */
export function usagePage(view: View, report: UseReport, now: number): string {
  const { use } = view.t;
  const main = html`<h1>${use.title}</h1>
    <p class="lede">${use.text}</p>
    ${usageSections(view, report, now)}`;
  return layout(view, { title: use.title, main, hasData: true });
}

/** The choice of the period, and all that is told of the use in it. */
export function usageSections(view: View, report: UseReport, now: number): Html {
  return html`${periodForm(view, report, now)} ${ownUse(view, report)} ${networkUse(view, report)}
  ${coverage(view, report)} ${meanings(view)}`;
}

function meanings(view: View): Html {
  const { use } = view.t;
  return html`<section aria-labelledby="meanings">
    <h2 id="meanings">${use.terms}</h2>
    <dl class="details">
      ${metricNames.map(
        (name) =>
          html`<div>
            <dt>${metricWord(view, name)}</dt>
            <dd>${use.meanings[name]} <span class="aside">${counterNames[name]}</span></dd>
          </div>`,
      )}
    </dl>
  </section>`;
}
