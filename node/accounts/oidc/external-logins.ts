import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { AccountError } from '../errors.ts';
import type { Arrival } from '../person.ts';
import { Provider, type LoginProvider } from './provider.ts';
import { GOOD_FOR_MS, Transactions, type Purpose } from './transactions.ts';

interface ExternalLoginsOptions {
  providers: readonly LoginProvider[];
  /** The node's public address, without a slash at its end. */
  base: string;
  /** Reaches the public Internet, and the hosts of the providers wherever they are. */
  fetch: (address: string, init?: RequestInit) => Promise<Response>;
  clock: Clock;
  log: Pick<Logger, 'warn'>;
}

/** Sends people to other systems to log in, and takes them in when they come back. Who they are here, the accounts decide. */
export class ExternalLogins {
  /** For how long a login may take, in seconds. */
  static readonly WITHIN_SECONDS = GOOD_FOR_MS / 1_000;
  readonly #providers: ReadonlyMap<string, Provider>;
  readonly #transactions: Transactions;
  readonly #log: Pick<Logger, 'warn'>;

  constructor({ providers, base, fetch, clock, log }: ExternalLoginsOptions) {
    const provided = providers.map((settings) => {
      const redirectUri = `${base}/dashboard/login/oidc/${settings.name}/callback`;
      const afterLogout = `${base}/dashboard/login`;
      return [settings.name, new Provider(settings, { redirectUri, afterLogout, fetch, clock })] as const;
    });
    this.#providers = new Map(provided);
    this.#transactions = new Transactions({ clock });
    this.#log = log;
  }

  /** Where people can log in, in the operator's order. */
  get offered(): Pick<LoginProvider, 'name' | 'title' | 'issuer'>[] {
    return [...this.#providers.values()].map(({ settings: { name, title, issuer } }) => ({
      name,
      title,
      issuer,
    }));
  }

  /**
   * Begins a login.
   * @param from the network address of the client, which is kept in memory only
   * @returns where the browser is to go, and the secret for its cookie
   * @throws AccountError `ACCOUNT_PROVIDER_UNKNOWN`, `ACCOUNT_PROVIDER_DOWN`
   */
  async begin(
    name: string,
    purpose: Purpose,
    from: string,
  ): Promise<{ address: string; secret: string; title: string }> {
    const provider = this.#known(name);
    const { transaction, secret } = this.#transactions.begin(name, purpose, from);
    const address = await this.#logged(name, provider.address(transaction, purpose.to === 'prove'));
    return { address, secret, title: provider.settings.title };
  }

  /**
   * Ends the login that the browser has begun.
   * @param secret of its cookie
   * @param query of the address that it was sent back to
   * @throws AccountError `ACCOUNT_PROVIDER_UNKNOWN`, `ACCOUNT_PROVIDER_DOWN`, `ACCOUNT_LOGIN_GONE`, `ACCOUNT_LOGIN_CANCELLED`,
   *   `ACCOUNT_LOGIN_INVALID`
   */
  async end(
    name: string,
    secret: string | undefined,
    query: string,
  ): Promise<{ purpose: Purpose; arrival: Arrival }> {
    const provider = this.#known(name);
    const transaction = this.#transactions.end(name, secret);
    const { purpose } = transaction;
    const arrival = await this.#logged(name, provider.arrival(query, transaction, purpose.to === 'prove'));
    const verifiedMail = (): Promise<string | undefined> => this.#logged(name, arrival.verifiedMail());
    return { purpose, arrival: { ...arrival, verifiedMail } };
  }

  /**
   * Where the browser is to go to log out at another system, too, once that is done here; undefined where it need not. It never
   * rejects: she is logged out here whatever becomes of the other system.
   * @param issuer of the login by which the session began
   */
  async logout(issuer: string): Promise<{ address: string; title: string } | undefined> {
    const provider = [...this.#providers.values()].find(({ settings }) => settings.issuer === issuer);
    if (provider === undefined) return undefined;
    const { name, title } = provider.settings;
    const address = await this.#logged(name, provider.logoutAddress()).catch(() => undefined);
    return address === undefined ? undefined : { address, title };
  }

  #known(name: string): Provider {
    const provider = this.#providers.get(name);
    if (provider !== undefined) return provider;
    throw new AccountError('ACCOUNT_PROVIDER_UNKNOWN', 'There is no such login here.', {
      remedy: 'Choose one of those that are offered.',
    });
  }

  /** Why it failed is for the operator: codes and words of the library, none of which holds a secret. */
  async #logged<T>(provider: string, work: Promise<T>): Promise<T> {
    return await work.catch((error: unknown) => {
      if (error instanceof AccountError && error.code !== 'ACCOUNT_LOGIN_CANCELLED')
        this.#log.warn(
          { provider, code: error.code, reason: reasonOf(error.cause) },
          'a login or logout elsewhere failed',
        );
      throw error;
    });
  }
}

const LONGEST_REASON = 300;

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = 'code' in error ? ` (${String(error.code)})` : '';
  const inner = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message}${code}${inner}`.slice(0, LONGEST_REASON);
}
