import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { FORMAT, inspectStore, postgresAddress } from '../../../store/index.ts';
import { bytesText } from '../../print.ts';
import { failed, ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

/** Whether the data can be opened, of which format they are, and how large. */
export async function storeCheck({ config, running }: Patient, signal: AbortSignal): Promise<Finding[]> {
  if (config.store !== undefined && running === undefined) return [await database(config.store, signal)];
  const size =
    config.store === undefined ? bytesText(await sizeOf(join(config.data, 'store'))) : 'in PostgreSQL';
  if (running !== undefined) {
    const bad = running.ready.checks.filter((check) => !check.ok);
    return bad.length === 0
      ? [ok(config.store === undefined ? `open, ${size}; the node is ready` : 'open; the node is ready')]
      : bad.map(({ name, detail }) => failed(`${name} ${detail}.`, 'The log of the node tells more.'));
  }
  const format = await inspectStore(config.store ?? config.data);
  if (format === undefined) return [ok('none yet: the first start makes it')];
  if (format > FORMAT)
    return [
      failed(
        `The data have format ${format}, and this version knows ${FORMAT}.`,
        'Start the version of NGR Node that wrote them, or a later one.',
      ),
    ];
  if (format < FORMAT)
    return [
      warning(
        `The data have format ${format}: the next start brings them to ${FORMAT}, and there is no way back.`,
        'Back up with the former version first (docs/upgrading.md).',
      ),
    ];
  return [ok(`can be opened, format ${format}, ${size}`)];
}

/** To open it would bring the data to another format, and take the right to write from a node on another machine. */
async function database(url: string, signal: AbortSignal): Promise<Finding> {
  const { host, port, shown } = postgresAddress(url);
  const socket = connect(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  try {
    await once(socket, 'connect', { signal });
    return ok(`${shown} takes connections`);
  } catch (error) {
    signal.throwIfAborted();
    return failed(
      `${shown} takes no connections: ${(error as Error).message}.`,
      'See that the database server runs, and that this machine may reach it.',
    );
  } finally {
    socket.destroy();
  }
}

/** Bytes of the files in a folder; 0 where it is not there. */
async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  let bytes = 0;
  for (const name of names) {
    bytes += await stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return bytes;
}
