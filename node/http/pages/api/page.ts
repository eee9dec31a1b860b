import {
  operationGroups,
  toldValues,
  type JsonSchema,
  type OpenApiDocument,
  type OperationGroup,
  type OperationObject,
  type ParameterObject,
} from '../../openapi/index.ts';
import { html, join, type Html, type HtmlValue } from '../html.ts';
import { layout } from '../layout.ts';
import type { View } from '../view.ts';

/** The operations of the API, group by group, as the OpenAPI document has them. */
export function apiPage(view: View, document: OpenApiDocument): string {
  const { api: words } = view.t;
  const all = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
  const groups = Object.keys(operationGroups) as OperationGroup[];
  const main = html`<h1>${words.title}</h1>
    <p class="lede">${words.lede}</p>
    <p><a href="${view.action('/api/openapi.json')}">${words.document}</a></p>
    ${groups.map((group) => {
      const operations = all.filter(({ operation }) => operation.tags.includes(group));
      return (
        operations.length > 0 &&
        html`<section aria-labelledby="${group}" lang="en">
          <h2 id="${group}">${operationGroups[group]}</h2>
          ${operations.map(({ name, operation }) => operationSection(view, name, operation))}
        </section>`
      );
    })}`;
  return layout(view, { title: words.title, main, hasData: false });
}

function operationSection(view: View, name: string, operation: OperationObject): Html {
  const { api: words } = view.t;
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const right = operation['x-ngr-right'];
  const body = requestBody?.content['application/json']?.schema;
  return html`<details id="${operationId}">
    <summary><code>${name}</code> ${summary}</summary>
    ${description !== undefined && html`<p>${description}</p>`}
    <p class="aside" lang="${view.locale.language}">
      ${right === undefined ? words.public : words.needs(right)}
    </p>
    ${parameters.length > 0 && parameterTable(view, parameters)}
    ${
      requestBody !== undefined &&
      html`<p>
        <span lang="${view.locale.language}">${words.body}:</span>
        ${requestBody.description ?? properties(body)}
      </p>`
    }
    <p lang="${view.locale.language}">${words.answers}</p>
    <ul>
      ${Object.entries(responses).map(
        ([status, response]) =>
          html`<li>
            <code>${status}</code> ${'$ref' in response ? codeOf(response.$ref) : response.description}
          </li>`,
      )}
    </ul>
  </details>`;
}

function parameterTable({ t: { api: words }, locale }: View, parameters: readonly ParameterObject[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${words.parameter}">
    <table>
      <thead lang="${locale.language}">
        <tr>
          ${[words.parameter, words.values, words.meaning].map((word) => html`<th scope="col">${word}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${parameters.map(
          (parameter) =>
            html`<tr>
              <th scope="row"><code>${parameter.name}</code></th>
              <td>${toldValues(parameter.schema)}</td>
              <td>${join(meaningOf(parameter, words), '; ')}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function meaningOf(
  { in: where, required, description }: ParameterObject,
  words: { inPath: string; required: string },
): HtmlValue[] {
  return [
    ...(description === undefined ? [] : [description]),
    ...(where === 'path' ? [words.inPath] : required ? [words.required] : []),
  ];
}

/** The names that an object has. */
function properties(schema: JsonSchema | undefined): HtmlValue {
  const names = Object.keys(schema?.properties ?? {});
  if (names.length === 0) return html`<code>{}</code>`;
  return join(
    names.map((name) => html`<code>${name}</code>`),
    ', ',
  );
}

function codeOf(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
