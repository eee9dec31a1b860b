import { patterns, PATTERNS, shapes, type Part } from '../../../protocols/coar-notify/index.ts';
import { html, join, type Html } from './html.ts';
import { layout } from './layout.ts';
import type { View } from './view.ts';

/** What a notification has to be like to be taken in: the rules in words, and each pattern with what it has to have. */
export function inboxPage(view: View, rules: readonly string[]): string {
  const words = view.t.inbox;
  const main = html` <h1>${words.title}</h1>
    <p class="lede">${words.lede}</p>
    <ul>
      ${rules.map((rule) => html`<li>${rule}</li>`)}
    </ul>
    <h2 id="patterns">${words.patterns}</h2>
    <div class="scroll" role="region" aria-labelledby="patterns" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.pattern}</th>
            <th scope="col">type</th>
            <th scope="col">${words.demands}</th>
          </tr>
        </thead>
        <tbody>
          ${PATTERNS.map(patternRow)}
        </tbody>
      </table>
    </div>`;
  return layout(view, { title: words.title, main, hasData: true });
}

function patternRow(name: (typeof PATTERNS)[number]): Html {
  const { title, activity, action } = patterns[name];
  const types = action === undefined ? [activity] : [activity, `coar-notify:${action}`];
  return html`<tr id="${name}">
    <th scope="row" lang="en">${title}</th>
    <td>${join(types.map(code), ', ')}</td>
    <td>${join(['id', ...demanded(shapes[name], '')].map(code), ', ')}</td>
  </tr>`;
}

/** The names of the properties that have to be there, those of parts behind a dot. */
function demanded(parts: readonly Part[], path: string): string[] {
  return parts
    .filter(({ required }) => required)
    .flatMap(({ name, is }) => {
      const here = path + name;
      if (typeof is === 'string') return [here];
      const type = is.type === undefined ? [] : [`${here}.type`];
      return [`${here}.id`, ...type, ...demanded(is.parts ?? [], `${here}.`)];
    });
}

function code(text: string): Html {
  return html`<code>${text}</code>`;
}
