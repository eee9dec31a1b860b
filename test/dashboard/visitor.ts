import type { Role } from '../../node/accounts/index.ts';
import type { TestSite } from '../http/support/a-site.ts';

export const PASSWORD = 'correct horse battery';

/** Somebody at a browser, as far as cookies and forms go. */
export class Visitor {
  readonly #url: string;
  cookie = '';

  constructor(site: Pick<TestSite, 'url'>) {
    this.#url = site.url;
  }

  async get(path: string): Promise<Response> {
    return await this.#ask(path, {});
  }

  /** The text of a page, without white space beside its tags. */
  async page(path: string): Promise<string> {
    const response = await this.get(path);
    return tidied(await response.text());
  }

  /** Sends a form, with what the form of the page at `from` hides in it. */
  async send(
    path: string,
    fields: Record<string, string | string[]>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields))
      for (const one of [value].flat()) body.append(name, one);
    return await this.#ask(path, { method: 'POST', body, headers: { origin: this.#url, ...headers } });
  }

  /** As `send`, with the token of the forms that this visitor is shown. */
  async submit(path: string, fields: Record<string, string | string[]>): Promise<Response> {
    const page = await this.page('/dashboard/account');
    const form = /name="form" value="([\w-]+)"/.exec(page)?.[1] ?? '';
    return await this.send(path, { form, ...fields });
  }

  async #ask(
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> },
  ): Promise<Response> {
    const headers = {
      accept: 'text/html',
      ...(this.cookie !== '' && { cookie: this.cookie }),
      ...init.headers,
    };
    const response = await fetch(this.#url + path, { ...init, headers, redirect: 'manual' });
    for (const set of response.headers.getSetCookie()) this.cookie = set.split(';')[0] ?? '';
    return response;
  }
}

/** Somebody with an account, logged in. */
export async function aVisitor(site: TestSite, role: Role, name: string = role): Promise<Visitor> {
  const { secret } = await site.accounts.invite({ mail: `${name}@example.edu`, name, role });
  const visitor = new Visitor(site);
  await visitor.send('/dashboard/invitation', { code: secret, name, password: PASSWORD });
  return visitor;
}

export function tidied(page: string): string {
  return page.replaceAll(/\s+/g, ' ').replaceAll('> ', '>').replaceAll(' <', '<');
}
