import type { Context } from 'koa';
import { NgrError } from '../../vocab/errors.ts';
import {
  ExternalLogins,
  may,
  SESSION_LONGEST_MS,
  type Accounts,
  type LoggedIn,
  type Right,
} from '../accounts/index.ts';
import {
  HttpError,
  lang,
  readForm,
  readFormWithFiles,
  refusalStatus,
  sendPage,
  type Site,
  type View,
  type Views,
} from '../http/index.ts';
import { OwnCookie } from './own-cookie.ts';
import { problemPage } from './pages/problem.ts';

const FORM_LIMIT = 512 * 1024;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Who is at the browser, and what her form brought. */
export interface Visit {
  ctx: Context;
  view: View;
  who: LoggedIn;
}
export interface Submission extends Visit {
  fields: URLSearchParams;
}
/** A form that brings files, by the names of their fields. */
interface Upload extends Submission {
  files: ReadonlyMap<string, Uint8Array>;
}

/** What became of a form: the page to show, and what it was done to. */
interface Answer {
  page: string;
  on?: string;
  /** Why nothing was done, where the page tells it beside the field. */
  refused?: NgrError;
}

type Pages = Pick<Views, 'of'>;
type Query = Parameters<View['link']>[1];

/** Lets people in whom it knows, to what they may do; and takes forms only from this site's own pages. */
export class Door {
  /** Of a session. */
  readonly cookie: OwnCookie;
  /** Of a browser where somebody has logged in before. */
  readonly device: OwnCookie;
  /** Of a login at another system that is under way. */
  readonly underWay: OwnCookie;
  readonly #accounts: Accounts;
  readonly #views: Pages;
  readonly #origin: string;

  constructor({ accounts, views, site }: { accounts: Accounts; views: Pages; site: Site }) {
    this.cookie = new OwnCookie(site, { name: 'session', seconds: SESSION_LONGEST_MS / 1_000 });
    this.device = new OwnCookie(site, { name: 'known', seconds: YEAR_SECONDS });
    this.underWay = new OwnCookie(site, { name: 'login', seconds: ExternalLogins.WITHIN_SECONDS });
    this.#accounts = accounts;
    this.#views = views;
    this.#origin = new URL(site.base).origin;
  }

  /** Shows a page to whom may see it; who is not logged in is led to the login, and back. */
  page(
    right: Right | undefined,
    show: (visit: Visit) => Promise<string> | string,
  ): (ctx: Context) => Promise<void> {
    return async (ctx) => {
      const visit = await this.#visit(ctx, right);
      if (visit !== undefined) this.show(ctx, visit.view, await show(visit));
    };
  }

  /** Sends a file to whom may have it. */
  file(right: Right, send: (visit: Visit) => Promise<void> | void): (ctx: Context) => Promise<void> {
    return async (ctx) => {
      const visit = await this.#visit(ctx, right);
      if (visit === undefined) return;
      ctx.set('Cache-Control', 'no-store');
      await send(visit);
    };
  }

