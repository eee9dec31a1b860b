import type { z } from 'zod';
import { operationGroups, type OperationGroup } from './groups.ts';
import { JsonSchemas, type JsonSchema } from './json-schemas.ts';
import type { Answer, Method, Operation } from './operation.ts';
import { problemsOf, problemSchema } from './problems.ts';

/** An OpenAPI document (OpenAPI Specification 3.1.1, section 4.8.1), as far as this API has use for it. */
export interface OpenApiDocument {
  openapi: '3.1.1';
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string }[];
  tags: { name: OperationGroup; description: string }[];
  paths: Record<string, Partial<Record<Lowercase<Method>, OperationObject>>>;
  components: {
    schemas: Record<string, JsonSchema>;
    responses: Record<string, ResponseObject>;
    securitySchemes: Record<string, JsonSchema>;
  };
}

/** One operation (section 4.8.10); `x-ngr-right` is the right that it needs. */
export interface OperationObject {
  operationId: string;
  tags: OperationGroup[];
  summary: string;
  description?: string;
  'x-ngr-right'?: string;
  security: Record<string, string[]>[];
  parameters?: ParameterObject[];
  requestBody?: { required: boolean; description?: string; content: Record<string, Content> };
  responses: Record<string, ResponseObject | { $ref: string }>;
}

export interface ParameterObject {
  name: string;
  in: 'path' | 'query';
  required: boolean;
  description?: string;
  schema: JsonSchema;
}

interface Content {
  schema: JsonSchema;
  example?: unknown;
}

interface ResponseObject {
  description: string;
  headers?: Record<string, { description: string; schema: JsonSchema }>;
  content?: Record<string, Content>;
}

const JSON_TYPE = 'application/json';

/** Describes the operations of one node in OpenAPI. */
export function openApiDocument(
  operations: readonly Operation[],
  { base, version }: { base: string; version: string },
): OpenApiDocument {
  const schemas = new JsonSchemas();
  const refusals = new Refusals(schemas);
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}');
    const verb = operation.method.toLowerCase() as Lowercase<Method>;
    paths[path] = { ...paths[path], [verb]: operationObject(operation, schemas, refusals) };
  }
  const used = new Set(operations.map(({ group }) => group));
  const groups = (Object.keys(operationGroups) as OperationGroup[]).filter((group) => used.has(group));
  return {
    openapi: '3.1.1',
    info: {
      title: 'NGR Node',
      version,
      description:
        'What anybody can read of a node, and under `/api` what those who work with it do. See docs/api.md.',
      license: { name: 'Apache 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: base }],
    tags: groups.map((name) => ({ name, description: operationGroups[name] })),
    paths,
    components: {
      schemas: sorted(schemas.components),
      responses: sorted(refusals.components),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A token of one’s own, made in the dashboard under My account, or the node’s own.',
        },
      },
    },
  };
}

/** `getUsageImportsById` for `GET /api/usage/imports/:id`, `readRecords` for the public `/records`: a name in any language. */
export function operationId({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  const words = path
    .replace(/^\/api(?=\/)/, '')
    .split('/')
    .flatMap((part) => (part.startsWith(':') ? ['by', part.slice(1)] : part.split(/[^A-Za-z0-9]/)))
    .filter((word) => word !== '');
  const verb = path.startsWith('/api/') ? method.toLowerCase() : 'read';
  return verb + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function sorted<Value>(named: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function operationObject(operation: Operation, schemas: JsonSchemas, refusals: Refusals): OperationObject {
  const { group, right, summary, description, answers, goesOnBy } = operation;
  const parameters = parametersOf(operation, schemas);
  const requestBody = requestBodyOf(operation, schemas);
  const responses = Object.entries(answers).map(([status, answer]) => [
    status,
    responseOf(answer, schemas, goesOnBy !== undefined),
  ]);
  const refused = [...problemsOf(operation)].map(([status, codes]) => [String(status), refusals.of(codes)]);
  return {
    operationId: operationId(operation),
    tags: [group],
    summary,
    ...(description !== undefined && { description }),
    ...(right !== undefined && { 'x-ngr-right': right }),
    security: right === undefined ? [] : [{ token: [] }],
    ...(parameters.length > 0 && { parameters }),
    ...(requestBody && { requestBody }),
    responses: Object.fromEntries([...responses, ...refused]) as OperationObject['responses'],
  };
}

/** Those of the path and of the query (section 4.8.12). */
export function parametersOf(
  { path, parameters, query }: Operation,
  schemas: JsonSchemas,
): ParameterObject[] {
  const described = (parameters ?? {}) as Readonly<Record<string, string>>;
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']): ParameterObject => ({
    name,
    in: 'path',
    required: true,
    ...(described[name] !== undefined && { description: described[name] }),
    schema: { type: 'string' },
  }));
  const shape = (query?.shape ?? {}) as Readonly<Record<string, z.ZodType>>;
  const inQuery = Object.entries(shape).map(([name, one]): ParameterObject => {
    const { description, ...schema } = schemas.of(one);
    return {
      name,
      in: 'query',
      required: !one.safeParse(undefined).success,
      ...(typeof description === 'string' && { description }),
      schema,
    };
  });
  return [...inPath, ...inQuery];
}

function requestBodyOf(
  { body, file, example }: Operation,
  schemas: JsonSchemas,
): OperationObject['requestBody'] {
  if (file !== undefined)
    return { required: true, description: file, content: { 'application/octet-stream': { schema: {} } } };
  if (body === undefined) return undefined;
  const content = { schema: schemas.of(body), ...(example !== undefined && { example }) };
  return { required: !body.safeParse({}).success, content: { [JSON_TYPE]: content } };
}

function responseOf(
  { what, schema, types = [] }: Answer,
  schemas: JsonSchemas,
  isList: boolean,
): ResponseObject {
  const content = Object.fromEntries([
    ...(schema === undefined ? [] : [[JSON_TYPE, { schema: schemas.of(schema) }]]),
    ...types
      .filter((type) => schema === undefined || type !== JSON_TYPE)
      .map((type) => [type, { schema: {} }]),
  ]) as Record<string, Content>;
  return {
    description: what,
    ...(isList && {
      headers: {
        Link: {
          description: 'With `rel="next"` where the list goes on (RFC 8288).',
          schema: { type: 'string' },
        },
      },
    }),
    ...(Object.keys(content).length > 0 && { content }),
  };
}

/** Problem documents as answers; the same for one code everywhere. */
class Refusals {
  readonly components: Record<string, ResponseObject> = {};
  readonly #schemas: JsonSchemas;

  constructor(schemas: JsonSchemas) {
    this.#schemas = schemas;
  }

  of(codes: readonly string[]): ResponseObject | { $ref: string } {
    const [code, ...others] = codes;
    if (code === undefined || others.length > 0) return this.#response(codes);
    this.components[code] ??= this.#response(codes);
    return { $ref: `#/components/responses/${code}` };
  }

  #response(codes: readonly string[]): ResponseObject {
    const schema = { ...this.#schemas.of(problemSchema), properties: { code: { enum: codes } } };
    return {
      description: codes.map((code) => `\`${code}\``).join(', '),
      content: { 'application/problem+json': { schema } },
    };
  }
}
