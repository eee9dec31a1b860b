import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  type ClientAuth,
  type Configuration,
} from 'openid-client';
import type { Clock } from '../../clock.ts';
import { AccountError } from '../errors.ts';
import type { Arrival } from '../person.ts';
import { boundedResponse } from './bounded-response.ts';
import type { Transaction } from './transactions.ts';

/** Another system where people log in, as the operator has named it. */
export interface LoginProvider {
  /** In addresses. */
  name: string;
  /** For people. */
  title: string;
  /** `iss` of its ID tokens, under which its metadata lie. */
  issuer: string;
  clientId: string;
  /** Without it, the client is a public one. */
  clientSecret?: string;
  scopes: readonly string[];
  /** Whether an address is taken as verified where the system does not say that it is. */
  trustMail: boolean;
  /** Whether who logs out here is led on to log out there, too. */
  logout: boolean;
}

type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

const METADATA_KEPT_MS = 60 * 60_000;
const ANSWER_WITHIN_S = 10;
/** How long ago who shows anew that it is she may have typed her password there. */
const FRESH_WITHIN_S = 300;

/**
 * The node as a client of one provider: the authorization code flow of OpenID Connect Core 1.0 (section 3.1) with PKCE (RFC 7636,
 * S256), state, nonce, the provider's name in the answer (RFC 9207) and the signature of the ID token checked. What the provider says
 * of itself (Discovery 1.0) is asked for when it is first needed, and kept for an hour.
 */
export class Provider {
  readonly settings: LoginProvider;
  readonly #redirectUri: string;
  readonly #afterLogout: string;
  readonly #fetch: Fetch;
  readonly #clock: Clock;
  #client: { made: Promise<Configuration>; at: number } | undefined;

  constructor(
    settings: LoginProvider,
    parts: { redirectUri: string; afterLogout: string; fetch: Fetch; clock: Clock },
  ) {
    this.settings = settings;
    this.#redirectUri = parts.redirectUri;
    this.#afterLogout = parts.afterLogout;
    this.#fetch = parts.fetch;
    this.#clock = parts.clock;
  }

  /**
   * Where the browser is sent.
   * @param isFresh whether she has to log in there anew, also where she is logged in
   * @throws AccountError `ACCOUNT_PROVIDER_DOWN`
   */
  async address(asked: Pick<Transaction, 'state' | 'nonce' | 'verifier'>, isFresh: boolean): Promise<string> {
    const client = await this.#known();
    return buildAuthorizationUrl(client, {
      redirect_uri: this.#redirectUri,
      scope: this.settings.scopes.join(' '),
      state: asked.state,
      nonce: asked.nonce,
      code_challenge: await calculatePKCECodeChallenge(asked.verifier),
      code_challenge_method: 'S256',
      ...(isFresh && { prompt: 'login', max_age: String(FRESH_WITHIN_S) }),
    }).href;
  }

  /**
   * Who came back.
   * @param query of the address that the browser was sent back to
   * @throws AccountError `ACCOUNT_LOGIN_CANCELLED`, `ACCOUNT_LOGIN_INVALID`, `ACCOUNT_PROVIDER_DOWN`
   */
  async arrival(
    query: string,
    asked: Pick<Transaction, 'state' | 'nonce' | 'verifier'>,
    isFresh: boolean,
  ): Promise<Arrival> {
    const client = await this.#known();
    const tokens = await authorizationCodeGrant(client, new URL(`${this.#redirectUri}?${query}`), {
      expectedState: asked.state,
      expectedNonce: asked.nonce,
      pkceCodeVerifier: asked.verifier,
      idTokenExpected: true,
      ...(isFresh && { maxAge: FRESH_WITHIN_S }),
    }).catch((cause: unknown) => {
      throw wrongAnswer(this.settings, cause);
    });
    const claims = tokens.claims();
    if (claims === undefined) throw wrongAnswer(this.settings, new Error('no ID token'));
    const told = [claims['given_name'], claims['family_name']].filter((part) => typeof part === 'string');
    return {
      issuer: claims.iss,
      subject: claims.sub,
      name: typeof claims['name'] === 'string' ? claims['name'] : told.join(' '),
      verifiedMail: async () => {
        if ('email' in claims || client.serverMetadata().userinfo_endpoint === undefined)
          return this.#verifiedMail(claims);
        const userInfo = await fetchUserInfo(client, tokens.access_token, claims.sub).catch(
          (cause: unknown) => {
            throw wrongAnswer(this.settings, cause);
          },
        );
        return this.#verifiedMail(userInfo);
      },
    };
  }

