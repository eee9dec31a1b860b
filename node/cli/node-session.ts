import { once } from 'node:events';
import { access, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Config } from '../config/index.ts';
import type { CommandContext, CommonOptions } from './command.ts';
import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import { hasKey } from './key-file.ts';
import { NodeClient } from './node-client.ts';
import { configOf, openLog } from './settings.ts';
import type { Surroundings } from './surroundings.ts';

const PROBE_MS = 5_000;

/**
 * Lets `use` ask the node that runs on the data directory. Where none runs, one is started in this process for as long
 * as it takes: without peers and schedule, on a loopback port of its own.
 */
export async function withNode<T>(
  context: CommandContext,
  options: CommonOptions,
  use: (client: NodeClient) => Promise<T>,
  { createData = false, sample = true }: { createData?: boolean; sample?: boolean } = {},
): Promise<T> {
  const config = await configOf(options, context);
  const running = await runningOn(config.data, context);
  if (running !== undefined) return await use(running.client);

  if (!createData) await refuseMissingData(config.data);
  const log = openLog(config.log.level, context, true);
  const node = await context.startNode(await configOfData(config, sample), { log, offline: true });
  try {
    return await use(await clientOf(node.url, config.data, context));
  } finally {
    await node.stop();
  }
}

/**
 * A node that was started with `--oai` leaves its data here and no word in the file: they are asked then, and not the
 * sample of a start without sources. Nor does a command that brings records of its own need the sample.
 */
async function configOfData(config: Config, isSampleWanted: boolean): Promise<Config> {
  const { sample, ...withoutSample } = config;
  if (sample === undefined) return config;
  if (!isSampleWanted) return withoutSample;
  return (await hasKey(config.data)) ? withoutSample : config;
}

/** The node that runs on a data directory, to be asked, and the number of its process; `undefined` where none does. */
export async function runningOn(
  data: string,
  surroundings: Surroundings,
): Promise<{ client: NodeClient; pid: number } | undefined> {
  const found = await runningAt(data);
  return found === undefined
    ? undefined
    : { client: await clientOf(found.url, data, surroundings), pid: found.pid };
}

async function runningAt(data: string): Promise<{ url: string; pid: number } | undefined> {
  const file = join(data, 'node.json');
  const text = await readFile(file, 'utf8').catch(absent);
  if (text === undefined) return undefined;
  let told: { pid?: unknown; url?: unknown };
  try {
    told = JSON.parse(text) as typeof told;
  } catch {
    return undefined; // Cut short by a crash.
  }
  if (typeof told.url !== 'string' || !URL.canParse(told.url)) return undefined;
  if (typeof told.pid !== 'number' || !isAlive(told.pid)) return undefined;
  return (await isRefused(told.url)) ? undefined : { url: told.url, pid: told.pid };
}

/** Whether nobody listens: the node was killed, and its number is another process's now. */
async function isRefused(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(port || (protocol === 'https:' ? 443 : 80)) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(PROBE_MS) });
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
  } finally {
    socket.destroy();
  }
}

/** A process that we may not signal is there all the same. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function clientOf(url: string, data: string, { fetch, stopping }: Surroundings): Promise<NodeClient> {
  const file = join(data, 'api-token');
  const token = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CliError('TOKEN_UNREADABLE', `The node's token ${file} cannot be read.`, {
      remedy: 'Run the command as the user who runs the node.',
      cause,
    });
  });
  return new NodeClient({ url, token: token.trim(), fetch, stopping });
}

async function refuseMissingData(data: Config['data']): Promise<void> {
  try {
    await access(data);
  } catch (cause) {
    throw new CliError('NO_DATA', `There is no data directory ${data}.`, {
      remedy: 'Name the one of your node with --data, or start a node first with "ngr start".',
      exitCode: ExitCode.notFound,
      cause,
    });
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
