import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { Option, type Command } from 'commander';
import { OaiPmhClient, type OaiIdentify } from '../../../protocols/oai-pmh/index.ts';
import { NgrError } from '../../../vocab/errors.ts';
import { DEFAULT_CONFIG_FILE, installation, resolveConfig, type ConfigFile } from '../../config/index.ts';
import { aCommand, collect, type CommandContext, type CommonOptions } from '../command.ts';
import { CliError } from '../errors.ts';
import { oneLine, sentence } from '../print.ts';
import { Questions, type Question } from '../questions.ts';

const IDENTIFY_WITHIN_MS = 15_000;
const NETWORK_KEY = 'swarm.key';
const NETWORK_KEY_BYTES = 32;

type InitOptions = CommonOptions & {
  name?: string;
  oai?: string;
  baseUrl?: string;
  contact?: string;
  network?: string[];
  bootstrap?: string[];
  privateNetwork?: string | true;
  yes?: true;
  force?: true;
};

type Answers = Pick<InitOptions, 'name' | 'oai' | 'baseUrl' | 'contact'> & {
  /** Path of the key of a private network, seen from the configuration file. */
  privateNetworkKey?: string;
  networks: string[];
  bootstrap: string[];
};

export function initCommand(context: CommandContext): Command {
  return aCommand('init', {
    description: 'Asks five questions and writes the configuration file, ngr.config.json.',
    options: [
      new Option('--oai <URL>', 'OAI-PMH address of the repository'),
      new Option('--name <NAME>', 'name of the institution or repository'),
      new Option('--contact <E-MAIL>', 'e-mail address of who answers for the node'),
      new Option('--base-url <URL>', "the node's public address"),
      new Option('--network <NAME>', 'network to join; may be repeated').argParser(collect),
      new Option('--bootstrap <MULTIADDR>', 'node to join through; may be repeated').argParser(collect),
      new Option(
        '--private-network [FILE]',
        'speak with nodes only that have the same key, in a file that is made if it is not there (default: swarm.key)',
      ),
      new Option('--yes', 'ask nothing; take the flags and the defaults'),
      new Option('--force', 'overwrite the file if it is there'),
    ],
    examples: [
      ['ngr init', 'asks, with sensible answers to choose by Enter'],
      ['ngr init --oai https://repository.example.edu/oai --yes', 'takes what the repository tells'],
      ['ngr init --config /etc/ngr/ngr.config.json', 'writes it elsewhere'],
    ],
  }).action((options: InitOptions) => init(context, options));
}

async function init(context: CommandContext, options: InitOptions): Promise<void> {
  const path = resolve(context.cwd, options.config ?? DEFAULT_CONFIG_FILE);
  // Told before the questions are asked; the write itself refuses too.
  if (options.force !== true && existsSync(path)) throw fileExists(path);
  const answers = options.yes ? await presets(context, options) : await asked(context, options);
  const networkKey = options.privateNetwork === true ? NETWORK_KEY : options.privateNetwork;
  const privateNetwork = networkKey === undefined ? {} : { privateNetworkKey: networkKey };
  const file = configFile({ ...answers, ...privateNetwork }, path, options.data);
  const text = `${JSON.stringify(file, undefined, 2)}\n`;
  // What is written here must be readable there: flags with a slip in them end here.
  resolveConfig({ file: { path, text }, env: {}, flags: {}, cwd: context.cwd });
  await write(path, text, options.force === true);
  const isNewKey = networkKey !== undefined && (await makeNetworkKey(resolve(dirname(path), networkKey)));
  const next =
    path === resolve(context.cwd, DEFAULT_CONFIG_FILE) ? 'ngr start' : `ngr start --config ${path}`;
  context.stdout.write(
    options.json
      ? `${JSON.stringify({ file: path, config: file })}\n`
      : `Wrote ${path}. Start the node with "${next}"; "ngr doctor" looks beforehand at what it depends on.\n${isNewKey ? `Every other node of the private network needs a copy of ${networkKey}; keep it secret.\n` : ''}`,
  );
}

async function presets(context: CommandContext, options: InitOptions): Promise<Answers> {
  const identify = options.oai === undefined ? undefined : await identified(options.oai, context);
  const contact = options.contact ?? contactOf(identify);
  const name = options.name ?? identify?.repositoryName ?? domainOf(options.oai) ?? domainOf(options.baseUrl);
  if (!name)
    context.stderr.write(
      '  Warning: the node has no name of its own. Set "name" in the file, or give --name.\n',
    );
  return {
    ...options,
    networks: options.network ?? ['default'],
    ...(name && { name: oneLine(name) }),
    ...(contact && { contact }),
    bootstrap: options.bootstrap ?? [],
  };
}

async function asked(context: CommandContext, options: InitOptions): Promise<Answers> {
  const questions = new Questions(context);
  try {
    return await interview(questions, context, options);
  } finally {
    questions.close();
  }
}

