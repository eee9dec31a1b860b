import type { Context } from 'koa';
import type { Person, Role } from '../../../accounts/index.ts';
import { HttpError } from '../../errors.ts';

/** Who asks: a person by a token of hers, or whoever runs the node by the node's own. */
export interface Caller {
  role: Role;
  /** Absent where it is the node's own token. */
  person?: Person;
}

/** Who sent the request, behind `callers`. */
export function callerOf(ctx: Context): Caller {
  return ctx.state['caller'] as Caller;
}

export function notWithRole(role: Role): HttpError {
  const detail = `The role “${role}” does not include this.`;
  return new HttpError(403, 'NOT_YOURS_TO_DO', 'Not with this role', detail, {
    remedy: 'Ask an administrator of the node.',
  });
}
