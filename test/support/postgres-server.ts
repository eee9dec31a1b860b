import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chown, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './until.ts';

const run = promisify(execFile);

/** A PostgreSQL of one's own, on a Unix socket in a temporary folder. It is gone with the process that started it. */
export interface PostgresServer {
  /** The URL of a store in a schema that only this name leads to. */
  urlOf(name: string): string;
  /** Ends the server as a crash does. */
  crash(): Promise<void>;
  start(): Promise<void>;
  /** Puts questions of SQL to it; answers as psql writes them without decoration. */
  ask(sql: string): Promise<string>;
}

let running: Promise<PostgresServer | undefined> | undefined;

/** One server for all tests of the process, started when the first asks. Undefined where PostgreSQL is not installed. */
export function sharedPostgres(): Promise<PostgresServer | undefined> {
  return (running ??= startPostgres());
}

/** As `sharedPostgres`; leaves the tests out where there is none, which is no excuse in CI. */
export async function postgresFor(context: Mocha.Context): Promise<PostgresServer> {
  const server = await sharedPostgres();
  if (server !== undefined) return server;
  if (process.env['CI'] !== undefined)
    throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  return context.skip();
}

/** A server that a test may crash. Undefined where PostgreSQL is not installed. */
export async function startPostgres(): Promise<PostgresServer | undefined> {
  const programs = await programFolder();
  if (programs === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'ngr-pg-'));
  const user = await serverUser();
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid ?? user.uid);
  const options = { cwd: folder, ...user };
  const data = join(folder, 'data');
  await run(
    join(programs, 'initdb'),
    ['-D', data, '-U', 'ngr', '-A', 'trust', '-N', '--locale=C', '-E', 'UTF8'],
    options,
  );
  const settings = [
    'fsync = off',
    'full_page_writes = off',
    'max_connections = 300',
    "listen_addresses = ''",
  ];
  const sockets = `unix_socket_directories = '${folder}'`;
  await writeFile(join(data, 'postgresql.auto.conf'), [...settings, sockets, ''].join('\n'));
  const socketUrl = `postgres://ngr@localhost/postgres?host=${encodeURIComponent(folder)}`;

  const ask = async (sql: string): Promise<string> => {
    const { stdout } = await run(
      join(programs, 'psql'),
      ['-h', folder, '-U', 'ngr', '-XAtq', '-c', sql, 'postgres'],
      {
        cwd: folder,
      },
    );
    return stdout.trim();
  };
  const start = async (): Promise<void> => {
    // The shell reads till this process is gone, however that came about.
    const script = '"$1" -D "$2" >/dev/null 2>&1 & cat >/dev/null; kill -QUIT $!; wait; rm -rf "$3"';
    const child = spawn('/bin/sh', ['-c', script, 'sh', join(programs, 'postgres'), data, folder], {
      ...options,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    child.unref();
    (child.stdin as unknown as { unref?: () => void }).unref?.();
    const answers = (): Promise<boolean> => ask('SELECT 1').then(Boolean, () => false);
    await until('PostgreSQL starts', answers);
  };
  await start();
  return {
    urlOf: (name) => {
      const schema = `t_${createHash('sha256').update(name).digest('hex').slice(0, 20)}`;
      return `${socketUrl}&schema=${schema}`;
    },
    crash: async () => {
      await run(join(programs, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate', '-w'], options);
    },
    start,
    ask,
  };
}

/** Debian keeps the programs of the server out of the path. */
async function programFolder(): Promise<string | undefined> {
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  const newest = versions.toSorted((a, b) => Number(b) - Number(a))[0];
  if (newest !== undefined) return join('/usr/lib/postgresql', newest, 'bin');
  const found = await run('sh', ['-c', 'dirname "$(readlink -f "$(command -v initdb)")"']).catch(
    () => undefined,
  );
  const folder = found?.stdout.trim();
  return folder === undefined || folder === '' || folder === '.' ? undefined : folder;
}

/** The server refuses to run as root: the user of Debian's package is there for it. */
async function serverUser(): Promise<{ uid?: number; gid?: number }> {
  if (userInfo().uid !== 0) return {};
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  );
  return { ...(uid !== undefined && { uid }), ...(gid !== undefined && { gid }) };
}
