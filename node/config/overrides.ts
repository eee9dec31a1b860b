import { nearest } from './nearest.ts';
import { ConfigError } from './errors.ts';

/**
 * Settings that an environment variable and a flag of `ngr start` can set too: variables win over the file, flags
 * over variables. The first source is meant by `sources.0.url`: one that is given so replaces those of the file.
 */
export interface Override {
  setting: string;
  /** `NGR_P2P_PORT` */
  variable: string;
  /** `--p2p-port` */
  flag: string;
  /** The flag with a word for its value, `--p2p-port <N>`; one without only switches something on or, with `no-`, off. */
  usage: string;
  /** The flag's name in `ConfigFlags`, `p2pPort`. */
  option: string;
  kind: Kind;
  /** What the flag does, where it is not what the setting says. */
  help?: string;
}

type Kind = 'text' | 'number' | 'yes-no' | 'list';

export const overrides: readonly Override[] = [
  override('role', '--role <node|http>', 'text'),
  override('data', '--data <DIR>', 'text'),
  override('store', '--store <URL>', 'text'),
  override('http.port', '--port <N>', 'number'),
  override('p2p.port', '--p2p-port <N>', 'number'),
  override('http.host', '--host <ADDRESS>', 'text'),
  override('p2p.host', '--p2p-host <ADDRESS>', 'text'),
  override('http.trustProxy', '--trust-proxy', 'yes-no'),
  override('baseUrl', '--base-url <URL>', 'text'),
  override('name', '--name <NAME>', 'text'),
  override('contact', '--contact <E-MAIL>', 'text'),
  override(
    'sources.0.url',
    '--oai <URL>',
    'text',
    'OAI-PMH address of the repository to harvest, in place of the sources in the file.',
  ),
  override('networks', '--network <NAME>', 'list', 'Network of nodes to be part of; may be repeated.'),
  override(
    'p2p.bootstrap',
    '--bootstrap <MULTIADDR>',
    'list',
    'Node to join the network through; may be repeated.',
  ),
  override('follow.proof', '--proof <required|shown>', 'text'),
  override('p2p.mdns', '--no-mdns', 'yes-no', 'Do not look for nodes on the local network.'),
  override('sample', '--no-sample', 'yes-no', 'No sample repository where there are no sources.'),
  override('log.level', '--log-level <LEVEL>', 'text'),
];

/** Variable and option are the flag's name in their own spelling. */
function override(setting: string, usage: string, kind: Kind, help?: string): Override {
  const [flag = ''] = usage.split(' ');
  const words = flag.replace(/^--(no-)?/, '').split('-');
  return {
    setting,
    variable: ['NGR', ...words].join('_').toUpperCase(),
    flag,
    usage,
    option: words.map((word, i) => (i === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join(''),
    kind,
    ...(help === undefined ? {} : { help }),
  };
}

/** Values of flags, by the names of `Override.option`, as the command line gives them. */
export type ConfigFlags = Readonly<{ [option: string]: string | boolean | readonly string[] | undefined }>;
export type Environment = Readonly<{ [name: string]: string | undefined }>;

/** A value from outside the file, and the variable or flag it came by. */
export interface Given {
  setting: string;
  value: unknown;
  by: string;
}

/** What the environment and the flags set, weakest first. Empty variables count as not set. */
export function givenBy(env: Environment, flags: ConfigFlags): Given[] {
  refuseMisspeltVariable(env);
  const fromEnv = overrides.flatMap(({ setting, variable, kind }): Given[] => {
    const text = env[variable];
    return text === undefined || text === '' ? [] : [{ setting, value: readAs[kind](text), by: variable }];
  });
  const fromFlags = overrides.flatMap(({ setting, flag, option, kind }): Given[] => {
    const value = flags[option];
    if (value === undefined) return [];
    return [{ setting, value: typeof value === 'string' ? readAs[kind](value) : value, by: flag }];
  });
  return [...fromEnv, ...fromFlags];
}

const readAs: { readonly [K in Kind]: (text: string) => unknown } = {
  text: (text) => text,
  number: (text) => (/^\d+$/.test(text) ? Number(text) : text),
  'yes-no': (text) => (text === 'true' ? true : text === 'false' ? false : text),
  list: (text) => text.split(',').map((item) => item.trim()),
};

/**
 * A variable that is nearly one of ours is a slip. Others that start with NGR_ are let be: container platforms set
 * some by themselves (`NGR_SERVICE_HOST`).
 */
function refuseMisspeltVariable(env: Environment): void {
  const known = overrides.map(({ variable }) => variable);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('NGR_') || known.includes(name)) continue;
    const meant = nearest(name, known, 1);
    if (meant === undefined) continue;
    throw new ConfigError(
      'CONFIG_UNKNOWN_VARIABLE',
      `The environment variable ${name} is not known.`,
      `Did you mean ${meant}? Rename it, or unset it.`,
    );
  }
}