  /**
   * Does what a form asks for, and leads on to a page, so that loading it again does nothing twice.
   * @param act gives where to go on, and what it was done to
   */
  form(
    right: Right | undefined,
    action: string,
    act: (submission: Submission) => Promise<{ to: string; query?: Query; on?: string }>,
  ): (ctx: Context) => Promise<void> {
    return this.#submission(right, action, readFields, act, ({ ctx, view }, { to, query }) =>
      this.leadTo(ctx, view, to, query),
    );
  }

  /** Does what a form asks for, and answers with a page that can be shown only now: of a secret, say. */
  answer(
    right: Right | undefined,
    action: string,
    act: (submission: Submission) => Promise<Answer>,
  ): (ctx: Context) => Promise<void> {
    return this.#submission(right, action, readFields, act, this.#showAnswer);
  }

  /** The same of a form that brings files, `limit` bytes in all. */
  upload(
    right: Right | undefined,
    action: string,
    limit: number,
    act: (upload: Upload) => Promise<Answer>,
  ): (ctx: Context) => Promise<void> {
    return this.#submission(right, action, (ctx) => readFormWithFiles(ctx, limit), act, this.#showAnswer);
  }

  readonly #showAnswer = ({ ctx, view }: Visit, { page, refused }: Answer): void =>
    this.show(ctx, view, page, refused === undefined ? 200 : statusOf(refused));

  /** Every form goes this way: from this site, by somebody with the right, and into the log of who did what. */
  #submission<Form extends { fields: URLSearchParams }, Done extends { on?: string; refused?: NgrError }>(
    right: Right | undefined,
    action: string,
    read: (ctx: Context) => Promise<Form>,
    act: (submission: Visit & Form) => Promise<Done>,
    finish: (visit: Visit, done: Done) => void,
  ): (ctx: Context) => Promise<void> {
    return async (ctx) => {
      this.refuseOtherSites(ctx);
      const visit = await this.#visit(ctx, right);
      if (visit === undefined) return;
      const form = await read(ctx);
      if (form.fields.get('form') !== visit.who.formToken) throw staleForm();
      const { id: person, name } = visit.who.person;
      try {
        const done = await act({ ...visit, ...form });
        const { on, refused } = done;
        await this.#accounts.audit.note({
          person,
          name,
          action,
          ...(on !== undefined && { on }),
          ...(refused !== undefined && { refused: refused.code }),
        });
        finish(visit, done);
      } catch (error) {
        if (!(error instanceof NgrError)) throw error;
        await this.#accounts.audit.note({ person, name, action, refused: error.code });
        this.show(ctx, visit.view, problemPage(visit, error), statusOf(error));
      }
    };
  }

  /** Who is logged in at the browser. */
  async who(ctx: Context): Promise<LoggedIn | undefined> {
    const secret = this.cookie.read(ctx);
    return secret === undefined ? undefined : await this.#accounts.ofCookie(secret);
  }

  /** Lets in who has just logged in: under a new secret, and at a browser that is known from now on. */
  async enter(ctx: Context, secret: string, action: string): Promise<void> {
    const before = this.cookie.read(ctx);
    if (before !== undefined) await this.#accounts.logout(before);
    this.cookie.give(ctx, secret);
    const person = (await this.#accounts.ofCookie(secret))?.person;
    if (person !== undefined) this.device.give(ctx, this.#accounts.deviceCookieOf(person.id));
    await this.#accounts.audit.note({ action, ...(person && { person: person.id, name: person.name }) });
  }

  /** @param language of the pages before, where this address does not tell */
  view(ctx: Context, language?: string): View {
    const chosen = lang.safeParse(ctx.query['lang'] ?? language).data;
    return this.#views.of(ctx, chosen);
  }

  /** Tells who is not logged in what could not be done. */
  tell(ctx: Context, view: View, error: NgrError, page = problemPage({ view }, error)): void {
    const wait = error.details['retryAfter'];
    if (typeof wait === 'number') ctx.set('Retry-After', String(wait));
    this.show(ctx, view, page, statusOf(error));
  }

  /** Sends a page that is for one person only. */
  show(ctx: Context, view: View, page: string, status = 200): void {
    sendPage(ctx, view, page, status);
    ctx.set('Cache-Control', 'no-store');
    ctx.set('Referrer-Policy', 'same-origin');
  }

  leadTo(ctx: Context, view: View, path: string, query: Query = {}): void {
    ctx.set('Cache-Control', 'no-store');
    ctx.status = 303;
    ctx.set('Location', view.link(path, query));
  }

  /**
   * Another site's page may send a form here, and with it the cookie of older browsers.
   * @throws HttpError `FORM_OF_ANOTHER_SITE` (403)
   */
  refuseOtherSites(ctx: Context): void {
    const from = ctx.get('Sec-Fetch-Site');
    const origin = ctx.get('Origin');
    const isOwn =
      (from === '' || from === 'same-origin' || from === 'none') &&
      (origin === '' || this.#isOwn(ctx, origin));
    if (isOwn) return;
    throw new HttpError(403, 'FORM_OF_ANOTHER_SITE', 'Not from here', 'The form was sent by another site.', {
      remedy: 'Open the page on this site and try again.',
    });
  }

  /** The origin that the operator has told, or the very host that was asked: a node is also reached by its local name. */
  #isOwn(ctx: Context, origin: string): boolean {
    return origin === this.#origin || (URL.canParse(origin) && new URL(origin).host === ctx.host);
  }

  async #visit(ctx: Context, right: Right | undefined): Promise<Visit | undefined> {
    const view = this.view(ctx);
    const who = await this.who(ctx);
    if (who === undefined) {
      const next = ctx.method === 'GET' ? ctx.path : '/dashboard';
      this.leadTo(ctx, view, '/dashboard/login', { next });
      return undefined;
    }
    if (right === undefined || may(who.person.role, right)) return { ctx, view, who };
    const detail = `Your role (${who.person.role}) does not include this.`;
    throw new HttpError(403, 'NOT_YOURS_TO_DO', 'Not with your role', detail, {
      remedy: 'Ask an administrator of the node.',
    });
  }
}

async function readFields(ctx: Context): Promise<{ fields: URLSearchParams }> {
  return { fields: await readForm(ctx, FORM_LIMIT) };
}

/** What the form does not bring is of a page that was loaded before the present login. */
function staleForm(): HttpError {
  const detail = 'The page was loaded before you logged in, or too long ago. Nothing was changed.';
  return new HttpError(403, 'FORM_STALE', 'The form is too old', detail, {
    remedy: 'Load the page again, and send it once more.',
  });
}

/** The status of an answer to what another part has refused. */
export function statusOf(error: NgrError): number {
  return error instanceof HttpError ? error.status : (refusalStatus(error) ?? 400);
}
