import { z } from 'zod';
import { configSchema } from './schema.ts';

let jsonSchema: JsonSchema | undefined;

/** The schema of the file as JSON Schema (draft 2020-12). */
export function configJsonSchema(): JsonSchema {
  // Made once: every flag of `ngr start` asks for its part of it.
  jsonSchema ??= z.toJSONSchema(configSchema, { io: 'input' }) as JsonSchema;
  return jsonSchema;
}

/** The schema of one setting or group of settings, by its path; a number stands for the item of a list. */
export function settingSchema(path: readonly PropertyKey[]): JsonSchema | undefined {
  let schema: JsonSchema | undefined = configJsonSchema();
  for (const step of path) {
    schema = /^\d+$/.test(String(step)) ? schema?.items : schema?.properties?.[String(step)];
  }
  return schema;
}

/** As much of JSON Schema as the settings use. */
export interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  properties?: { [name: string]: JsonSchema };
  items?: JsonSchema;
  [keyword: string]: unknown;
}
