import type { z } from 'zod';
import { ConfigError } from './errors.ts';
import { nearest } from './nearest.ts';
import type { Given } from './overrides.ts';
import { configJsonSchema, settingSchema, type JsonSchema } from './json-schema.ts';

const SHOWN = 80;

/** What the first thing wrong with a configuration means for who wrote it: which setting, where, and what is right. */
export function rejection(
  error: z.ZodError,
  context: { path?: string; given: readonly Given[] },
): ConfigError {
  // A misspelt key explains a missing one, so it is told first.
  const unknown = error.issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown !== undefined) return unknownKey(unknown.path, unknown.keys[0] ?? '', context.path);
  const issue = error.issues[0];
  return badValue(issue?.path ?? [], issue?.message ?? 'a valid setting', issue?.input, context);
}

function unknownKey(parents: readonly PropertyKey[], key: string, path = 'The configuration'): ConfigError {
  const setting = spell([...parents, key]);
  const meant = likelySetting(parents, key);
  return new ConfigError(
    'CONFIG_UNKNOWN_KEY',
    `${path}: there is no setting "${setting}".`,
    meant === undefined
      ? `Take it out; the settings here are ${settingsAt(parents).join(', ')}.`
      : `Did you mean "${meant}"?`,
  );
}

function badValue(
  at: readonly PropertyKey[],
  allowed: string,
  value: unknown,
  { path = 'The configuration', given }: { path?: string; given: readonly Given[] },
): ConfigError {
  const setting = spell(at);
  // Variables and flags name it as `settingSchema` does.
  const plain = at.map(String).join('.');
  const source = given.findLast((one) => plain === one.setting || plain.startsWith(`${one.setting}.`));
  const missing = value === undefined;
  const where = source === undefined ? `${path}: "${setting}"` : source.by;
  return new ConfigError(
    'CONFIG_BAD_VALUE',
    missing ? `${where} is missing.` : `${where} is ${show(value)}.`,
    `It has to be ${describe(at, allowed)}.`,
  );
}

/** Objects have no words of their own in the schema: zod's are about its types, not about the file. */
function describe(at: readonly PropertyKey[], allowed: string): string {
  if (!allowed.startsWith('Invalid input')) return allowed;
  return `an object with ${settingsAt(at).join(', ')}`;
}

function likelySetting(parents: readonly PropertyKey[], key: string): string | undefined {
  const here = nearest(key, settingsAt(parents));
  if (here !== undefined) return spell([...parents, here]);
  // Right name, wrong place: "port" at the top, where "http.port" is meant.
  return allSettings(configJsonSchema()).find((setting) => setting.split('.').at(-1) === key);
}

function settingsAt(path: readonly PropertyKey[]): string[] {
  return Object.keys(settingSchema(path)?.properties ?? {}).filter((name) => name !== '$schema');
}

function allSettings(schema: JsonSchema, prefix = ''): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    inner.properties === undefined ? [prefix + name] : allSettings(inner, `${prefix}${name}.`),
  );
}

/** As in `sources[0].url`. */
function spell(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

/** A URL may have a password in it, and what is wrong may be somewhere else. */
function withoutPassword(text: string): string {
  return text.replaceAll(/(:\/\/[^/\s":@]*):[^\s"]*@/g, '$1:…@');
}

function show(value: unknown): string {
  const text = withoutPassword(JSON.stringify(value) ?? String(value));
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
