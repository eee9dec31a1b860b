import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type ClientMetadata } from 'oidc-provider';

export const CLIENT_ID = 'ngr-node';
export const CLIENT_SECRET = 'a-secret-of-the-client-for-tests-only';

/** What the provider says of somebody, beside her subject. */
export type Claims = Record<string, unknown>;

/** An institution's login: `oidc-provider` on loopback, where whoever the test names is logged in and allows everything. */
export interface TestProvider {
  issuer: string;
  /**
   * Goes through the login as a browser does, from the address that the node leads to.
   * @param options.as the subject, or nobody, who breaks it off
   * @returns path and query of the address at the node that it leads back to
   */
  authorize(address: string, options: { as: string | undefined; browser?: ProviderBrowser }): Promise<string>;
  /** Logs out there, from the address that the node leads to. @returns path and query of the address that it leads back to */
  logOut(address: string, browser: ProviderBrowser): Promise<string>;
  close(): Promise<void>;
}

/** The cookies that a browser has of the provider. */
export type ProviderBrowser = Map<string, string>;

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}

/** @param options.accounts by subject */
export async function anOidcProvider({
  redirectUris,
  accounts,
  client = {},
}: {
  redirectUris: string[];
  accounts: Readonly<Record<string, Claims>>;
  client?: Partial<ClientMetadata>;
}): Promise<TestProvider> {
  let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: redirectUris, ...client }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'test' }] },
    cookies: { keys: ['a key of cookies for tests'] },
    claims: { openid: ['sub', 'auth_time'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...accounts[sub] }) }),
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { logoutSource: (ctx, form) => void (ctx.body = form) },
    },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    renderError: (ctx, out) => void (ctx.body = JSON.stringify(out)),
  });
  let subject: string | undefined;

  async function interact(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { params } = await provider.interactionDetails(request, response);
    if (subject === undefined) {
      await provider.interactionFinished(request, response, { error: 'access_denied' });
      return;
    }
    const grant = new provider.Grant({ accountId: subject, clientId: CLIENT_ID });
    grant.addOIDCScope(String(params['scope']));
    await provider.interactionFinished(request, response, {
      login: { accountId: subject },
      consent: { grantId: await grant.save() },
    });
  }

  const provided = provider.callback();
  answer = (request, response) => {
    const handled = request.url?.startsWith('/interaction/')
      ? interact(request, response)
      : provided(request, response);
    void handled.catch((error: unknown) => response.writeHead(500).end(String(error)));
  };

  async function ask(browser: ProviderBrowser, address: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...browser].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(address, { ...init, headers: { cookie }, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s);
      if (value === '') browser.delete(name);
      else browser.set(name, value);
    }
    return response;
  }

  async function ledOn(response: Response): Promise<string> {
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${response.status}: ${await response.text()}`);
    return new URL(location, issuer).href;
  }

  return {
    issuer,
    async authorize(address, { as, browser = new Map() }) {
      subject = as;
      let next = address;
      for (let step = 0; step < 10 && next.startsWith(issuer); step++)
        next = await ledOn(await ask(browser, next));
      return pathOf(next);
    },
    async logOut(address, browser) {
      const asked = await (await ask(browser, address)).text();
      const [, action = ''] = /action="([^"]+)"/.exec(asked) ?? [];
      const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(asked) ?? [];
      const body = new URLSearchParams({ xsrf, logout: 'yes' });
      return pathOf(await ledOn(await ask(browser, action, { method: 'POST', body })));
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
