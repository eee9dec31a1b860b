import type { Context } from 'koa';

/**
 * Answers with a problem document (RFC 9457): `title` is the kind of problem, the same each time, `detail` tells this one,
 * `code` is what scripts match on. Nothing from inside the process may stand in any of them.
 *
 * @param extra further members, such as the formats that there are
 */
export function problem(
  ctx: Context,
  status: number,
  code: string,
  title: string,
  detail?: string,
  extra: Readonly<Record<string, unknown>> = {},
): void {
  ctx.status = status;
  ctx.remove('ETag');
  ctx.remove('Last-Modified');
  ctx.set('Cache-Control', 'no-store');
  ctx.body = JSON.stringify({
    type: `urn:ngr:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    ...(detail === undefined ? {} : { detail }),
    code,
    ...extra,
  });
  ctx.type = 'application/problem+json';
}
