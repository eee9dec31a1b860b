import { createHash, timingSafeEqual } from 'node:crypto';
import type { RouterContext } from '@koa/router';
import type { Context, Middleware } from 'koa';
import { NgrError } from '../../../../vocab/errors.ts';
import { may, type Accounts } from '../../../accounts/index.ts';
import { HttpError } from '../../errors.ts';
import { notWithRole, type Caller } from './caller.ts';
import { rightsOfRoutes } from './rights.ts';

/**
 * Lets a request through that brings a token (RFC 6750 §2.1) whose holder may do what it asks for, and writes down what was
 * changed by whom. The node's own token, in its data directory, may do everything.
 */
export function callers({
  apiToken,
  accounts,
}: {
  apiToken: string;
  accounts: Pick<Accounts, 'ofToken' | 'audit'>;
}): Middleware {
  const expected = digestOf(apiToken);

  function holderOf(given: string): Caller | undefined {
    // Digests are compared, in constant time: neither the token nor its length is found out by measuring.
    if (timingSafeEqual(digestOf(given), expected)) return { role: 'administrator' };
    const person = accounts.ofToken(given)?.person;
    return person && { role: person.role, person };
  }

  return async (ctx, next) => {
    const [, given] = /^Bearer +([\w.~+/=-]+)$/i.exec(ctx.get('Authorization')) ?? [];
    const caller = given === undefined ? undefined : holderOf(given);
    if (caller === undefined) throw unauthorized(ctx, given !== undefined);
    ctx.set('Cache-Control', 'no-store');
    const route = routeOf(ctx);
    const right = rightsOfRoutes[route];
    if (right === undefined || !may(caller.role, right)) throw notWithRole(caller.role);
    ctx.state['caller'] = caller;
    if (ctx.method === 'GET' || ctx.method === 'HEAD') await next();
    else await written(ctx, route, caller, next);
  };

  async function written(
    ctx: Context,
    route: string,
    { person }: Caller,
    next: () => Promise<unknown>,
  ): Promise<void> {
    const what = { action: route, on: ctx.path, ...(person && { person: person.id, name: person.name }) };
    try {
      await next();
    } catch (error) {
      await accounts.audit.note({ ...what, refused: error instanceof NgrError ? error.code : 'INTERNAL' });
      throw error;
    }
    await accounts.audit.note(what);
  }
}

/** The method and the path as the router has it, with names in place of what differs; of several that fit, the first answers. */
function routeOf(ctx: Context): string {
  const layers = (ctx as Partial<RouterContext>).matched ?? [];
  const path = layers.find(({ methods }) => methods.includes(ctx.method))?.path;
  return `${ctx.method === 'HEAD' ? 'GET' : ctx.method} ${String(path)}`;
}

function unauthorized(ctx: Context, isGiven: boolean): HttpError {
  ctx.set('WWW-Authenticate', isGiven ? 'Bearer error="invalid_token"' : 'Bearer');
  const detail =
    'Send the token in the node’s data directory, or one of your own from the dashboard, as “Authorization: Bearer …”.';
  return new HttpError(401, 'UNAUTHORIZED', 'This needs a token', detail);
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
