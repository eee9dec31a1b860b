import type { Command } from 'commander';
import { installation, type Config } from '../../config/index.ts';
import { guardedFetch } from '../../outbound/index.ts';
import { NgrError } from '../../../vocab/errors.ts';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { diagnose, type Diagnosis } from '../doctor/diagnosis.ts';
import { failed, warning } from '../doctor/finding.ts';
import { peersSchema, runningSchema, type Patient, type RunningNode } from '../doctor/patient.ts';
import { ExitCode } from '../exit-codes.ts';
import { keyIn } from '../key-file.ts';
import { runningOn } from '../node-session.ts';
import { print } from '../print.ts';
import { configOf } from '../settings.ts';

const CHECK_WITHIN_MS = 20_000;
const REQUEST_MS = 15_000;

export function doctorCommand(context: CommandContext): Command {
  return aCommand('doctor', {
    description:
      'Examines what a node depends on, whether it runs or not: configuration, repository, ports, clock, disk, certificate, DNS, other nodes, data, limits. Each finding tells what to do.',
    examples: [
      ['ngr doctor', 'before the first start, and when something is odd'],
      ['ngr doctor --json', 'for a monitor: exit code 1 where a check has failed, 0 also with warnings'],
    ],
  }).action(async (options: CommonOptions) => {
    const found = await examine(context, options);
    const states = found.map(({ state }) => state);
    print(context, options, { ok: !states.includes('failed'), findings: found }, linesOf(found));
    if (states.includes('failed')) context.exitWith(ExitCode.failed);
  });
}

async function examine(context: CommandContext, options: CommonOptions): Promise<Diagnosis[]> {
  let config: Config;
  try {
    config = await configOf(options, context);
  } catch (error) {
    if (!(error instanceof NgrError)) throw error;
    return [{ check: 'configuration', ...failed(error.message, error.remedy ?? 'Correct it.') }];
  }
  const { running, troubles } = await askRunning(config, context);
  const patient: Patient = {
    config,
    running,
    node: await idOf(config.data),
    fetch: guardedFetch({ allow: named(config), userAgent: userAgent(config), timeoutMs: REQUEST_MS }),
    clock: context.clock,
  };
  const found = await diagnose(patient, { withinMs: CHECK_WITHIN_MS, stopping: context.stopping });
  return [...troubles, ...found];
}

/** What the running node says of itself; that it runs and says nothing is a finding. */
async function askRunning(
  config: Config,
  context: CommandContext,
): Promise<{ running: RunningNode | undefined; troubles: Diagnosis[] }> {
  try {
    const found = await runningOn(config.data, context);
    if (found === undefined) return { running: undefined, troubles: [] };
    const { client, pid } = found;
    const status = await client.get('/api/status', runningSchema);
    const { orderedItems: peers } = await client.get('/peers', peersSchema);
    return {
      running: { ...status, url: client.url, pid, peers },
      troubles: [],
    };
  } catch (error) {
    context.stopping.throwIfAborted();
    const { message, remedy } = error as NgrError;
    const finding = warning(message, remedy ?? 'Look at the log of the node.');
    return { running: undefined, troubles: [{ check: 'running', ...finding }] };
  }
}

/** The id of the key in a data directory. One that cannot be read is told of where the node is started. */
async function idOf(data: string): Promise<string | undefined> {
  const identity = await keyIn(data).catch(() => undefined);
  return identity?.node;
}

/** Addresses that the operator named, which may be in the private network. */
function named({ sources, baseUrl }: Config): string[] {
  const urls = sources.flatMap((source) => (source.type === 'files' ? [] : [source.url]));
  return [...urls, ...(baseUrl === undefined ? [] : [baseUrl])];
}

function userAgent({ contact, baseUrl }: Config): string {
  const who = contact === undefined ? baseUrl : `mailto:${contact}`;
  return `NGR-Node/${installation().version}${who === undefined ? '' : ` (+${who})`}`;
}

const signs = { ok: 'ok     ', warning: 'warning', failed: 'FAILED ' } as const;

function linesOf(found: readonly Diagnosis[]): string[] {
  const width = Math.max(...found.map(({ check }) => check.length));
  const lines = found.flatMap(({ check, state, text, remedy }) => [
    `${signs[state]}  ${check.padEnd(width)}  ${text}`,
    ...(remedy === undefined ? [] : [`${' '.repeat(width + 11)}${remedy}`]),
  ]);
  const count = (state: Diagnosis['state']): number => found.filter((one) => one.state === state).length;
  const [bad, odd] = [count('failed'), count('warning')];
  return [
    ...lines,
    '',
    bad + odd === 0 ? 'All is well.' : `${bad} failed, ${odd} ${odd === 1 ? 'warning' : 'warnings'}.`,
  ];
}
