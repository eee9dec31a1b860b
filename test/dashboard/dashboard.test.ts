import { expect } from 'chai';
import { roles, type Role } from '../../node/accounts/index.ts';
import { noCounts } from '../../node/harvest/index.ts';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { aPut } from '../support/builders.ts';
import { aVisitor, PASSWORD, tidied, Visitor } from './visitor.ts';

describe('the dashboard', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await aSite({});
  });
  afterEach(() => site.close());

  it('leads who is not logged in to the login, and back', async () => {
    await aVisitor(site, 'administrator');
    const visitor = new Visitor(site);
    const away = await visitor.get('/dashboard/people');
    expect([away.status, away.headers.get('location')]).to.deep.equal([
      303,
      '/dashboard/login?next=%2Fdashboard%2Fpeople',
    ]);
    const login = await visitor.page('/dashboard/login?next=%2Fdashboard%2Fpeople');
    expect(login).to.include('name="next" value="/dashboard/people"');
    const fields = { next: '/dashboard/people', mail: 'administrator@example.edu', password: PASSWORD };
    const back = await visitor.send('/dashboard/login', fields);
    expect([back.status, back.headers.get('location')]).to.deep.equal([303, '/dashboard/people']);
    expect(back.headers.get('set-cookie')).to.match(
      /^__Host-ngr-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200; Secure/,
    );
    expect(await visitor.page('/dashboard/people')).to.include('<h1>People</h1>');
    await visitor.send('/dashboard/logout', {});
    expect((await visitor.get('/dashboard')).status).to.equal(303);
  });

  it('leads nobody to another site', async () => {
    await aVisitor(site, 'administrator');
    for (const next of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      '/dashboard/../../evil',
      'javascript:1',
    ]) {
      const visitor = new Visitor(site);
      const answer = await visitor.send('/dashboard/login', {
        next,
        mail: 'administrator@example.edu',
        password: PASSWORD,
      });
      expect(answer.headers.get('location'), next).to.equal('/dashboard');
    }
  });

  it('says that a login is wrong, in the language of the browser, and keeps the address', async () => {
    const visitor = new Visitor(site);
    const answer = await visitor.send(
      '/dashboard/login',
      { mail: '"><script>@example.edu', password: 'x' },
      { 'accept-language': 'fr' },
    );
    expect(answer.status).to.equal(403);
    const page = await answer.text();
    expect(page).to.include('ne correspondent pas');
    expect(page).to.include('&quot;&gt;&lt;script&gt;@example.edu');
    expect(answer.headers.get('content-security-policy')).to.include("default-src 'none'");
    expect(answer.headers.get('cache-control')).to.equal('no-store');
    expect(answer.headers.get('access-control-allow-origin')).to.equal(null);
  });

  it('asks to wait after too many attempts', async () => {
    const visitor = new Visitor(site);
    const attempt = (): Promise<Response> =>
      visitor.send('/dashboard/login', { mail: 'a@example.edu', password: 'x' });
    for (let i = 0; i < 5; i++) await attempt();
    const refused = await attempt();
    expect(refused.status).to.equal(429);
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 30);
  });

  it('writes attempts down as long as they are tried, so that nobody fills the disk', async () => {
    const visitor = new Visitor(site);
    for (let i = 0; i < 12; i++)
      await visitor.send('/dashboard/login', { mail: 'a@example.edu', password: 'x' });
    const noted = await site.accounts.audit.read({ limit: 100 });
    expect(noted.map(({ refused }) => refused)).to.deep.equal(
      Array.from({ length: 5 }, () => 'ACCOUNT_WRONG_LOGIN'),
    );
  });

  it('takes an invitation once, and says what is wrong with a password', async () => {
    const { secret } = await site.accounts.invite({
      mail: 'a@example.edu',
      name: 'A',
      role: 'administrator',
    });
    const visitor = new Visitor(site);
    expect(await visitor.page(`/dashboard/invitation?code=${secret}`)).to.include('a@example.edu');
    const short = await visitor.send('/dashboard/invitation', { code: secret, name: 'A', password: 'short' });
    expect(short.status).to.equal(400);
    expect(await short.text()).to.include('it needs 12 to 200 characters');
    const taken = await visitor.send('/dashboard/invitation', {
      code: secret,
      name: 'Ana',
      password: PASSWORD,
    });
    expect(taken.status).to.equal(303);
    expect(await visitor.page('/dashboard')).to.include('Logged in as Ana');
    expect((await new Visitor(site).get(`/dashboard/invitation?code=${secret}`)).status).to.equal(410);
    expect((await new Visitor(site).get('/dashboard/invitation')).status).to.equal(410);
  });

  it('shows to each role what it may see, and does for it what it may do', async () => {
    const people = new Map<Role, Visitor>();
    for (const role of roles.toReversed()) people.set(role, await aVisitor(site, role));
    const table: readonly [path: string, ...statuses: number[]][] = [
      ['/dashboard', 200, 200, 200],
      ['/dashboard/records', 200, 200, 200],
      ['/dashboard/records.csv', 403, 200, 200],
      ['/dashboard/records/lost/elsewhere', 404, 404, 404],
      ['/dashboard/harvest', 200, 200, 200],
      ['/dashboard/issues?code=X', 200, 200, 200],
      ['/dashboard/issues.csv', 403, 200, 200],
      ['/dashboard/usage', 200, 200, 200],
      ['/dashboard/usage/report?report=PR&begin=2025-11&end=2025-11&format=csv', 403, 200, 200],
      ['/dashboard/network', 200, 200, 200],
      ['/dashboard/duplicates', 200, 200, 200],
      ['/dashboard/duplicates/said', 200, 200, 200],
      ['/dashboard/notifications', 200, 200, 200],
      ['/dashboard/notifications/lost', 404, 404, 404],
      ['/dashboard/institution', 200, 200, 200],
      ['/dashboard/policy', 403, 403, 200],
      ['/dashboard/people', 403, 403, 200],
      ['/dashboard/audit', 403, 200, 200],
      ['/dashboard/account', 200, 200, 200],
    ];
    const acts: readonly [path: string, ...statuses: number[]][] = [
      ['/dashboard/institution', 403, 403, 400],
      ['/dashboard/institution/logo/remove', 403, 403, 303],
      ['/dashboard/policy', 403, 403, 200],
      ['/dashboard/records/withdraw', 403, 400, 400],
      ['/dashboard/records/reinstate', 403, 400, 400],
      ['/dashboard/records/harvest', 403, 400, 400],
      ['/dashboard/harvest', 403, 303, 303],
      ['/dashboard/network/forgive', 403, 403, 404],
      ['/dashboard/duplicates', 403, 400, 400],
      ['/dashboard/duplicates/said', 403, 400, 400],
      ['/dashboard/duplicates/take-back', 403, 404, 404],
      ['/dashboard/notifications', 403, 404, 404],
      ['/dashboard/notifications/lost/accept', 403, 404, 404],
      ['/dashboard/notifications/lost/reject', 403, 400, 400],
      ['/dashboard/notifications/lost/undo', 403, 404, 404],
      ['/dashboard/notifications/lost/resend', 403, 404, 404],
      ['/dashboard/people/invite', 403, 403, 400],
      ['/dashboard/people/take-back', 403, 403, 404],
      ['/dashboard/people/role', 403, 403, 400],
      ['/dashboard/people/remove', 403, 403, 404],
      ['/dashboard/account/password', 403, 403, 403],
      ['/dashboard/account/token', 400, 400, 400],
      ['/dashboard/account/link', 403, 403, 403],
      ['/dashboard/account/prove', 404, 404, 404],
      ['/dashboard/account/unlink', 404, 404, 404],
      ['/dashboard/account/take-back', 404, 404, 404],
    ];
    for (const [i, role] of roles.entries()) {
      const visitor = people.get(role) ?? new Visitor(site);
      for (const [path, ...statuses] of table)
        expect((await visitor.get(path)).status, `${role} ${path}`).to.equal(statuses[i]);
      for (const [path, ...statuses] of acts)
        expect((await visitor.submit(path, {})).status, `${role} sends ${path}`).to.equal(statuses[i]);
    }
    const page = await people.get('standard')?.page('/dashboard');
    expect(page).to.not.include('href="/dashboard/people"');
    const nobody = new Visitor(site);
    nobody.cookie = `__Host-ngr-session=${'forged'.repeat(7)}`;
    for (const [path] of [...table, ...acts]) {
      expect((await nobody.get(path)).status, path).to.be.oneOf([303, 405]);
      expect((await nobody.send(path, {})).status, path).to.be.oneOf([303, 405]);
    }
  });

  describe('takes no form', () => {
    let visitor: Visitor;
    beforeEach(async () => {
      visitor = await aVisitor(site, 'administrator');
    });
    afterEach(() => {
      expect(site.accounts.invitations).to.deep.equal([]);
    });
    const fields = { mail: 'evil@example.edu', name: 'Evil', role: 'administrator' };

    it('without the token of the session', async () => {
      expect((await visitor.send('/dashboard/people/invite', fields)).status).to.equal(403);
    });

    it('with the token of another session', async () => {
      const other = await aVisitor(site, 'standard');
      const form = /name="form" value="([\w-]+)"/.exec(await other.page('/dashboard/account'))?.[1] ?? '';
      const answer = await visitor.send('/dashboard/people/invite', { ...fields, form });
      expect(answer.status).to.equal(403);
      expect(await answer.text()).to.include('FORM_STALE');
    });

    it('that another site sends', async () => {
      const form = /name="form" value="([\w-]+)"/.exec(await visitor.page('/dashboard/account'))?.[1] ?? '';
      for (const headers of [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
      ])
        expect(
          (await visitor.send('/dashboard/people/invite', { ...fields, form }, headers)).status,
        ).to.equal(403);
      const login = { mail: 'administrator@example.edu', password: PASSWORD };
      const forced = await visitor.send('/dashboard/login', login, { origin: 'https://evil.example' });
      expect(forced.status).to.equal(403);
    });

    it('of another kind, or without end', async () => {
      const form = /name="form" value="([\w-]+)"/.exec(await visitor.page('/dashboard/account'))?.[1] ?? '';
      const json = await visitor.send(
        '/dashboard/people/invite',
        { ...fields, form },
        { 'content-type': 'application/json' },
      );
      expect(json.status).to.equal(415);
      const long = await visitor.send('/dashboard/people/invite', {
        ...fields,
        form,
        more: 'x'.repeat(600_000),
      });
      expect(long.status).to.equal(413);
    });
  });

  it('invites, changes roles and takes people out, and writes down who did it', async () => {
    const visitor = await aVisitor(site, 'administrator');
    const invited = await visitor.submit('/dashboard/people/invite', {
      mail: 'bea@example.edu',
      name: 'Bea',
      role: 'advanced',
    });
    const page = tidied(await invited.text());
    const [, code = ''] = /invitation\?code=([\w-]+)/.exec(page) ?? [];
    const bea = new Visitor(site);
    await bea.send('/dashboard/invitation', { code, name: 'Bea <b>', password: PASSWORD });
    expect(await visitor.page('/dashboard/people'))
      .to.include('Bea &lt;b&gt;')
      .and.not.include('Bea <b>');
    const { id = '' } = site.accounts.people.find(({ mail }) => mail === 'bea@example.edu') ?? {};
    expect(
      (await visitor.submit('/dashboard/people/role', { person: id, role: 'standard' })).status,
    ).to.equal(303);
    expect((await bea.get('/dashboard')).status).to.equal(303);
    expect((await visitor.submit('/dashboard/people/remove', { person: id })).status).to.equal(303);
    expect(site.accounts.people).to.have.length(1);
    const self = site.accounts.people[0]?.id ?? '';
    const last = await visitor.submit('/dashboard/people/remove', { person: self });
    expect(last.status).to.equal(409);
    expect(await last.text()).to.include('Make somebody else one first');
    const log = await visitor.page('/dashboard/audit');
    expect(log).to.match(
      /took somebody out \(refused: ACCOUNT_LAST_ADMINISTRATOR\).*took somebody out<\/td><td>bea@example\.edu.*changed a role<\/td><td>bea@example\.edu: standard.*invited somebody/,
    );
  });

  it('changes a password, which logs out everywhere else', async () => {
    const visitor = await aVisitor(site, 'administrator');
    const elsewhere = new Visitor(site);
    await elsewhere.send('/dashboard/login', { mail: 'administrator@example.edu', password: PASSWORD });
    const changed = await visitor.submit('/dashboard/account/password', {
      present: PASSWORD,
      next: 'another good password',
    });
    expect(await changed.text()).to.include('The password was changed.');
    expect((await visitor.get('/dashboard')).status).to.equal(200);
    expect((await elsewhere.get('/dashboard')).status).to.equal(303);
  });

  it('makes no token without the password, which a stolen session does not know', async () => {
    const visitor = await aVisitor(site, 'administrator');
    for (const password of ['', 'wrong']) {
      const fields = { name: 'stolen', days: '365', 'password-for-token': password };
      expect((await visitor.submit('/dashboard/account/token', fields)).status).to.equal(403);
    }
    expect(await visitor.page('/dashboard/account')).to.include('You have no tokens.');
  });

  it('lets a person in at a browser that she used before, while a stranger is guessing', async () => {
    const visitor = await aVisitor(site, 'administrator');
    const fields = { mail: 'administrator@example.edu', password: PASSWORD };
    const stranger = new Visitor(site);
    for (let i = 0; i < 30; i++) await stranger.send('/dashboard/login', { ...fields, password: 'guess' });
    expect((await stranger.send('/dashboard/login', fields)).status).to.equal(429);
    await visitor.send('/dashboard/logout', {});
    expect(visitor.cookies.get('__Host-ngr-known')).to.match(/^\w+\.[\w-]{43}$/);
    expect((await visitor.send('/dashboard/login', fields)).status).to.equal(303);
  });

  it('makes tokens, shown once, and takes them back', async () => {
    const visitor = await aVisitor(site, 'advanced');
    const made = tidied(
      await (
        await visitor.submit('/dashboard/account/token', {
          name: 'nightly',
          days: '30',
          'password-for-token': PASSWORD,
        })
      ).text(),
    );
    const [secret = ''] = /ngr_[\w-]{43}/.exec(made) ?? [];
    expect(site.accounts.ofToken(secret)?.person.role).to.equal('advanced');
    const page = await visitor.page('/dashboard/account');
    expect(page).to.include('nightly').and.not.include(secret);
    const [, token = ''] = /name="token" value="(\w+)"/.exec(page) ?? [];
    await visitor.submit('/dashboard/account/take-back', { token });
    expect(site.accounts.ofToken(secret)).to.equal(undefined);
  });

  it('edits the policy, and publishes it at once', async () => {
    const visitor = await aVisitor(site, 'administrator');
    const answer = await visitor.submit('/dashboard/policy', {
      element: ['withdrawal'],
      code: ['f3', 'f4'],
      'statement-embargo': 'Twelve months.\r\nNo more.',
      since: '2026-01-31',
    });
    expect(answer.status).to.equal(200);
    expect(site.parts.policies.own?.policy).to.deep.equal({
      elements: {
        embargo: { codes: ['f3', 'f4'], statement: 'Twelve months.\nNo more.' },
        withdrawal: { codes: [] },
      },
      since: '2026-01-31',
    });
    const page = await visitor.page('/dashboard/policy');
    expect(page).to.match(/value="f3" checked/);
    expect(page).to.not.match(/value="f1" checked/);
    const bad = await visitor.submit('/dashboard/policy', { url: 'javascript:alert(1)' });
    expect(bad.status).to.equal(400);
    expect(site.parts.policies.own?.policy.elements.withdrawal).to.deep.equal({ codes: [] });
  });

  it('speaks four languages', async () => {
    const visitor = await aVisitor(site, 'administrator');
    for (const [lang, heading] of [
      ['es', 'Personas'],
      ['pt', 'Pessoas'],
      ['fr', 'Personnes'],
      ['en', 'People'],
    ] as const)
      expect(await visitor.page(`/dashboard/people?lang=${lang}`)).to.include(`<h1>${heading}</h1>`);
  });

  describe('the content', () => {
    let visitor: Visitor;
    let keys: string[];
    beforeEach(async () => {
      visitor = await aVisitor(site, 'advanced');
      keys = await site.put(
        aPut(1, { titles: [{ value: '=HYPERLINK("evil") & <i>more</i>' }] }),
        aPut(2, { titles: [{ value: 'Second' }], access: { right: 'restricted' } }),
        ...Array.from({ length: 55 }, (_, i) => aPut(i + 3)),
      );
    });

    it('is listed in pages, found, and narrowed by access', async () => {
      const first = await visitor.page('/dashboard/records');
      expect(first).to.include('57 records.');
      const next = /rel="next" href="([^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? '';
      const second = await visitor.page(next);
      expect(second.match(/<tr>/g)).to.have.length(8);
      expect(await visitor.page('/dashboard/records?state=restricted')).to.include('>Second<');
      const found = await visitor.page('/dashboard/records?q=second');
      expect(found).to.include('1 records.').and.include('>Second<');
      expect((await visitor.get('/dashboard/records?state=lost')).status).to.equal(400);
    });

    it('is a table too, in which no title is a formula', async () => {
      const response = await visitor.get('/dashboard/records.csv');
      const lines = (await response.text()).split('\r\n');
      expect(response.headers.get('content-type')).to.match(/^text\/csv/);
      expect(lines).to.have.length(59);
      expect(lines.join()).to.include(`"'=HYPERLINK(""evil"") & <i>more</i>"`);
    });

    it('is withdrawn with a reason, by who may, and not another institution’s', async () => {
      const [one = '', two = ''] = keys;
      expect((await visitor.submit('/dashboard/records/withdraw', { record: [one, two] })).status).to.equal(
        400,
      );
      const done = await visitor.submit('/dashboard/records/withdraw', {
        record: [one, two],
        reason: 'Twice there',
      });
      expect(done.status).to.equal(303);
      for (const key of [one, two]) expect((await site.get(`/records/${key}`)).status).to.equal(410);
      const peer = await site.peer('Other', 'https://other.example');
      const [theirs = ''] = await site.follow(peer, aPut(1));
      const refused = await visitor.submit('/dashboard/records/withdraw', {
        record: theirs,
        reason: 'Mine now',
      });
      expect(refused.status).to.equal(400);
      expect((await site.get(`/records/${theirs}`)).status).to.equal(200);
      const standard = await aVisitor(site, 'standard');
      const [, , three = ''] = keys;
      expect(
        (await standard.submit('/dashboard/records/withdraw', { record: three, reason: 'x' })).status,
      ).to.equal(403);
      expect((await standard.get('/dashboard/records.csv')).status).to.equal(403);
      expect(await standard.page('/dashboard/records')).to.not.include('type="checkbox"');
      const log = await visitor.page('/dashboard/audit');
      expect(log).to.match(/withdrew records<\/td><td>oai:\S+1 oai:\S+2</);
    });
  });

  it('shows the harvests and starts one', async () => {
    const visitor = await aVisitor(site, 'advanced');
    const times = { startedAt: 1, endedAt: Date.UTC(2026, 0, 2, 3, 4) };
    const run = { ...noCounts, source: 'repository', kind: 'incremental', ...times } as const;
    const error = { code: 'HTTP_STATUS', message: 'It answers <500>.' };
    site.sources.past = [
      { ...run, outcome: 'failed', error },
      { ...run, outcome: 'complete', records: 1_234 },
    ];
    const page = await visitor.page('/dashboard/harvest');
    expect(page).to.include('<h1>Harvests</h1>').and.include('Harvest now');
    expect(page).to.include('Past harvests').and.include('<td class="number">1,234</td>');
    expect(page.replace(/\s+/g, ' ')).to.match(
      /failed, changes ?<p class="aside" lang="en">It answers &lt;500&gt;/,
    );
    expect((await visitor.submit('/dashboard/harvest', { full: 'yes' })).status).to.equal(303);
    expect((await visitor.get('/dashboard/issues.csv')).status).to.equal(200);
    expect((await visitor.get('/dashboard/issues?code=NAME_SPLIT')).status).to.equal(200);
  });
});