  /**
   * Where the browser is sent to log out there, too (RP-Initiated Logout 1.0, section 2); undefined where the operator does not want
   * that, or there is no such place. ID tokens are not kept, so the node names itself by `client_id`, and the provider asks her.
   * @throws AccountError `ACCOUNT_PROVIDER_DOWN`
   */
  async logoutAddress(): Promise<string | undefined> {
    if (!this.settings.logout) return undefined;
    const client = await this.#known();
    if (!isForBrowsers(client.serverMetadata().end_session_endpoint, this.settings)) return undefined;
    return buildEndSessionUrl(client, { post_logout_redirect_uri: this.#afterLogout }).href;
  }

  /** The address, where it is said to be verified, or the operator trusts what the provider says (Core, section 5.1). */
  #verifiedMail(claims: { [claim: string]: unknown }): string | undefined {
    const { email, email_verified: isVerified } = claims;
    const isTrusted = isVerified === true || (isVerified === undefined && this.settings.trustMail);
    return isTrusted && typeof email === 'string' ? email : undefined;
  }

  /** What is known of the provider. What could not be had is asked for again the next time. */
  async #known(): Promise<Configuration> {
    const now = this.#clock.now();
    if (this.#client === undefined || Math.abs(now - this.#client.at) > METADATA_KEPT_MS) {
      const client = { made: this.#discovered(), at: now };
      this.#client = client;
      client.made.catch(() => {
        if (this.#client === client) this.#client = undefined;
      });
    }
    return await this.#client.made;
  }

  async #discovered(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.settings;
    const isPlain = issuer.startsWith('http:');
    const client = await discovery(new URL(issuer), clientId, {}, authenticationBy(clientSecret), {
      [customFetch]: async (address, { headers, body, ...init }) => {
        const { 'user-agent': _, ...others } = headers;
        return await boundedResponse(
          await this.#fetch(address, {
            ...init,
            headers: others,
            body: body as NonNullable<RequestInit['body']>,
          }),
        );
      },
      timeout: ANSWER_WITHIN_S,
      // Plain HTTP is for providers on this very machine: the settings allow no others.
      execute: [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])],
    }).catch((cause: unknown) => {
      throw down(this.settings, cause);
    });
    if (!isForBrowsers(client.serverMetadata().authorization_endpoint, this.settings))
      throw down(this.settings, new Error('the address for logins is none that a browser can be sent to'));
    return client;
  }
}

/** Whether browsers can be led there, and pages link to it. */
function isForBrowsers(address: string | undefined, { issuer }: LoginProvider): boolean {
  if (address === undefined || !URL.canParse(address)) return false;
  return new URL(address).protocol === new URL(issuer).protocol;
}

/** In the header, as clients do unless they are registered otherwise (Core, section 9); in the body where only that is taken. */
function authenticationBy(secret: string | undefined): ClientAuth {
  if (secret === undefined) return None();
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...others) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (taken.includes('client_secret_basic') ? basic : post)(server, ...others);
  };
}

function wrongAnswer(provider: LoginProvider, cause: unknown): AccountError {
  const { title } = provider;
  if (cause instanceof AuthorizationResponseError && cause.error === 'access_denied') {
    return new AccountError('ACCOUNT_LOGIN_CANCELLED', `The login at ${title} was broken off.`, {
      remedy: 'Try again, and allow it there.',
      cause,
    });
  }
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (/^(OUTBOUND_|OAUTH_TIMEOUT|OAUTH_ABORT)/.test(code)) return down(provider, cause);
  return new AccountError(
    'ACCOUNT_LOGIN_INVALID',
    `What came back from ${title} is not what was asked for.`,
    {
      remedy: 'Log in again; if it stays, tell who runs the node.',
      cause,
    },
  );
}

function down({ title }: LoginProvider, cause: unknown): AccountError {
  return new AccountError('ACCOUNT_PROVIDER_DOWN', `${title} does not answer as it should.`, {
    remedy: 'Try again later, or log in by another way; who runs the node finds the reason in its log.',
    cause,
  });
}
