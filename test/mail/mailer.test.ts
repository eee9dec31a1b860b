import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { Letters, Mailer, type LetterLanguage, type MailSettings } from '../../node/mail/index.ts';
import {
  aMailServer,
  bodyOf,
  headersOf,
  MAIL_PASSWORD,
  MAIL_USER,
  type TestMailServer,
} from '../support/a-mail-server.ts';
import { silentLog } from '../support/test-catalogue.ts';

const FROM = 'node@wyreford.example';
const TO = 'ana@example.edu';

describe('letters', () => {
  const closing: (() => Promise<unknown> | void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
  });

  async function serverWith(options: Parameters<typeof aMailServer>[0] = {}): Promise<TestMailServer> {
    const server = await aMailServer(options);
    closing.push(() => server.close());
    return server;
  }

  function mailerAt(
    port: number,
    more: Partial<MailSettings> = {},
    options: { name?: string; withinMs?: number } = {},
  ): Mailer {
    const settings: MailSettings = { host: '127.0.0.1', port, secure: 'starttls', from: FROM, ...more };
    const mailer = new Mailer({ settings, name: 'University of Wyreford', ...options });
    closing.push(() => mailer.stop());
    return mailer;
  }

  const send = (
    mailer: Mailer,
    letter: { subject?: string; text?: string; to?: string } = {},
  ): Promise<unknown> =>
    mailer.send({ to: TO, subject: 'Subject', text: 'Text', ...letter }).then(
      () => undefined,
      (error: unknown) => (error as { code?: unknown }).code,
    );

  it('go over TLS by STARTTLS, with user and password, as plain text', async () => {
    const server = await serverWith({ asks: true });
    const login = { user: MAIL_USER, password: MAIL_PASSWORD, ca: server.ca };
    expect(await send(mailerAt(server.port, login), { subject: 'Convite à Ana', text: 'Olá' })).to.equal(
      undefined,
    );
    const letter = await server.next();
    expect(letter).to.deep.include({ from: FROM, to: [TO], isEncrypted: true, user: MAIL_USER });
    const headers = Object.fromEntries(headersOf(letter));
    expect(headers).to.deep.include({
      From: `University of Wyreford <${FROM}>`,
      To: TO,
      Subject: 'Convite à Ana',
      'Auto-Submitted': 'auto-generated',
      'Content-Type': 'text/plain; charset=utf-8',
    });
    expect(bodyOf(letter)).to.equal('Olá');
  });

  it('go over TLS from the start', async () => {
    const server = await serverWith({ secure: true });
    expect(await send(mailerAt(server.port, { secure: 'tls', ca: server.ca }))).to.equal(undefined);
    expect((await server.next()).isEncrypted).to.equal(true);
  });

  it('go without TLS only where the operator says so', async () => {
    const server = await serverWith({ disabledCommands: ['STARTTLS', 'AUTH'] });
    expect(await send(mailerAt(server.port))).to.equal('MAIL_UNREACHABLE');
    expect(server.letters).to.deep.equal([]);
    expect(await send(mailerAt(server.port, { secure: 'none' }))).to.equal(undefined);
    expect((await server.next()).isEncrypted).to.equal(false);
  });

  it('do not go to a server whose certificate nobody vouches for, nor the password', async () => {
    let tried = false;
    const server = await serverWith({
      asks: true,
      onAuth: (_, __, done) => {
        tried = true;
        done(null, { user: 'x' });
      },
    });
    const login = { user: MAIL_USER, password: MAIL_PASSWORD };
    expect(await send(mailerAt(server.port, login))).to.equal('MAIL_UNREACHABLE');
    expect(tried).to.equal(false);
  });

  it('are told when the login is refused, without the password', async () => {
    const server = await serverWith({ asks: true });
    const mailer = mailerAt(server.port, { user: MAIL_USER, password: 'another-secret', ca: server.ca });
    const error: unknown = await mailer.send({ to: TO, subject: 'S', text: 'T' }).catch((e: unknown) => e);
    expect(error).to.deep.include({ code: 'MAIL_LOGIN', details: { reply: 535 } });
    expect((error as Error).message).to.not.include('another-secret');
  });

  it('are told when the server does not take the recipient', async () => {
    const server = await serverWith({ onRcptTo: (_, __, done) => done(new Error('no such user')) });
    expect(await send(mailerAt(server.port, { ca: server.ca }))).to.equal('MAIL_REFUSED');
  });

  it('are told when no server is there', async () => {
    const server = await serverWith();
    await server.close();
    expect(await send(mailerAt(server.port))).to.equal('MAIL_UNREACHABLE');
  });

  describe('to a server that says nothing', () => {
    let mute: Server;
    beforeEach(async () => {
      mute = createServer(() => undefined);
      await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
      closing.push(() => new Promise((resolve) => mute.close(() => resolve(undefined))));
    });
    const port = (): number => (mute.address() as AddressInfo).port;

    it('are given up', async () => {
      expect(await send(mailerAt(port(), {}, { withinMs: 50 }))).to.equal('MAIL_TIMEOUT');
    });

    it('are five at once, and end with the node', async () => {
      const mailer = mailerAt(port());
      const waiting = Array.from({ length: 5 }, () => send(mailer));
      expect(await send(mailer)).to.equal('MAIL_BUSY');
      mailer.stop();
      expect(await Promise.all(waiting)).to.deep.equal(Array.from({ length: 5 }, () => 'MAIL_TIMEOUT'));
    });
  });

  const injections: readonly string[] = [
    'A\r\nBcc: evil@example.org',
    'A\nBcc: evil@example.org\n\nAnother body',
    'A\rBcc: evil@example.org',
    'A\u0085Bcc: evil@example.org',
    'A\u2028Bcc: evil@example.org',
    'A\0Bcc: evil@example.org',
    '=?UTF-8?Q?=0D=0ABcc:_evil@example.org?=',
    `${'A'.repeat(2_000)}\r\nBcc: evil@example.org`,
    'Ana" <evil@example.org>, "B',
  ];
  for (const evil of injections) {
    it(`have no header and no recipient by a name as ${JSON.stringify(evil.slice(-40))}`, async () => {
      const server = await serverWith();
      const mailer = mailerAt(server.port, { ca: server.ca }, { name: evil });
      expect(await send(mailer, { subject: evil, text: evil })).to.equal(undefined);
      const letter = await server.next();
      expect(letter.to).to.deep.equal([TO]);
      expect(letter.from).to.equal(FROM);
      const names = headersOf(letter).map(([name]) => name);
      expect(names).to.have.members([
        'From',
        'To',
        'Subject',
        'Auto-Submitted',
        'Message-ID',
        'Content-Transfer-Encoding',
        'Date',
        'MIME-Version',
        'Content-Type',
      ]);
    });
  }

  it('end a line with a dot alone only where they end', async () => {
    const server = await serverWith();
    const text = 'A\r\n.\r\nMAIL FROM:<evil@example.org>\r\n';
    await send(mailerAt(server.port, { ca: server.ca }), { text });
    expect(bodyOf(await server.next())).to.equal('A\n.\nMAIL FROM:<evil@example.org>');
    expect(server.letters).to.have.length(1);
  });

  it('say in four languages what they are about, and lead to this node only', async () => {
    const server = await serverWith();
    const base = 'https://node.example';
    const letters = new Letters({
      mailer: mailerAt(server.port, { ca: server.ca }),
      site: { base, name: 'Wyreford' },
      log: silentLog,
    });
    const link = `${base}/dashboard/invitation?code=abc`;
    const invited = { mail: TO, by: 'Bea', link, expires: Date.UTC(2026, 0, 8) };
    const expected: Readonly<Record<LetterLanguage, readonly [subject: string, until: string]>> = {
      en: ['Invitation to Wyreford', 'January 8, 2026'],
      es: ['Invitación a Wyreford', '8 de enero de 2026'],
      pt: ['Convite para Wyreford', '8 de janeiro de 2026'],
      fr: ['Invitation à Wyreford', '8 janvier 2026'],
    };
    for (const [language, [subject, until]] of Object.entries(expected)) {
      await letters.invite(invited, language as LetterLanguage);
      const letter = await server.next();
      expect(Object.fromEntries(headersOf(letter))['Subject']).to.equal(subject);
      expect(bodyOf(letter)).to.include(until).and.include(`\n${link}\n`).and.include('Bea');
      letters.changed(TO, language as LetterLanguage);
      letters.reset(
        TO,
        () => Promise.resolve(`${base}/dashboard/new-password?code=x`),
        language as LetterLanguage,
      );
      await letters.settled();
      const others = [bodyOf(await server.next()), bodyOf(await server.next())].join('\n');
      expect(others.match(/https?:\/\/\S+/g)).to.have.members([
        `${base}/dashboard/forgotten`,
        `${base}/dashboard/new-password?code=x`,
      ]);
    }
  });

  it('leave no address and no link in the log when they fail', async () => {
    const told: string[] = [];
    const server = await serverWith({
      onRcptTo: ({ address }, _, done) => done(new Error(`no such user ${address}`)),
    });
    const letters = new Letters({
      mailer: mailerAt(server.port, { ca: server.ca }),
      site: { base: 'https://node.example', name: 'Wyreford' },
      log: { warn: (...said: unknown[]) => void told.push(JSON.stringify(said)) },
    });
    letters.reset(TO, () => Promise.resolve('https://node.example/secret'), 'en');
    await letters.settled();
    expect(told).to.deep.equal(['[{"code":"MAIL_REFUSED","reply":550},"a letter could not be sent"]']);
  });
});
