import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { StoreError } from '../errors.ts';

/** Where a store lies in a database, as its URL says. */
export interface PostgresAddress {
  host: string;
  port: number;
  user: string | undefined;
  database: string | undefined;
  /** Undefined leaves it to `PGPASSWORD` and to servers that ask for none. */
  password: string | (() => Promise<string>) | undefined;
  ssl: false | ConnectionOptions;
  /** The schema with the node's tables. */
  schema: string;
  /** The URL without its password: for messages and logs. */
  shown: string;
}

const DEFAULT_PORT = 5432;
const DEFAULT_SCHEMA = 'ngr';
/** PostgreSQL cuts longer names off. Quoted, anything could be a name; these need no thought in psql either. */
const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;
const PARAMETERS = ['schema', 'host', 'passwordFile', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'];
const EXAMPLE = 'postgres://ngr@db.example.edu/ngr?sslmode=verify-full';

/** Whether the place of a store is a database, and not a folder. */
export function isPostgresUrl(place: string): boolean {
  return /^postgres(?:ql)?:\/\//i.test(place);
}

/**
 * Reads `postgres://USER:PASSWORD@HOST:PORT/DATABASE?schema=…`. TLS as libpq has it: `sslmode` is `disable` (the default),
 * `require` (encrypted, any certificate), `verify-ca` or `verify-full`; `sslrootcert`, `sslcert` and `sslkey` are files.
 * `passwordFile` is a file with the password alone, read anew for each connection; `host` a folder with a Unix socket.
 *
 * @throws StoreError `STORE_BAD_URL`, which never repeats the password
 */
export function postgresAddress(text: string): PostgresAddress {
  const url = URL.canParse(text) && isPostgresUrl(text) ? new URL(text) : undefined;
  if (url === undefined)
    throw badUrl(
      'it is no URL',
      `It has to look like ${EXAMPLE}; % and @ in a password are written %25 and %40.`,
    );
  const { searchParams: parameters } = url;
  const unknown = [...parameters.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined)
    throw badUrl(`it has the parameter "${unknown}"`, `Those that are known are ${PARAMETERS.join(', ')}.`);
  const schema = parameters.get('schema') ?? DEFAULT_SCHEMA;
  if (!SCHEMA.test(schema))
    throw badUrl(`its schema is "${schema}"`, 'Name one of lower-case letters, digits and _, 63 at most.');
  const host = parameters.get('host') ?? decodeURIComponent(url.hostname);
  return {
    host: host === '' ? 'localhost' : host.replace(/^\[(.+)\]$/, '$1'),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    user: decoded(url.username),
    database: decoded(url.pathname.replace(/^\//, '')),
    password: passwordOf(decoded(url.password), parameters.get('passwordFile')),
    ssl: tlsOf(parameters),
    schema,
    shown: shownUrl(url),
  };
}

/** The same database with another schema: for what is kept apart. */
export function inSchema(place: string, suffix: string): string {
  if (!URL.canParse(place)) return place;
  const url = new URL(place);
  url.searchParams.set('schema', `${url.searchParams.get('schema') ?? DEFAULT_SCHEMA}_${suffix}`);
  return url.href;
}

function shownUrl(url: URL): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}

function decoded(part: string): string | undefined {
  return part === '' ? undefined : decodeURIComponent(part);
}

function passwordOf(written: string | undefined, file: string | null): PostgresAddress['password'] {
  if (file === null) return written;
  return async () => (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
}

function tlsOf(parameters: URLSearchParams): PostgresAddress['ssl'] {
  const mode = parameters.get('sslmode') ?? 'disable';
  const check = checks[mode];
  if (check === undefined)
    throw badUrl(`its sslmode is "${mode}"`, `Those that are known are ${Object.keys(checks).join(', ')}.`);
  if (check === 'none') return false;
  const ca = contents(parameters, 'sslrootcert');
  if (mode === 'verify-ca' && ca === undefined)
    throw badUrl(
      'sslmode=verify-ca names no sslrootcert',
      'Name the file with the certificate of your own authority, or take sslmode=verify-full.',
    );
  const cert = contents(parameters, 'sslcert');
  const key = contents(parameters, 'sslkey');
  return {
    ...check,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
  };
}

const checks: { readonly [mode: string]: 'none' | ConnectionOptions } = {
  disable: 'none',
  require: { rejectUnauthorized: false },
  'verify-ca': { checkServerIdentity: () => undefined },
  'verify-full': {},
};

function contents(parameters: URLSearchParams, name: string): string | undefined {
  const path = parameters.get(name);
  if (path === null) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw badUrl(
      `its ${name} cannot be read (${(cause as NodeJS.ErrnoException).code})`,
      'Check the path, and whether the user that runs the node may read the file.',
    );
  }
}

function badUrl(what: string, remedy: string): StoreError {
  return new StoreError('STORE_BAD_URL', `The URL of the store cannot be used: ${what}.`, { remedy });
}
