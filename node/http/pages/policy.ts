import { policyCodes, policyElements, type PolicyElement } from '../../../vocab/oa-policy/index.ts';
import type { PublishedPolicy } from '../../../vocab/oa-policy/index.ts';
import type { Comparison } from '../../policy/index.ts';
import type { PolicyGroup } from '../institution/policy-groups.ts';
import { html, type Html } from './html.ts';
import { layout } from './layout.ts';
import type { View } from './view.ts';

interface PolicyData {
  own: PublishedPolicy | undefined;
  /** The group that it is held against, of those that there are. */
  group: PolicyGroup;
  groups: readonly PolicyGroup[];
  comparison: Comparison;
  /** Of the institution; ISO 3166-1 alpha-2. */
  country: string | undefined;
}

/** The institution's open access policy, and how it compares with those of others. */
export function policyPage(view: View, data: PolicyData): string {
  const { policy: words } = view.t;
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.lede}</p>
    ${data.own === undefined ? html`<p>${words.none}</p>` : statedPolicy(view, data.own)}
    ${comparisonSection(view, data)}`;
  return layout(view, { title: words.title, main, hasData: data.own !== undefined });
}

function statedPolicy(view: View, { policy, updated }: PublishedPolicy): Html {
  const { policy: words } = view.t;
  const { elements, url, since } = policy;
  return html`<section aria-labelledby="stated">
    <h2 id="stated">${words.stated}</h2>
    <p>
      ${since !== undefined && html`${words.since(view.locale.day(Date.parse(since)))} `}
      ${words.updated(view.locale.day(updated))}
      ${url !== undefined && html`<a href="${url}">${words.document}</a>`}
    </p>
    <dl class="facts">
      ${policyElements.map(
        (element) =>
          html`<div>
            <dt>${words.elements[element]}</dt>
            <dd>${statedElement(view, element, elements[element])}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

function statedElement(
  view: View,
  element: PolicyElement,
  stated: PublishedPolicy['policy']['elements'][PolicyElement],
): Html {
  const { policy: words } = view.t;
  if (stated === undefined) return html`<span class="aside">${words.notStated}</span>`;
  const codes = policyCodes[element].filter(({ code }) => stated.codes.includes(code));
  const { statement } = stated;
  if (codes.length === 0 && statement === undefined) return html`${words.inOwnWords}`;
  return html`${
    codes.length > 0 &&
    html`<ul>
      ${codes.map(({ code }) => html`<li>${words.codes[code]} <span class="aside">${code}</span></li>`)}
    </ul>`
  }${statement !== undefined && html`<p>${statement}</p>`}`;
}

function comparisonSection(view: View, data: PolicyData): Html {
  const { policy: words } = view.t;
  const { comparison, groups, group } = data;
  return html`<section aria-labelledby="comparison">
    <h2 id="comparison">${words.comparison}</h2>
    <ul class="plain">
      ${groups.map((one) => {
        const current = one === group && html` aria-current="true"`;
        return html`<li>
          ${words.group}
          <a href="${view.here({ with: one })}#comparison" ${current}>${nameOf(view, one, data)}</a>
        </li>`;
      })}
    </ul>
    ${comparison.institutions === 0 ? html`<p>${words.nobody}</p>` : comparisonTable(view, data)}
  </section>`;
}

function comparisonTable(view: View, data: PolicyData): Html {
  const { policy: words } = view.t;
  const { institutions, elements } = data.comparison;
  const number = (n: number): string => view.locale.number(n);
  const of = (n: number): string => words.of(number(n), number(institutions));
  return html`<div class="scroll">
    <table>
      <caption>
        ${words.group} ${nameOf(view, data.group, data)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${words.element}</th>
          <th scope="col">${words.share}</th>
          <th scope="col">${words.ours}</th>
        </tr>
      </thead>
      <tbody>
        ${elements.map(
          ({ element, institutions: some, isStated, codes }) =>
            html`<tr>
              <th scope="row">${words.elements[element]}</th>
              <td>
                ${of(some)}
                ${
                  codes.length > 0 &&
                  html`<ul>
                    ${codes.map(
                      (code) =>
                        html`<li>
                          ${words.codes[code.code]}: ${of(code.institutions)}${code.isStated && html` ✓`}
                        </li>`,
                    )}
                  </ul>`
                }
              </td>
              <td>${isStated ? words.yes : words.no}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function nameOf(view: View, group: PolicyGroup, { country }: PolicyData): string {
  const { policy: words } = view.t;
  return group === 'country' ? words.country(view.locale.countryName(country ?? '')) : words[group];
}
