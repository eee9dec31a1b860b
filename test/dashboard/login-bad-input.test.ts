import { expect } from 'chai';
import { aSite, type TestSite } from '../http/support/a-site.ts';
import { LONG, ODD_HEADERS, STRANGE } from '../http/bad-input/values.ts';
import { RudeClient, type Answer } from '../http/bad-input/asking.ts';

/** What is reached by whoever is not logged in, and the fields and parameters that it reads. */
const forms: readonly [path: string, ...fields: string[]][] = [
  ['/dashboard/login', 'mail', 'password', 'next'],
  ['/dashboard/invitation', 'code', 'name', 'password'],
  ['/dashboard/forgotten', 'mail'],
  ['/dashboard/new-password', 'code', 'password'],
  ['/dashboard/login/oidc/nobody', 'next', 'invitation'],
  ['/dashboard/logout', 'form'],
];
const pages: readonly [path: string, ...parameters: string[]][] = [
  ['/dashboard/login', 'next', 'lang'],
  ['/dashboard/invitation', 'code'],
  ['/dashboard/forgotten', 'lang'],
  ['/dashboard/new-password', 'code'],
  ['/dashboard/login/oidc/nobody/callback', 'code', 'state', 'iss', 'error', 'error_description'],
];
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

describe('bad input before a login', () => {
  let site: TestSite;
  let client: RudeClient;
  before(async () => {
    site = await aSite({});
    client = new RudeClient(site.url);
  });
  after(async () => {
    client.close();
    await site.close();
  });

  /** Nothing fails, nothing is run or repeated as markup, and nobody is let in. */
  function expectCivil({ status, headers, text }: Answer, about: string): void {
    expect(status, about).to.be.within(200, 499);
    expect(text, about).to.not.include('<script>');
    expect(headers['set-cookie'] ?? '', about).to.not.match(/ngr-session=[\w-]{10}|a=b/);
    if (status === 303) expect(headers['location'], about).to.match(/^\/dashboard/);
  }

  for (const [path, ...fields] of forms) {
    it(`is told from what is good in a form to ${path}`, async () => {
      for (const field of fields) {
        for (const [what, value] of [...Object.entries(STRANGE), ['long', LONG], ['nothing', '']]) {
          const body = `${field}=${value}&${field}=twice`;
          expectCivil(await client.ask({ method: 'POST', path, headers: FORM, body }), `${field}: ${what}`);
        }
      }
      const long = await client.ask({ method: 'POST', path, headers: FORM, body: `a=${'x'.repeat(20_000)}` });
      expect(long.status).to.be.oneOf(path === '/dashboard/logout' ? [303] : [413]);
      if (path === '/dashboard/logout') return;
      const json = { 'content-type': 'application/json' };
      expect((await client.ask({ method: 'POST', path, headers: json, body: '{}' })).status).to.equal(415);
    });
  }

  for (const [path, ...parameters] of pages) {
    it(`is told from what is good in the address ${path}`, async () => {
      for (const parameter of parameters) {
        for (const [what, value] of [...Object.entries(STRANGE), ['long', LONG], ['nothing', '']]) {
          const asked = `${path}?${parameter}=${value}&${parameter}=twice`;
          expectCivil(await client.ask({ path: asked }), `${parameter}: ${what}`);
          expectCivil(await client.ask({ path: `${path}?${parameter}=${value}` }), `${parameter}: ${what}`);
        }
      }
      for (const headers of ODD_HEADERS)
        expectCivil(await client.ask({ path, headers }), JSON.stringify(headers));
    });
  }

  it('is told from what is good in cookies', async () => {
    const names = ['__Host-ngr-session', '__Host-ngr-known', '__Host-ngr-login'];
    for (const name of names)
      for (const value of [
        ...Object.values(STRANGE),
        'x'.repeat(43),
        '.'.repeat(60),
        `${'x'.repeat(20)}.y`,
        LONG,
      ])
        for (const path of ['/dashboard', '/dashboard/login/oidc/nobody/callback']) {
          const cookie = `${name}=${value}; ${name}; =; ;;`;
          expectCivil(await client.ask({ path, headers: { cookie } }), `${name}=${value.slice(0, 30)}`);
        }
  });
});
