import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const FILE = new URL('../../../shared/standards/counter/COUNTER_API.json', import.meta.url);

/** What the official description of the COUNTER API (OpenAPI 3.1, release 5.1) says of an answer. */
export type CounterSchema = (name: string, value: unknown) => void;

/** `undefined` where the description is not at hand. */
export function counterSchema(): CounterSchema | undefined {
  if (!existsSync(FILE)) return undefined;
  // Some of its patterns are none with the flag u.
  const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema(JSON.parse(readFileSync(FILE, 'utf8')) as object, 'counter');
  const checks = new Map<string, ReturnType<typeof ajv.compile>>();
  return (name, value) => {
    const check = checks.get(name) ?? ajv.compile({ $ref: `counter#/components/${name}` });
    checks.set(name, check);
    if (check(value)) return;
    throw new Error(
      `not as ${name} has it: ${ajv.errorsText(check.errors)}\n${JSON.stringify(value, undefined, 1).slice(0, 3_000)}`,
    );
  };
}

/** The schema of the answer to a path, by its status. */
export const responseSchema = (name: string): string => `responses/${name}/content/application~1json/schema`;
