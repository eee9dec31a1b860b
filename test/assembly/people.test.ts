import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { startPeople } from '../../node/assembly/people.ts';
import { ConfigError, resolveConfig } from '../../node/config/index.ts';
import { openStore, type Store } from '../../node/store/index.ts';
import { aMailServer, MAIL_PASSWORD, MAIL_USER, type TestMailServer } from '../support/a-mail-server.ts';
import { anOidcProvider, CLIENT_ID, CLIENT_SECRET, type TestProvider } from '../support/an-oidc-provider.ts';
import { TestClock } from '../support/test-clock.ts';

const BASE = 'https://node.example';
const ENVIRONMENT = 'NGR_TEST_OF_SECRETS';

describe('the people of a node', () => {
  let directory: string;
  let store: Store;
  let university: TestProvider;
  let server: TestMailServer;
  let lines: string[];
  let ends: (() => Promise<unknown> | void)[];

  before(async () => {
    university = await anOidcProvider({
      redirectUris: [`${BASE}/dashboard/login/oidc/university/callback`],
      accounts: { ana: { email: 'ana@example.edu', email_verified: true } },
    });
    server = await aMailServer({ asks: true });
  });
  after(async () => {
    await university.close();
    await server.close();
  });
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    store = await openStore(join(directory, 'store'));
    lines = [];
    ends = [];
  });
  afterEach(async () => {
    delete process.env[ENVIRONMENT];
    for (const end of ends) await end();
    await store.close();
    await rm(directory, { recursive: true, force: true });
    for (const line of lines) expect(line).to.not.include(CLIENT_SECRET).and.not.include(MAIL_PASSWORD);
  });

  async function started(content: object): Promise<Awaited<ReturnType<typeof startPeople>>> {
    const file = { path: join(directory, 'ngr.config.json'), text: JSON.stringify(content) };
    const config = resolveConfig({ file, env: process.env, flags: {}, cwd: directory });
    expect(JSON.stringify(config)).to.not.include(CLIENT_SECRET).and.not.include(MAIL_PASSWORD);
    return await startPeople({
      config,
      store,
      base: BASE,
      userAgent: 'test',
      clock: new TestClock(),
      log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
      onStop: (end) => void ends.push(end),
    });
  }

  const login = (more: object): object => ({
    login: {
      providers: [{ name: 'university', issuer: university.issuer, clientId: CLIENT_ID, ...more }],
    },
  });

  it('log in at a provider of the private network, which the operator has named', async () => {
    await writeFile(join(directory, 'secret'), `${CLIENT_SECRET}\n`);
    const { accounts, externalLogins } = await started(login({ clientSecretFile: 'secret' }));
    await accounts.invite({ mail: 'ana@example.edu', name: 'Ana', role: 'administrator' });
    const purpose = { to: 'log-in', next: '/dashboard', invitation: undefined, language: undefined } as const;
    const { address, secret, title } = await externalLogins.begin('university', purpose, '192.0.2.1');
    expect(title).to.equal('university');
    const path = await university.authorize(address, { as: 'ana' });
    const { arrival } = await externalLogins.end('university', secret, path.split('?')[1] ?? '');
    const session = await accounts.elsewhere.login(arrival, { from: '192.0.2.1' });
    expect((await accounts.ofCookie(session))?.person.mail).to.equal('ana@example.edu');
  });

  it('are not let in with a secret that the provider does not know', async () => {
    process.env[ENVIRONMENT] = 'a-secret-of-somebody-else';
    const { externalLogins } = await started(login({ clientSecretVariable: ENVIRONMENT }));
    const purpose = { to: 'log-in', next: '/dashboard', invitation: undefined, language: undefined } as const;
    const { address, secret } = await externalLogins.begin('university', purpose, '192.0.2.1');
    const path = await university.authorize(address, { as: 'ana' });
    const refused: unknown = await externalLogins
      .end('university', secret, path.split('?')[1] ?? '')
      .catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'ACCOUNT_LOGIN_INVALID');
    expect(lines.join('')).to.not.include('a-secret-of-somebody-else');
  });

  it('are written to by the mail server, with the secret from the environment', async () => {
    process.env[ENVIRONMENT] = MAIL_PASSWORD;
    await writeFile(join(directory, 'ca.pem'), server.ca);
    const { letters } = await started({
      name: 'Wyreford',
      mail: {
        host: '127.0.0.1',
        port: server.port,
        from: 'node@wyreford.example',
        user: MAIL_USER,
        passwordVariable: ENVIRONMENT,
        caFile: 'ca.pem',
      },
    });
    await letters?.invite({ mail: 'ana@example.edu', by: 'Bea', link: BASE, expires: 0 }, 'en');
    expect((await server.next()).user).to.equal(MAIL_USER);
  });

  it('are written to over a line that others may listen at, and the operator is told', async () => {
    for (const [host, warnings] of [
      ['127.0.0.1', 0],
      ['::1', 0],
      ['mail.wyreford.example', 1],
    ] as const) {
      lines = [];
      await started({ mail: { host, secure: 'none', from: 'node@wyreford.example' } });
      expect(lines, host).to.have.length(warnings);
    }
    expect(lines[0]).to.contain('mail.secure').and.to.contain('"level":40');
  });

  it('are started by a secret that everybody can read, and the operator is told', async function () {
    if (process.platform === 'win32') this.skip();
    const file = join(directory, 'secret');
    await writeFile(file, CLIENT_SECRET);
    await chmod(file, 0o640);
    await started(login({ clientSecretFile: 'secret' }));
    expect(lines).to.deep.equal([]);
    await chmod(file, 0o644);
    await started(login({ clientSecretFile: 'secret' }));
    expect(lines.map((line) => JSON.parse(line) as object)).to.have.length(1);
    expect(lines[0])
      .to.contain('login.providers (university)')
      .and.to.contain('"level":40')
      .and.to.contain(file);
  });

  it('are not started without a secret that is spoken of', async () => {
    await writeFile(join(directory, 'empty'), '\n');
    await writeFile(join(directory, 'two'), `${CLIENT_SECRET}\n${CLIENT_SECRET}\n`);
    for (const more of [
      { clientSecretFile: 'missing' },
      { clientSecretFile: 'empty' },
      { clientSecretFile: 'two' },
      { clientSecretVariable: ENVIRONMENT },
    ]) {
      const refused: unknown = await started(login(more)).catch((error: unknown) => error);
      expect(refused).to.be.instanceOf(ConfigError);
      expect(String(refused)).to.not.include(CLIENT_SECRET);
    }
  });
});
