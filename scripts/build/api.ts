import { may, roles, type Right } from '../../node/accounts/index.ts';
import {
  httpOperations,
  openApiDocument,
  routeOf,
  toldValues,
  type JsonSchema,
  type OpenApiDocument,
  type Operation,
  type OperationObject,
} from '../../node/http/index.ts';

const BASE = 'https://node.example.edu';

/** The page docs/api.md: every operation, what it needs, takes and answers, with an example. */
export function apiPage(): string {
  const document = openApiDocument(httpOperations, { base: BASE, version: '' });
  const groups = document.tags.map(({ name, description }) => {
    const operations = httpOperations.filter(({ group }) => group === name);
    return `## ${name.charAt(0).toUpperCase()}${name.slice(1)}

${description}
${operations.map((operation) => section(operation, document)).join('')}`;
  });
  return `# The API

What the dashboard's pages do, programs do under \`/api\`, with the same rights. The same as this page, for programs, is at
\`/api/openapi.json\` of each node (OpenAPI 3.1); for browsers at \`/api\`.

- **Tokens.** Everybody makes tokens of her own in the dashboard, under *My account*, and sends them as
  \`Authorization: Bearer …\` (RFC 6750). A program may what its owner may; what it changes stands in the log under her name. The token in
  the file \`api-token\` of the data directory is that of the command line, and may everything.
- **Rights.** ${rightsOfRoles()} What a role does not include is refused with
  403 \`NOT_YOURS_TO_DO\`, and without a token that holds everything under \`/api\` with 401 \`UNAUTHORIZED\`.
- **Bodies** are JSON. A parameter or property that is wrong, or not known, is named: 400 \`PARAMETER_INVALID\`, \`BODY_INVALID\`; a body
  that is too long, or no JSON, is 413 \`BODY_TOO_LARGE\`, 415 \`BODY_TYPE\`. The node's own fault is 500 \`INTERNAL\`.
- **Lists** go on where the answer has a \`next\`: the \`Link\` header leads there, with \`rel="next"\` (RFC 8288).
- **Refusals** are problem documents (RFC 9457): \`code\` is what scripts match on, \`detail\` says what is wrong, \`remedy\` what to do.
- **Times** are in UTC by ISO 8601.
- A **record** is named by its key, its address or its OAI identifier (percent-encoded in a path).

This page is made from the descriptions in \`node/http/routers/\` by \`npm run build\`.

| group | what |
| --- | --- |
${document.tags.map(({ name, description }) => `| [${name}](#${name}) | ${description} |`).join('\n')}

${groups.join('\n')}
## Schemas

What answers are made of, beyond a few properties.
${Object.entries(document.components.schemas)
  .map(([name, schema]) => `\n### ${name}\n\n${propertyTable(schema)}`)
  .join('')}`;
}

function rightsOfRoles(): string {
  const used = [...new Set(httpOperations.flatMap(({ right }) => right ?? []))];
  return roles
    .map((role) => `*${role}*: ${used.filter((right: Right) => may(role, right)).join(', ')}.`)
    .join(' ');
}

function section(operation: Operation, { paths }: OpenApiDocument): string {
  const { method, path, right, summary, description } = operation;
  const template = path.replaceAll(/:(\w+)/g, '{$1}');
  const described = paths[template]?.[method.toLowerCase() as Lowercase<typeof method>];
  if (described === undefined) throw new TypeError(`${routeOf(operation)} is not in the document`);
  const told = description === undefined ? `${summary}.` : `${summary}. ${description}`;
  const needs = right === undefined ? '' : ` Needs *${right}*.`;
  return `
### ${method} ${template}

${told}${needs}

${[parameterTable(described), bodyTable(described), answerTable(described), refusals(operation), example(operation)].filter((part) => part !== '').join('\n')}`;
}

function parameterTable({ parameters = [] }: OperationObject): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(({ name, in: where, required, schema, description = '' }) => {
    const place = where === 'path' ? 'in the path' : required ? 'required' : '';
    return `| \`${name}\` | ${cell(toldValues(schema))} | ${[place, cell(description)].filter(Boolean).join('. ')} |`;
  });
  return table(['parameter', 'values', ''], rows);
}

