import type { Role } from '../../node/accounts/index.ts';
import type { TestSite } from '../http/support/a-site.ts';

export const PASSWORD = 'correct horse battery';

/** Somebody at a browser, as far as cookies and forms go. */
export class Visitor {
  readonly #url: string;
  readonly cookies = new Map<string, string>();

  constructor(site: Pick<TestSite, 'url'>) {
    this.#url = site.url;
  }

  /** As the browser sends them. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  set cookie(pair: string) {
    const [name = '', value = ''] = pair.split('=', 2);
    this.cookies.set(name, value);
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
    return await this.send(path, { form: await this.#formToken(), ...fields });
  }

  /** Sends a form that brings a file, with the token of the forms that this visitor is shown unless another is given. */
  async upload(
    path: string,
    name: string,
    file: Uint8Array,
    { form }: { form?: string } = {},
  ): Promise<Response> {
    const body = new FormData();
    body.set('form', form ?? (await this.#formToken()));
    body.set(name, new Blob([file]), '../../evil.svg');
    return await this.#ask(path, { method: 'POST', body, headers: { origin: this.#url } });
  }

  async #formToken(): Promise<string> {
    const page = await this.page('/dashboard/account');
    return /name="form" value="([\w-]+)"/.exec(page)?.[1] ?? '';
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
    for (const set of response.headers.getSetCookie()) {
      this.cookie = set.split(';')[0] ?? '';
      if (/; Max-Age=0(;|$)/.test(set)) this.cookies.delete(set.split('=')[0] ?? '');
    }
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