/** The repository comes first: what it says of itself are good answers to the next questions. */
async function interview(
  questions: Questions,
  context: CommandContext,
  options: InitOptions,
): Promise<Answers> {
  const ask = (setting: keyof ConfigFile | 'oai', question: Question): Promise<string> =>
    questions.ask({
      ...question,
      complaint: (answer) =>
        question.complaint?.(answer) ?? (answer === '' ? undefined : complaintAbout(setting, answer)),
    });

  const oai = await ask('oai', {
    text: '1/5 OAI-PMH address of your repository (empty: none yet)',
    preset: options.oai ?? '',
  });
  const identify = oai === '' ? undefined : await identified(oai, context);
  const name = await ask('name', {
    text: '2/5 Name of your institution or repository',
    preset:
      options.name ?? oneLine(identify?.repositoryName ?? domainOf(oai) ?? domainOf(options.baseUrl) ?? ''),
    complaint: (answer) =>
      answer === '' ? 'Pages and other nodes show it: it should say who you are.' : undefined,
  });
  const contact = await ask('contact', {
    text: '3/5 E-mail address of who answers for the node (public; empty: none)',
    preset: options.contact ?? contactOf(identify) ?? '',
  });
  const baseUrl = await ask('baseUrl', {
    text: '4/5 Public address of the node, such as https://node.example.edu (empty: only this machine)',
    preset: options.baseUrl ?? '',
  });
  const membership = await questions.ask({
    text: '5/5 Networks to join, then addresses of nodes in it that you know (/ip4/…/p2p/…)',
    preset: [...(options.network ?? ['default']), ...(options.bootstrap ?? [])].join(' '),
    complaint: (answer) => {
      const { networks, bootstrap } = membershipOf(answer);
      return (
        complaintAbout('network', networks.join(',')) ?? complaintAbout('bootstrap', bootstrap.join(','))
      );
    },
  });
  return { oai, name, contact, baseUrl, ...membershipOf(membership) };
}

function membershipOf(answer: string): { networks: string[]; bootstrap: string[] } {
  const words = answer.split(/[\s,]+/).filter((word) => word !== '');
  const named = words.filter((word) => !word.startsWith('/'));
  return {
    networks: named.length === 0 ? ['default'] : named,
    bootstrap: words.filter((word) => word.startsWith('/')),
  };
}

/** What `ngr start` would say to the same value as a flag. */
function complaintAbout(flag: string, value: string): string | undefined {
  try {
    resolveConfig({ env: {}, flags: value === '' ? {} : { [flag]: value }, cwd: '/' });
    return undefined;
  } catch (error) {
    return error instanceof NgrError ? error.remedy : String(error);
  }
}

function configFile(
  { name, oai, baseUrl, contact, networks, bootstrap, privateNetworkKey }: Answers,
  path: string,
  data?: string,
): ConfigFile {
  return {
    $schema: schemaSeenFrom(dirname(path)),
    ...(name && { name }),
    ...(contact && { contact }),
    ...(baseUrl && { baseUrl }),
    ...(data && { data }),
    networks,
    ...((bootstrap.length > 0 || privateNetworkKey !== undefined) && {
      p2p: {
        ...(bootstrap.length > 0 && { bootstrap }),
        ...(privateNetworkKey !== undefined && { privateNetworkKey }),
      },
    }),
    sources: oai ? [{ type: 'oai-pmh', url: oai }] : [],
  };
}

/** The first of the repository's addresses of e-mail that will do: many name `root@localhost`, as they were installed. */
function contactOf(identify: OaiIdentify | undefined): string | undefined {
  return identify?.adminEmails.find((address) => complaintAbout('contact', address) === undefined);
}

/** The domain of an address, which is a better name than none; undefined where it says nothing, as `localhost`. */
function domainOf(address: string | undefined): string | undefined {
  const host = address !== undefined && URL.canParse(address) ? new URL(address).hostname : '';
  return /\.[a-z][a-z0-9-]*$/.test(host) ? host.replace(/^www\./, '') : undefined;
}

function schemaSeenFrom(folder: string): string {
  const path = relative(folder, join(installation().root, 'ngr.config.schema.json')).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

/** What the repository says of itself. One that does not answer now may do so later: that is a warning. */
async function identified(
  oai: string,
  { fetch, stderr, stopping }: CommandContext,
): Promise<OaiIdentify | undefined> {
  const client = new OaiPmhClient({
    baseUrl: oai,
    fetch,
    timeouts: { answer: IDENTIFY_WITHIN_MS, complete: IDENTIFY_WITHIN_MS },
    retries: { attempts: 1 },
    signal: stopping,
  });
  try {
    const identify = await client.identify();
    stderr.write(`  It answers: ${oneLine(identify.repositoryName)}\n`);
    return identify;
  } catch (error) {
    const remedy = error instanceof NgrError && error.remedy !== undefined ? ` ${error.remedy}` : '';
    stderr.write(`  Warning: ${sentence(oneLine((error as Error).message))}${remedy}\n`);
    return undefined;
  }
}

/** Makes the key of a new private network, unless there is one already. @returns whether it made one */
async function makeNetworkKey(file: string): Promise<boolean> {
  const key = `/key/swarm/psk/1.0.0/\n/base16/\n${randomBytes(NETWORK_KEY_BYTES).toString('hex')}\n`;
  try {
    await writeFile(file, key, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    return false;
  }
}

async function write(path: string, text: string, overwrite: boolean): Promise<void> {
  try {
    await writeFile(path, text, { flag: overwrite ? 'w' : 'wx' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
    throw fileExists(path, cause);
  }
}

function fileExists(path: string, cause?: unknown): CliError {
  return new CliError('FILE_EXISTS', `${path} is there already; it was left as it is.`, {
    remedy: 'Overwrite it with --force, or name another file with --config.',
    cause,
  });
}