function bodyTable({ requestBody }: OperationObject): string {
  if (requestBody === undefined) return '';
  if (requestBody.description !== undefined) return `What is sent: ${requestBody.description}\n`;
  const schema = requestBody.content['application/json']?.schema ?? {};
  const { oneOf, properties } = schema;
  if (oneOf !== undefined) return oneOf.map((one) => propertyTable(one)).join('\nor\n\n');
  return Object.keys(properties ?? {}).length === 0
    ? 'What is sent: `{}`.\n'
    : propertyTable(schema, 'what is sent');
}

function propertyTable({ properties = {}, required = [] }: JsonSchema, heading = 'property'): string {
  const needed = new Set(required);
  const rows = Object.entries(properties).map(
    ([name, schema]) =>
      `| \`${name}\` | ${cell(toldValues(schema))} | ${[needed.has(name) ? '' : 'may be absent', cell(schema.description ?? '')].filter(Boolean).join('. ')} |`,
  );
  return table([heading, 'values', ''], rows);
}

function answerTable({ responses }: OperationObject): string {
  const rows = Object.entries(responses).flatMap(([status, response]) => {
    if ('$ref' in response || Number(status) >= 400) return [];
    const { description, content = {} } = response;
    return [`| ${status} | ${cell(description)} | ${Object.entries(content).map(contentCell).join(', ')} |`];
  });
  return table(['answer', 'what', ''], rows);
}

/** Those that do not follow from the rights, parameters and bodies, which the beginning of the page tells. */
function refusals({ problems = {} }: Operation): string {
  const told = Object.entries(problems).map(
    ([status, codes]) => `${status} ${codes.map((code) => `\`${code}\``).join(', ')}`,
  );
  return told.length === 0 ? '' : `Refused with ${told.join('; ')}.\n`;
}

function contentCell([type, { schema }]: [type: string, content: { schema: JsonSchema }]): string {
  if (type !== 'application/json') return `\`${type}\``;
  const properties = Object.keys(schema.properties ?? {});
  if (properties.length === 0) return `JSON${schema.$ref === undefined ? '' : `: ${linked(schema)}`}`;
  return `JSON: ${properties.map((name) => `\`${name}\``).join(', ')}`;
}

function linked(schema: JsonSchema): string {
  const name = toldValues(schema);
  return `[${name}](#${name.toLowerCase()})`;
}

/** What is typed into a shell; names in capitals stand for values. */
function example(operation: Operation): string {
  const { method, path, right, body, file, example: sent } = operation;
  const url = BASE + path.replaceAll(/:(\w+)/g, (_, name: string) => name.toUpperCase());
  const required = Object.entries(operation.query?.shape ?? {}).filter(
    ([, schema]) =>
      !(schema as { safeParse(value: unknown): { success: boolean } }).safeParse(undefined).success,
  );
  const given = body === undefined ? Object.entries((sent ?? {}) as Record<string, string>) : [];
  const query = [...required.map(([name]) => [name, name.toUpperCase()]), ...given]
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const parts = [
    method === 'GET' ? 'curl' : `curl -X ${method}`,
    right !== undefined && `-H "Authorization: Bearer $NGR_TOKEN"`,
    body !== undefined && `--json '${JSON.stringify(sent ?? {}).replaceAll("'", String.raw`'\''`)}'`,
    file !== undefined && '--data-binary @FILE',
    right === undefined && `-H 'Accept: ${operation.answers[200]?.types?.[0] ?? 'application/json'}'`,
    `'${url}${query === '' ? '' : `?${query}`}'`,
  ];
  return `    ${parts.filter((part) => part !== false).join(' ')}\n`;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  return `| ${heads.join(' | ')} |\n|${' --- |'.repeat(heads.length)}\n${rows.join('\n')}\n`;
}

/** A pipe ends a cell. */
function cell(text: string): string {
  return text.replaceAll('|', String.raw`\|`);
}
