import { expect } from 'chai';
import { ExternalLogins, type LoginProvider } from '../../node/accounts/index.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import {
  anOidcProvider,
  CLIENT_ID,
  CLIENT_SECRET,
  type ProviderBrowser,
  type TestProvider,
} from '../support/an-oidc-provider.ts';
import { TestClock } from '../support/test-clock.ts';
import { aVisitor, PASSWORD, Visitor } from './visitor.ts';

const BASE = 'https://node.example';
const callbackOf = (name: string): string => `${BASE}/dashboard/login/oidc/${name}/callback`;
const ORCID_ID = '0000-0002-1825-0097';
const accounts = {
  ana: { email: 'Ana@example.edu', email_verified: true, name: 'Ana Silva' },
  bea: { email: 'bea@example.edu', email_verified: true, name: 'Bea' },
  eve: { email: 'ana@example.edu', email_verified: false, name: 'Eve' },
  silent: { email: 'silent@example.edu' },
  [ORCID_ID]: {},
};

describe('logging in elsewhere', () => {
  let university: TestProvider;
  let orcid: TestProvider;
  let site: TestSite;
  let told: string[];
  /** Of the logins elsewhere. */
  let clock: TestClock;
  /** What is changed of an answer of the provider. */
  let forged: ((address: string, answer: Response) => Promise<Response> | Response) | undefined;

  before(async () => {
    university = await anOidcProvider({
      redirectUris: [callbackOf('university')],
      accounts,
      client: { post_logout_redirect_uris: [`${BASE}/dashboard/login`] },
    });
    orcid = await anOidcProvider({
      redirectUris: [callbackOf('orcid')],
      accounts,
      client: { token_endpoint_auth_method: 'client_secret_basic' },
    });
  });
  after(async () => {
    await university.close();
    await orcid.close();
  });

  async function open(
    more: Partial<LoginProvider> = {},
    ways: { passwords: boolean } = { passwords: true },
  ): Promise<void> {
    const common = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, trustMail: false, logout: false };
    const providers: LoginProvider[] = [
      {
        name: 'university',
        title: 'Wyreford',
        issuer: university.issuer,
        scopes: ['openid', 'email', 'profile'],
        ...common,
        ...more,
      },
      { name: 'orcid', title: 'ORCID', issuer: orcid.issuer, scopes: ['openid'], ...common },
    ];
    told = [];
    clock = new TestClock();
    forged = undefined;
    const externalLogins = new ExternalLogins({
      providers,
      base: BASE,
      fetch: async (address, init) => {
        const answer = await fetch(address, init);
        return (await forged?.(address, answer)) ?? answer;
      },
      clock,
      log: { warn: (...said: unknown[]) => void told.push(JSON.stringify(said)) },
    });
    site = await aSite({
      base: BASE,
      parts: { externalLogins },
      ways: { ...ways, issuers: providers.map(({ issuer }) => issuer) },
    });
  }

  beforeEach(() => open());
  afterEach(async () => {
    for (const line of told) expect(line).to.not.include(CLIENT_SECRET);
    await site.close();
  });

  /** Sends a form whose answer leads to the provider. @returns the address there */
  async function led(visitor: Visitor, path: string, fields: Record<string, string>): Promise<string> {
    const answer = await visitor.submit(path, fields);
    expect(answer.status, await answer.clone().text()).to.equal(200);
    const [, address = ''] = /^0; url=(.+)$/.exec(answer.headers.get('refresh') ?? '') ?? [];
    expect(await answer.text()).to.include(`href="${address.replaceAll('&', '&amp;')}"`);
    return address;
  }

  /** Logs in at a provider, as far as the address that leads back. */
  async function back(
    visitor: Visitor,
    as: string,
    {
      fields = {},
      at = university,
      browser = new Map(),
    }: {
      fields?: Record<string, string>;
      at?: TestProvider;
      browser?: ProviderBrowser;
    } = {},
  ): Promise<string> {
    const name = at === orcid ? 'orcid' : 'university';
    return await at.authorize(await led(visitor, `/dashboard/login/oidc/${name}`, fields), { as, browser });
  }

  async function codeAt(visitor: Visitor, path: string): Promise<[number, string | undefined]> {
    const answer = await visitor.get(path);
    return [answer.status, /<code>([A-Z_]+)<\/code>/.exec(await answer.text())?.[1]];
  }

  const invite = (mail: string): ReturnType<typeof site.accounts.invite> =>
    site.accounts.invite({ mail, name: 'Invited', role: 'administrator' });

  it('is offered, and asks for no more than it should', async () => {
    const visitor = new Visitor(site);
    const page = await visitor.page('/dashboard/login?next=%2Fdashboard%2Fpeople');
    expect(page).to.include('Log in with Wyreford').and.include('Log in with ORCID');
    expect(page).to.include('name="next" value="/dashboard/people"');
    const address = new URL(await led(visitor, '/dashboard/login/oidc/university', {}));
    const asked = Object.fromEntries(address.searchParams);
    expect(asked).to.deep.include({
      client_id: CLIENT_ID,
      response_type: 'code',
      redirect_uri: callbackOf('university'),
      scope: 'openid email profile',
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).to.match(/^[\w-]{43}$/);
    expect(address.href).to.not.include(CLIENT_SECRET);
  });

  it('binds it to the browser by a cookie that no script and no other site has', async () => {
    const answer = await new Visitor(site).send('/dashboard/login/oidc/university', {});
    expect(answer.headers.getSetCookie()).to.have.length(1);
    expect(answer.headers.get('set-cookie')).to.match(
      /^__Host-ngr-login=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/,
    );
    expect(answer.headers.get('cache-control')).to.equal('no-store');
  });

  it('lets an invited person in by the address that the provider has verified, and again by her name there', async () => {
    await invite('ana@example.edu');
    const visitor = new Visitor(site);
    const entered = await visitor.get(await back(visitor, 'ana', { fields: { next: '/dashboard/people' } }));
    expect([entered.status, entered.headers.get('location')]).to.deep.equal([303, '/dashboard/people']);
    const [person] = site.accounts.people;
    expect(person).to.deep.include({
      name: 'Invited',
      mail: 'ana@example.edu',
      role: 'administrator',
      hasPassword: false,
      logins: [{ issuer: university.issuer, subject: 'ana' }],
    });
    expect(site.accounts.invitations).to.deep.equal([]);
    expect(await visitor.page('/dashboard/people')).to.include('Wyreford ana');

    const session = visitor.cookies.get('__Host-ngr-session');
    const again = await visitor.get(await back(visitor, 'ana'));
    expect([again.status, again.headers.get('location')]).to.deep.equal([303, '/dashboard']);
    expect(visitor.cookies.get('__Host-ngr-session')).to.not.equal(session);
    const fixed = new Visitor(site);
    fixed.cookie = `__Host-ngr-session=${session}`;
    expect((await fixed.get('/dashboard')).status).to.equal(303);
    expect(site.accounts.people).to.have.length(1);
  });

  it('turns away who is not invited, and says what to do', async () => {
    await invite('somebody@example.edu');
    const visitor = new Visitor(site);
    const answer = await visitor.get(`${await back(visitor, 'bea')}&lang=fr`);
    expect(answer.status).to.equal(403);
    expect(await answer.text()).to.include('Vous n’avez pas été invité');
    expect(visitor.cookies.has('__Host-ngr-session')).to.equal(false);
    expect(site.accounts.people).to.deep.equal([]);
    const [noted] = await site.accounts.audit.read({ limit: 1 });
    expect(noted).to.deep.include({ action: 'account.login', refused: 'ACCOUNT_NOT_INVITED' });
  });

  it('makes those slow who are turned away again and again', async () => {
    await invite('somebody@example.edu');
    const visitor = new Visitor(site);
    for (let i = 0; i < 20; i++)
      expect(await codeAt(visitor, await back(visitor, 'bea'))).to.deep.equal([403, 'ACCOUNT_NOT_INVITED']);
    const answer = await visitor.get(await back(visitor, 'bea'));
    expect(answer.status).to.equal(429);
    expect(answer.headers.get('retry-after')).to.equal('30');
  });

  describe('does not believe an address', () => {
    it('that the provider says is not verified, whatever the operator trusts', async () => {
      await site.close();
      await open({ trustMail: true });
      await invite('ana@example.edu');
      const visitor = new Visitor(site);
      expect(await codeAt(visitor, await back(visitor, 'eve'))).to.deep.equal([403, 'ACCOUNT_NOT_INVITED']);
    });

    it('of which the provider does not say whether it is, unless the operator trusts it', async () => {
      await invite('silent@example.edu');
      const visitor = new Visitor(site);
      expect(await codeAt(visitor, await back(visitor, 'silent'))).to.deep.equal([
        403,
        'ACCOUNT_NOT_INVITED',
      ]);
      await site.close();
      await open({ trustMail: true });
      await invite('silent@example.edu');
      const trusted = new Visitor(site);
      expect((await trusted.get(await back(trusted, 'silent'))).status).to.equal(303);
    });

    it('to hand over an account that has it', async () => {
      const { secret } = await invite('ana@example.edu');
      await site.accounts.accept(secret, { name: 'Ana', password: PASSWORD });
      const visitor = new Visitor(site);
      const answer = await visitor.get(await back(visitor, 'ana'));
      expect(answer.status).to.equal(403);
      expect(await answer.text()).to.include('add it under “My account”');
      expect(site.accounts.people[0]?.logins).to.deep.equal([]);
    });
  });

  describe('by the link of an invitation', () => {
    it('needs no address: an ORCID iD will do', async () => {
      const { secret } = await invite('carla@example.edu');
      const visitor = new Visitor(site);
      expect(await visitor.page(`/dashboard/invitation?code=${secret}`)).to.include('Begin with ORCID');
      const path = await back(visitor, ORCID_ID, { at: orcid, fields: { invitation: secret } });
      expect(path).to.not.include(secret);
      expect((await visitor.get(path)).status).to.equal(303);
      expect(site.accounts.people[0]).to.deep.include({
        mail: 'carla@example.edu',
        logins: [{ issuer: orcid.issuer, subject: ORCID_ID }],
      });
      expect(await visitor.page('/dashboard/people')).to.include(`ORCID ${ORCID_ID}`);
      const [noted] = await site.accounts.audit.read({ limit: 1 });
      expect(noted?.action).to.equal('account.accept');
    });

    it('is good once, and not for who has an account', async () => {
      const { secret } = await invite('carla@example.edu');
      const visitor = new Visitor(site);
      const fields = { invitation: secret };
      const [one, other] = [new Visitor(site), new Visitor(site)];
      const paths = [await back(one, ORCID_ID, { at: orcid, fields }), await back(other, 'ana', { fields })];
      expect((await one.get(paths[0] ?? '')).status).to.equal(303);
      expect(await codeAt(other, paths[1] ?? '')).to.deep.equal([410, 'ACCOUNT_INVITATION_GONE']);
      expect((await visitor.send('/dashboard/login/oidc/orcid', fields)).status).to.equal(410);
      const { secret: second } = await invite('dora@example.edu');
      const again = await back(visitor, ORCID_ID, { at: orcid, fields: { invitation: second } });
      expect(await codeAt(visitor, again)).to.deep.equal([409, 'ACCOUNT_LINKED_ALREADY']);
      expect(site.accounts.invitations).to.have.length(1);
    });
  });

  describe('takes nothing that comes back', () => {
    beforeEach(() => invite('ana@example.edu'));
    afterEach(() => expect(site.accounts.people).to.deep.equal([]));
    const INVALID = [403, 'ACCOUNT_LOGIN_INVALID'];
    const GONE = [410, 'ACCOUNT_LOGIN_GONE'];
    const changed = (path: string, change: (query: URLSearchParams) => void): string => {
      const { pathname, searchParams } = new URL(path, BASE);
      change(searchParams);
      return `${pathname}?${searchParams.toString()}`;
    };

    const changes: readonly [what: string, change: (query: URLSearchParams) => void][] = [
      ['with another state', (query) => query.set('state', 'x'.repeat(43))],
      ['without a state', (query) => query.delete('state')],
      ['with a state twice', (query) => query.append('state', query.get('state') ?? '')],
      ['of another issuer', (query) => query.set('iss', 'https://evil.example')],
      ['without the issuer, which the provider says that it tells', (query) => query.delete('iss')],
      ['with another code', (query) => query.set('code', 'x'.repeat(43))],
      ['without a code', (query) => query.delete('code')],
      ['with a code that never ends', (query) => query.set('code', 'x'.repeat(5_000))],
    ];
    for (const [what, change] of changes) {
      it(what, async () => {
        const visitor = new Visitor(site);
        const path = await back(visitor, 'ana');
        expect(await codeAt(visitor, changed(path, change))).to.deep.equal(INVALID);
        // It is used up by that.
        expect(await codeAt(visitor, path)).to.deep.equal(GONE);
      });
    }

    for (const name of ['nonce', 'code_challenge']) {
      it(`of what was asked for with another ${name}`, async () => {
        const visitor = new Visitor(site);
        const address = new URL(await led(visitor, '/dashboard/login/oidc/university', {}));
        address.searchParams.set(name, 'x'.repeat(43));
        const path = await university.authorize(address.href, { as: 'ana' });
        expect(await codeAt(visitor, path)).to.deep.equal(INVALID);
      });
    }

    it('after ten minutes', async () => {
      const logins = new ExternalLogins({
        providers: [
          {
            name: 'university',
            title: 'Wyreford',
            issuer: university.issuer,
            clientId: CLIENT_ID,
            clientSecret: CLIENT_SECRET,
            scopes: ['openid'],
            trustMail: false,
            logout: false,
          },
        ],
        base: BASE,
        fetch: (address, init) => fetch(address, init),
        clock,
        log: { warn: () => undefined },
      });
      const purpose = { to: 'log-in', next: '/', invitation: undefined, language: undefined } as const;
      const { address, secret } = await logins.begin('university', purpose, '192.0.2.1');
      const path = await university.authorize(address, { as: 'ana' });
      clock.advance(10 * 60_000);
      const ended = await logins.end('university', secret, path.split('?')[1] ?? '').catch((e: unknown) => e);
      expect(ended).to.have.property('code', 'ACCOUNT_LOGIN_GONE');
    });

    it('in another browser, at another provider’s address, or with a forged cookie', async () => {
      const visitor = new Visitor(site);
      const path = await back(visitor, 'ana');
      expect(await codeAt(new Visitor(site), path)).to.deep.equal(GONE);
      const forger = new Visitor(site);
      forger.cookie = `__Host-ngr-login=${'x'.repeat(43)}`;
      expect(await codeAt(forger, path)).to.deep.equal(GONE);
      const mixedUp = path.replace('/university/', '/orcid/');
      expect(await codeAt(visitor, mixedUp)).to.deep.equal(GONE);
      expect(await codeAt(visitor, path.replace('/university/', '/nobody/'))).to.deep.equal([
        404,
        'ACCOUNT_PROVIDER_UNKNOWN',
      ]);
    });

    it('with the code of a login before', async () => {
      const visitor = new Visitor(site);
      const first = await back(visitor, 'bea');
      expect((await codeAt(visitor, first))[1]).to.equal('ACCOUNT_NOT_INVITED');
      const second = await back(visitor, 'bea');
      const { searchParams } = new URL(first, BASE);
      const replayed = changed(second, (query) => query.set('code', searchParams.get('code') ?? ''));
      expect(await codeAt(visitor, replayed)).to.deep.equal(INVALID);
    });

    it('after it was broken off', async () => {
      const visitor = new Visitor(site);
      const address = await led(visitor, '/dashboard/login/oidc/university', {});
      const path = await university.authorize(address, { as: undefined });
      expect(await codeAt(visitor, path)).to.deep.equal([403, 'ACCOUNT_LOGIN_CANCELLED']);
      expect(told).to.deep.equal([]);
    });

    const forgeries: readonly [
      what: string,
      expected: readonly unknown[],
      forge: NonNullable<typeof forged>,
    ][] = [
      [
        'with an ID token that somebody else has signed',
        INVALID,
        async (address, answer) => {
          if (!address.endsWith('/token')) return answer;
          const told = (await answer.json()) as { id_token: string };
          const [head, claims] = told.id_token.split('.');
          return Response.json({ ...told, id_token: `${head}.${claims}.${'A'.repeat(342)}` });
        },
      ],
      [
        'with the claims of an ID token changed',
        INVALID,
        async (address, answer) => {
          if (!address.endsWith('/token')) return answer;
          const told = (await answer.json()) as { id_token: string };
          const [head, claims = '', signature] = told.id_token.split('.');
          const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as object;
          const changed = Buffer.from(JSON.stringify({ ...said, sub: 'bea' })).toString('base64url');
          return Response.json({ ...told, id_token: `${head}.${changed}.${signature}` });
        },
      ],
      [
        'of the address of another person',
        INVALID,
        (address, answer) =>
          address.endsWith('/me')
            ? Response.json({ sub: 'bea', email: 'ana@example.edu', email_verified: true })
            : answer,
      ],
      [
        'from a provider that never ends',
        INVALID,
        (address, answer) =>
          address.endsWith('/token') ? new Response('x'.repeat(300_000), { status: 200 }) : answer,
      ],
    ];
    for (const [what, expected, forge] of forgeries) {
      it(what, async () => {
        const visitor = new Visitor(site);
        const path = await back(visitor, 'ana');
        forged = forge;
        expect(await codeAt(visitor, path)).to.deep.equal(expected);
        expect(told).to.have.length(1);
      });
    }
  });

  it('says that a provider does not answer, and asks it again the next time', async () => {
    const visitor = new Visitor(site);
    const answers: Response[] = [
      new Response('{', { headers: { 'content-type': 'application/json' } }),
      Response.json({ issuer: 'https://evil.example', authorization_endpoint: 'https://evil.example/auth' }),
      new Response(null, { status: 500 }),
      Response.json({ issuer: university.issuer, authorization_endpoint: 'javascript:alert(1)' }),
    ];
    forged = (_, answer) => answers.shift() ?? answer;
    for (let i = 0; i < 4; i++) {
      const down = await visitor.send('/dashboard/login/oidc/university', {});
      expect(down.status).to.equal(502);
      expect(await down.text()).to.include('does not answer as it should');
    }
    expect(told).to.have.length(4);
    expect((await visitor.send('/dashboard/login/oidc/university', {})).status).to.equal(200);
    expect((await visitor.send('/dashboard/login/oidc/nobody', {})).status).to.equal(404);
  });

  it('leads nobody to another site, and takes no form of another', async () => {
    await invite('ana@example.edu');
    const visitor = new Visitor(site);
    const path = await back(visitor, 'ana', { fields: { next: 'https://evil.example/' } });
    expect((await visitor.get(`${path}&next=https://evil.example`)).headers.get('location')).to.equal(
      '/dashboard',
    );
    const foreign = await visitor.send(
      '/dashboard/login/oidc/university',
      {},
      { origin: 'https://evil.example' },
    );
    expect(foreign.status).to.equal(403);
  });

  it('holds a bounded number of logins under way, of one address above all', async () => {
    const visitor = new Visitor(site);
    await invite('ana@example.edu');
    const path = await back(visitor, 'ana');
    for (let i = 0; i < 20; i++) await new Visitor(site).send('/dashboard/login/oidc/university', {});
    expect(await codeAt(visitor, path)).to.deep.equal([410, 'ACCOUNT_LOGIN_GONE']);
  });

  describe('and out again', () => {
    const loggedIn = async (browser: ProviderBrowser): Promise<Visitor> => {
      await invite('ana@example.edu');
      const visitor = new Visitor(site);
      await visitor.get(await back(visitor, 'ana', { browser }));
      return visitor;
    };

    it('leads on to the logout there, where the operator wants that, and back', async () => {
      await site.close();
      await open({ logout: true });
      const browser: ProviderBrowser = new Map();
      const visitor = await loggedIn(browser);
      const address = await led(visitor, '/dashboard/logout', {});
      expect(Object.fromEntries(new URL(address).searchParams)).to.deep.equal({
        client_id: CLIENT_ID,
        post_logout_redirect_uri: `${BASE}/dashboard/login`,
      });
      expect((await visitor.get('/dashboard')).status, 'logged out here').to.equal(303);
      expect(await university.logOut(address, browser)).to.equal('/dashboard/login');
      const again = await led(visitor, '/dashboard/login/oidc/university', {});
      const cancelled = await university.authorize(again, { as: undefined, browser });
      expect(cancelled, 'asked to log in anew').to.include('error=access_denied');
    });

    it('is done here whatever becomes of the other system', async () => {
      await site.close();
      await open({ logout: true });
      const visitor = await loggedIn(new Map());
      clock.advance(2 * 60 * 60_000);
      forged = () => Promise.reject(new Error('down'));
      const answer = await visitor.submit('/dashboard/logout', {});
      expect([answer.status, answer.headers.get('location')]).to.deep.equal([303, '/dashboard/login']);
      expect((await visitor.get('/dashboard')).status).to.equal(303);
    });

    it('ends here where the operator does not want more, or she came in by her password', async () => {
      const visitor = await loggedIn(new Map());
      expect((await visitor.submit('/dashboard/logout', {})).status).to.equal(303);
      await site.close();
      await open({ logout: true });
      const bea = await aVisitor(site, 'standard', 'bea');
      expect((await bea.submit('/dashboard/logout', {})).status).to.equal(303);
    });
  });

  describe('on one’s own account', () => {
    it('is added with the password, and taken away', async () => {
      const visitor = await aVisitor(site, 'administrator');
      const link = (password: string): Promise<Response> =>
        visitor.submit('/dashboard/account/link', { provider: 'orcid', 'password-for-login': password });
      expect((await link('wrong')).status).to.equal(403);
      const fields = { provider: 'orcid', 'password-for-login': PASSWORD };
      const address = await led(visitor, '/dashboard/account/link', fields);
      const added = await visitor.get(await orcid.authorize(address, { as: ORCID_ID }));
      expect(added.headers.get('location')).to.equal('/dashboard/account');
      expect(await visitor.page('/dashboard/account')).to.include(`ORCID ${ORCID_ID}`);

      const elsewhere = new Visitor(site);
      expect((await elsewhere.get(await back(elsewhere, ORCID_ID, { at: orcid }))).status).to.equal(303);
      const taken = await visitor.submit('/dashboard/account/unlink', {
        issuer: orcid.issuer,
        subject: ORCID_ID,
      });
      expect(taken.status).to.equal(200);
      expect((await visitor.get('/dashboard')).status).to.equal(200);
      expect((await elsewhere.get('/dashboard')).status).to.equal(303);
      expect(await codeAt(elsewhere, await back(elsewhere, ORCID_ID, { at: orcid }))).to.deep.equal([
        403,
        'ACCOUNT_NOT_INVITED',
      ]);
      const actions = (await site.accounts.audit.read({ limit: 20 })).map(({ action }) => action);
      expect(actions).to.include.members(['account.elsewhere', 'account.link', 'account.unlink']);
    });

    it('is not added to whoever has the account in the meantime, nor that of another', async () => {
      const ana = await aVisitor(site, 'administrator', 'ana');
      const fields = { provider: 'orcid', 'password-for-login': PASSWORD };
      const address = await led(ana, '/dashboard/account/link', fields);
      const path = await orcid.authorize(address, { as: ORCID_ID });
      await ana.send('/dashboard/logout', {});
      expect(await codeAt(ana, path)).to.deep.equal([403, 'ACCOUNT_OTHER_LOGIN']);

      const bea = await aVisitor(site, 'standard', 'bea');
      const own = await orcid.authorize(await led(bea, '/dashboard/account/link', fields), { as: ORCID_ID });
      expect((await bea.get(own)).status).to.equal(303);
      const carla = await aVisitor(site, 'standard', 'carla');
      const same = await orcid.authorize(await led(carla, '/dashboard/account/link', fields), {
        as: ORCID_ID,
      });
      expect(await codeAt(carla, same)).to.deep.equal([409, 'ACCOUNT_LINKED_ALREADY']);
    });

    it('is the last way in, and stays, until there is another', async () => {
      await invite('ana@example.edu');
      const visitor = new Visitor(site);
      await visitor.get(await back(visitor, 'ana'));
      const login = { issuer: university.issuer, subject: 'ana' };
      const last = await visitor.submit('/dashboard/account/unlink', login);
      expect(last.status).to.equal(409);
      expect(await last.text()).to.include('You could not log in any more');
      const next = 'another good password';
      expect((await visitor.submit('/dashboard/account/password', { next })).status).to.equal(403);

      const address = await led(visitor, '/dashboard/account/prove', { provider: 'university' });
      expect(Object.fromEntries(new URL(address).searchParams)).to.deep.include({
        prompt: 'login',
        max_age: '300',
      });
      await visitor.get(await university.authorize(address, { as: 'ana' }));
      expect((await visitor.submit('/dashboard/account/password', { next })).status).to.equal(200);
      expect((await visitor.submit('/dashboard/account/unlink', login)).status).to.equal(200);
      expect(site.accounts.people[0]).to.deep.include({ hasPassword: true, logins: [] });
    });

    it('is shown anew before a token is made, by the same person, for ten minutes', async () => {
      await invite('ana@example.edu');
      const visitor = new Visitor(site);
      await visitor.get(await back(visitor, 'ana'));
      const make = (): Promise<Response> =>
        visitor.submit('/dashboard/account/token', { name: 'nightly', days: '30' });
      expect((await make()).status).to.equal(403);
      const prove = async (as: string): Promise<Response> => {
        const address = await led(visitor, '/dashboard/account/prove', { provider: 'university' });
        return await visitor.get(await university.authorize(address, { as }));
      };
      expect((await prove('bea')).status).to.equal(403);
      expect((await make()).status).to.equal(403);
      expect((await prove('ana')).status).to.equal(303);
      expect(await visitor.page('/dashboard/account')).to.include('You have just shown that it is you');
      const made = await make();
      expect(made.status).to.equal(200);
      expect(await made.text()).to.match(/ngr_[\w-]{43}/);
      site.clock.advance(10 * 60_000);
      expect((await make()).status).to.equal(403);
    });
  });

  it('is the only way in where the operator wants no passwords', async () => {
    await site.close();
    await open({}, { passwords: false });
    const { secret } = await invite('ana@example.edu');
    const visitor = new Visitor(site);
    const page = await visitor.page(`/dashboard/invitation?code=${secret}`);
    expect(page).to.include('Begin with Wyreford').and.not.include('type="password"');
    const accepted = await visitor.send('/dashboard/invitation', {
      code: secret,
      name: 'A',
      password: PASSWORD,
    });
    expect(accepted.status).to.equal(403);
    await visitor.get(await back(visitor, 'ana', { fields: { invitation: secret } }));
    expect(await visitor.page('/dashboard/account')).to.not.include('type="password"');
    expect(await new Visitor(site).page('/dashboard/login')).to.not.include('type="password"');
    const tried = await new Visitor(site).send('/dashboard/login', {
      mail: 'ana@example.edu',
      password: PASSWORD,
    });
    expect(tried.status).to.equal(403);
    const set = await visitor.submit('/dashboard/account/password', { next: PASSWORD });
    expect(set.status).to.equal(403);
  });
});
