import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export const MAIL_USER = 'node';
export const MAIL_PASSWORD = 'a-password-of-mail-for-tests-only';

/** A letter as it came. */
export interface ReceivedLetter {
  from: string;
  to: string[];
  /** Header and body, as they were sent. */
  raw: string;
  isEncrypted: boolean;
  user: string | undefined;
}

/** The institution's mail server: `smtp-server` on loopback, with a certificate of its own authority. */
export interface TestMailServer {
  port: number;
  /** Of the certificate. */
  ca: string;
  letters: ReceivedLetter[];
  /** The next letter, if none has come since the last that was asked for. */
  next(): Promise<ReceivedLetter>;
  close(): Promise<void>;
}

/** @param options.asks whether it wants a user and a password */
export async function aMailServer({
  asks = false,
  ...options
}: SMTPServerOptions & { asks?: boolean } = {}): Promise<TestMailServer> {
  const { key, cert } = certificate();
  const letters: ReceivedLetter[] = [];
  let seen = 0;
  let arrived = (): void => undefined;
  const server = new SMTPServer({
    key,
    cert,
    authOptional: !asks,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _, done) =>
      username === MAIL_USER && password === MAIL_PASSWORD
        ? done(null, { user: username })
        : done(new Error('no such user')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        letters.push({
          from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          isEncrypted: session.secure,
          user: session.user,
        });
        done();
        arrived();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    ca: cert,
    letters,
    next: async () => {
      if (letters.length <= seen) await new Promise<void>((resolve) => (arrived = resolve));
      const letter = letters[seen++];
      if (letter === undefined) throw new Error('no letter');
      return letter;
    },
    close: () =>
      new Promise((resolve) => {
        for (const connection of server.connections) connection._socket.destroy();
        server.close(() => resolve());
      }),
  };
}

let made: { key: string; cert: string } | undefined;

/** A certificate for this machine, of an authority that nobody knows. */
function certificate(): { key: string; cert: string } {
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), 'ngr-test-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const asked =
    'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1';
  execFileSync('openssl', [...asked.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' });
  made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  rmSync(folder, { recursive: true });
  return made;
}

/** The text of a letter's body, whatever it was encoded in for the way. */
export function bodyOf(letter: ReceivedLetter): string {
  return encodedBodyOf(letter).replaceAll('\r\n', '\n').replace(/\n$/, '');
}

function encodedBodyOf({ raw }: ReceivedLetter): string {
  const [head = '', ...body] = raw.split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(text, 'base64').toString();
  if (!/^Content-Transfer-Encoding: quoted-printable/im.test(head)) return text;
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}

/** Names and values of a letter's headers, unfolded; encoded words (RFC 2047) as they are meant. */
export function headersOf({ raw }: ReceivedLetter): [name: string, value: string][] {
  const head = (raw.split('\r\n\r\n')[0] ?? '').replaceAll(/\r\n[ \t]/g, ' ');
  return head.split('\r\n').map((line) => {
    const [, name = '', value = ''] = /^([^:]+): ?(.*)$/.exec(line) ?? [];
    return [name, value.replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=( (?==\?))?/gi, decoded)];
  });
}

function decoded(_: string, encoding: string, text: string): string {
  if (encoding.toUpperCase() === 'B') return Buffer.from(text, 'base64').toString();
  const bytes = text
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
