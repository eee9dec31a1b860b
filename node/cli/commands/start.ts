import { Option, type Command } from 'commander';
import type { Logger } from 'pino';
import { NgrError } from '../../../vocab/errors.ts';
import {
  installation,
  overrides,
  settingSchema,
  type Config,
  type Environment,
  type Override,
  type SourceConfig,
} from '../../config/index.ts';
import { aCommand, collect, type CommandContext } from '../command.ts';
import { CliError } from '../errors.ts';
import { configOf, openLog, type GivenFlags } from '../settings.ts';
import type { RunningNode } from '../surroundings.ts';

/** The disk was full, and has room again: the store has to be opened anew (node/assembly/reopening.ts). */
const REOPEN = 'STORE_TO_REOPEN';
/** A little less than the five seconds in which a stopped node has to be gone. */
const STOP_WITHIN_MS = 4_500;

export function startCommand(context: CommandContext): Command {
  const command = aCommand('start', {
    description: 'Runs a node until it is stopped (Ctrl-C, SIGTERM).',
    options: overrides.filter(({ flag }) => flag !== '--data').map(optionOf),
    examples: [
      ['ngr start', 'sample records, or what ngr.config.json says'],
      ['ngr start --oai https://repository.example.edu/oai', 'harvest and publish your repository'],
      ['ngr start --port 0 --p2p-port 0 --data /tmp/second', 'a second node beside the first'],
      [
        'ngr start --role http --store postgres://ngr@db/ngr',
        'another process for readers, over the same database',
      ],
      ['ngr start --bootstrap /ip4/192.0.2.1/tcp/4001/p2p/12D3Koo…', 'join through a node you know'],
    ],
  });
  return command.action(() => start(context, flagsGiven(command)));
}

/** What was typed: commander presets the flags that switch something off. */
function flagsGiven(command: Command): GivenFlags {
  const typed = Object.entries(command.opts<GivenFlags>());
  return Object.fromEntries(typed.filter(([name]) => command.getOptionValueSource(name) === 'cli'));
}

function optionOf({ setting, variable, usage, kind, help }: Override): Option {
  const schema = settingSchema(setting.split('.'));
  const preset =
    help === undefined && schema?.default !== undefined ? `; default: ${JSON.stringify(schema.default)}` : '';
  const option = new Option(usage, `${help ?? schema?.description} (${variable}${preset})`);
  if (kind !== 'list') return option;
  return option.argParser(collect);
}

async function start(context: CommandContext, flags: GivenFlags): Promise<void> {
  const config = await configOf(flags, context);
  const log = openLog(config.log.level, context);
  for (let { port } = config.http; ;) {
    const { why, url } = await runOnce(context, flags, { ...config, http: { ...config.http, port } }, log);
    if (why === undefined) return;
    if (!isToReopen(why)) throw why;
    // Who knows where it was finds it there again.
    port = Number(new URL(url).port);
  }
}

function isToReopen(why: unknown): boolean {
  return why instanceof NgrError && why.code === REOPEN;
}

/** Runs a node to its end. @returns why it could not go on, where it was not asked to stop */
async function runOnce(
  context: CommandContext,
  flags: GivenFlags,
  config: Config,
  log: Logger,
): Promise<{ why: unknown; url: string }> {
  const lost = new AbortController();
  const node = await context.startNode(config, { log, onLost: (error) => lost.abort(error) });
  const ended = AbortSignal.any([context.stopping, lost.signal]);
  if (!ended.aborted) {
    announce(context, flags, config, node);
    await new Promise((resolve) => ended.addEventListener('abort', resolve, { once: true }));
  }
  // Before it stops to answer: who asks in the meantime is to find the reason.
  if (!context.stopping.aborted && isToReopen(lost.signal.reason))
    log.warn({ err: lost.signal.reason }, 'the node is started anew');
  await stopInTime(node, context);
  return { why: context.stopping.aborted ? undefined : lost.signal.reason, url: node.url };
}

function announce(
  { stdout, env }: CommandContext,
  { json }: GivenFlags,
  config: Config,
  node: RunningNode,
): void {
  const { url, multiaddrs } = node;
  if (json) {
    stdout.write(`${JSON.stringify({ ready: { url, multiaddrs } })}\n`);
    return;
  }
  const lines = [
    `NGR Node ${installation().version}: ${config.name}, in the network${config.networks.length > 1 ? 's' : ''} ${config.networks.map((name) => `"${name}"`).join(', ')}`,
    '',
    ...addresses(config.baseUrl ?? url, multiaddrs),
    '',
    ...(config.role === 'http' ? ['Reads along with the node that writes there.'] : nextSteps(config, env)),
    '',
    // Scripts wait for this line. One peer address is enough: the first that works on this machine.
    `ready ${url} ${multiaddrs.find((address) => address.includes('/127.0.0.1/')) ?? multiaddrs[0] ?? ''}`,
  ];
  stdout.write(`${lines.join('\n')}\n`);
}

function addresses(base: string, multiaddrs: readonly string[]): string[] {
  const named: [string, string][] = [
    ['Pages', `${base}/`],
    ['Search', `${base}/search`],
    ['Records', `${base}/records`],
    ['OAI-PMH', `${base}/oai`],
    ['ResourceSync', `${base}/.well-known/resourcesync`],
    ['Inbox', `${base}/inbox`],
    ['Dashboard', `${base}/dashboard`],
    ['Health', `${base}/health/ready`],
    ...multiaddrs.map((address): [string, string] => ['Other nodes', address]),
  ];
  return named.map(([name, address]) => `  ${name.padEnd(14)}${address}`);
}

function nextSteps({ sources, sample }: Config, env: Environment): string[] {
  // In a checkout nobody has an `ngr` on the path.
  const isCheckout = env['npm_lifecycle_event'] === 'start';
  const ngr = isCheckout ? 'npx ngr' : 'ngr';
  if (sources.length > 0)
    return [`Harvesting ${sources.map(placeOf).join(', ')}. "${ngr} status" tells how far it is.`];
  const now =
    sample === undefined ? 'There is no repository to harvest yet.' : 'The records are a bundled sample.';
  return [
    `${now} Next:`,
    `  Your own repository   ${isCheckout ? 'npm start --' : 'ngr start'} --oai https://repository.example.edu/oai`,
    `  A configuration       ${ngr} init`,
  ];
}

function placeOf(source: SourceConfig): string {
  return source.type === 'files' ? source.path : source.url;
}

async function stopInTime(node: RunningNode, { clock }: CommandContext): Promise<void> {
  const inTime = new AbortController();
  const late = clock.sleep(STOP_WITHIN_MS, inTime.signal).then(() => {
    throw new CliError('STOP_TOO_SLOW', 'The node was ended before all of its parts had stopped.', {
      remedy: 'Nothing it had acknowledged is lost; its log tells which part was busy.',
    });
  });
  try {
    await Promise.race([node.stop(), late]);
  } finally {
    inTime.abort();
  }
}
