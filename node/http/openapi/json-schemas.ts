import { z } from 'zod';

/** A schema of JSON Schema 2020-12, as OpenAPI 3.1 has them (section 4.8.24). */
export interface JsonSchema {
  $ref?: string;
  type?: string;
  format?: string;
  description?: string;
  enum?: readonly unknown[];
  const?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  items?: JsonSchema;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  oneOf?: readonly JsonSchema[];
  [keyword: string]: unknown;
}

const IN_ZOD = '#/$defs/';
const IN_OPENAPI = '#/components/schemas/';

/** Turns schemas into those of one OpenAPI document: what has an id stands in its components, once. */
export class JsonSchemas {
  readonly components: Record<string, JsonSchema> = {};

  /** Of what is sent and of what is answered alike: what clients write and read. */
  of(schema: z.ZodType): JsonSchema {
    const {
      $schema: _,
      $defs = {},
      ...converted
    } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: plain });
    for (const [id, component] of Object.entries($defs)) {
      const { id: __, ...rest } = component as JsonSchema;
      this.components[id] = referring(rest) as JsonSchema;
    }
    return referring(converted) as JsonSchema;
  }
}

/** Leaves out what says nothing: the digits of a number, and bounds that are those of all numbers. */
function plain({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  const { type, minimum, maximum, propertyNames } = jsonSchema;
  if (type === 'integer') {
    delete jsonSchema.pattern;
    if (minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  }
  if (typeof propertyNames === 'object' && Object.keys(propertyNames).join(',') === 'type')
    delete jsonSchema.propertyNames;
}

function referring(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referring);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === '$ref' && typeof inner === 'string' ? inner.replace(IN_ZOD, IN_OPENAPI) : referring(inner),
    ]),
  );
}
