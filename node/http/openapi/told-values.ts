import type { JsonSchema } from './json-schemas.ts';

/** What a value may be, in a word or two: for tables that people read. */
export function toldValues(schema: JsonSchema): string {
  const { type, format, $ref, minimum, maximum, maxLength, items = {} } = schema;
  if (schema.enum !== undefined) return schema.enum.map(String).join(', ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  switch (type) {
    case 'integer':
    case 'number':
      return minimum === undefined || maximum === undefined ? 'a number' : `${minimum} to ${maximum}`;
    case 'boolean':
      return 'true, false';
    case 'array':
      return `several: ${toldValues(items)}`;
    case 'object':
      return 'an object';
    case 'string':
      if (format !== undefined) return formats[format] ?? format;
      return maxLength === undefined ? 'a text' : `a text of up to ${maxLength} characters`;
    default:
      return 'any';
  }
}

const formats: Readonly<Record<string, string>> = {
  uri: 'an address',
  'uri-reference': 'an address',
  'date-time': 'a time',
  date: 'a day',
};
