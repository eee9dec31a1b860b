import { basename, dirname, resolve as resolvePath } from 'node:path';
import { ConfigError } from './errors.ts';
import { givenBy, type ConfigFlags, type Environment, type Given } from './overrides.ts';
import { rejection } from './rejection.ts';
import { configSchema, type Config } from './schema.ts';
import type { SourceConfig, WrittenSource } from './source-settings.ts';

const DEFAULT_SAMPLE = 'wyreford';

export interface ConfigInput {
  /** The configuration file, where there is one. */
  file?: { path: string; text: string };
  env: Environment;
  flags: ConfigFlags;
  /** Relative paths start here; those in the file start at its folder. */
  cwd: string;
}

/**
 * The configuration: the file, overridden by `NGR_…` variables, overridden by flags. A pure function.
 *
 * @throws ConfigError where the file is not JSON, names an unknown setting or a variable is misspelt, or a value will not do
 */
export function resolveConfig({ file, env, flags, cwd }: ConfigInput): Config {
  const written = file === undefined ? {} : parse(file);
  const given = givenBy(env, flags);
  const parsed = configSchema.safeParse(merge(written, given), { reportInput: true });
  if (!parsed.success) throw rejection(parsed.error, { given, ...(file && { path: file.path }) });

  const { $schema: _, sample, sources: unnamed, data, ...settings } = parsed.data;
  const folder = file === undefined ? cwd : dirname(resolvePath(cwd, file.path));
  const sources = unnamed.map((source) => sourceConfig(source, folder));
  refuseDoubleNames('sources', sources, file?.path);
  refuseDoubleNames('services', settings.inbox.services, file?.path);
  refuseDoubleNames('sites', settings.usage.sites, file?.path);
  refuseDoubleNames('logs', settings.usage.logs, file?.path);
  refuseDoubleNames('providers', settings.login.providers, file?.path);
  const bundled = sample === true ? DEFAULT_SAMPLE : sample;
  const { privateNetworkKey: key } = settings.p2p;
  const dataIsInFile = 'data' in written && !given.some(({ setting }) => setting === 'data');
  return {
    ...settings,
    usage: usagePaths(settings.usage, folder),
    related: relatedPaths(settings.related, folder),
    login: {
      ...settings.login,
      providers: settings.login.providers.map((one) => withPaths(one, ['clientSecretFile'], folder)),
    },
    ...(settings.mail && { mail: withPaths(settings.mail, ['passwordFile', 'caFile'], folder) }),
    ...(key !== undefined && { p2p: { ...settings.p2p, privateNetworkKey: resolvePath(folder, key) } }),
    data: resolvePath(dataIsInFile ? folder : cwd, data),
    sources,
    ...(bundled !== false && sources.length === 0 ? { sample: bundled } : {}),
  };
}

/** With paths from the folder of the file on. */
function usagePaths(usage: Config['usage'], folder: string): Config['usage'] {
  const { robots, countries, logs } = usage;
  return {
    ...usage,
    ...(robots !== undefined && { robots: resolvePath(folder, robots) }),
    ...(countries !== undefined && { countries: resolvePath(folder, countries) }),
    logs: logs.map((one) => ({ ...one, path: resolvePath(folder, one.path) })),
  };
}

function relatedPaths({ model }: Config['related'], folder: string): Config['related'] {
  return model === undefined ? {} : { model: withPaths(model, ['path', 'vocabulary'], folder) };
}

/** With those of its settings that are paths from the folder of the file on. */
function withPaths<T extends object>(settings: T, names: readonly (keyof T & string)[], folder: string): T {
  const paths = names.flatMap((name) => {
    const path = settings[name];
    return typeof path === 'string' ? [[name, resolvePath(folder, path)] as const] : [];
  });
  return { ...settings, ...Object.fromEntries(paths) };
}

function parse({ path, text }: { path: string; text: string }): object {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new ConfigError(
      'CONFIG_NOT_JSON',
      `${path} is not JSON: ${whatAndWhere(cause as SyntaxError, text)}.`,
      'Mend it there; a comma too many or too few is the usual cause.',
      cause,
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new ConfigError(
    'CONFIG_NOT_JSON',
    `${path} does not hold a JSON object.`,
    'It has to start with { and end with }. "ngr init" writes one.',
  );
}

/** The parser's message on one line, with the line and column that an editor shows; newer versions of Node tell them by themselves. */
function whatAndWhere({ message }: SyntaxError, text: string): string {
  const position = /at position (\d+)$/.exec(message);
  const oneLine = message.replaceAll(/\s+/g, ' ');
  if (position === null) return oneLine;
  const before = text.slice(0, Number(position[1])).split('\n');
  return `${oneLine} (line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1})`;
}

/** The file's value with what was given by other ways put in its places. */
function merge(written: object, given: readonly Given[]): object {
  const merged: { [key: string]: unknown } = { ...written };
  for (const { setting, value } of given) {
    if (setting === 'sources.0.url') {
      merged['sources'] = [{ url: value }];
      continue;
    }
    const [first = '', second] = setting.split('.');
    const group = merged[first] ?? {};
    if (second === undefined) merged[first] = value;
    // What is no object stays as it is, for the check to tell.
    else if (typeof group === 'object') merged[first] = { ...group, [second]: value };
  }
  return merged;
}

/** A source with its name and only the settings of its kind. */
function sourceConfig(written: WrittenSource, folder: string): SourceConfig {
  const { type, name, url = '', path = '', metadataPrefix, sets } = written;
  if (type === 'files') {
    const absolute = resolvePath(folder, path);
    return { name: name ?? basename(absolute), type, path: absolute };
  }
  const named = { name: name ?? new URL(url).host, url };
  if (type === 'resourcesync') return { ...named, type };
  return { ...named, type, ...(metadataPrefix !== undefined && { metadataPrefix }), sets };
}

function refuseDoubleNames(
  what: 'sources' | 'services' | 'sites' | 'logs' | 'providers',
  named: readonly { name: string }[],
  path = 'The configuration',
): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    if (seen.has(name)) {
      throw new ConfigError(
        'CONFIG_BAD_VALUE',
        `${path}: two of the ${what} have the name "${name}".`,
        'Give each a "name" of its own.',
      );
    }
    seen.add(name);
  }
}
