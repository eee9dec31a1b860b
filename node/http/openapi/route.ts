import type Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { z } from 'zod';
import { writeLinkHeader } from '../../../protocols/signposting/index.ts';
import { readJson } from '../requests/body.ts';
import { readQuery } from '../requests/query.ts';
import type { Answers, NamesIn, Operation } from './operation.ts';

/** Of the body of a request, bytes, where the operation says nothing else. */
export const BODY_LIMIT = 16 * 1024;

/** What a request brings, checked. */
export interface Asked<Path extends string, Query extends z.ZodObject, Body extends z.ZodType> {
  ctx: Context;
  /** What stands in the path, decoded. */
  path: Readonly<Record<NamesIn<Path>, string>>;
  query: z.output<Query>;
  body: z.output<Body>;
}

/** A value as it may be handed on: nothing of it is written to. */
type Told<T> = T extends readonly unknown[] | object ? { readonly [Name in keyof T]: Told<T[Name]> } : T;

/** What may be answered: JSON that fits, or nothing where the answer is empty or was sent otherwise. */
type Answered<Given extends Answers> = {
  [Status in keyof Given]: Given[Status] extends { schema: infer Schema extends z.ZodType }
    ? Given[Status] extends { types: readonly string[] }
      ? Told<z.input<Schema>> | undefined
      : Told<z.input<Schema>>
    : void;
}[keyof Given];

const verbs = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete' } as const;

/**
 * Adds an operation to a router: the request is checked by its description, what is returned becomes the JSON of the answer. The
 * status is the lowest one that the description has, unless the handler sets another.
 */
export function route<
  Path extends string,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Given extends Answers,
>(
  router: Router,
  operation: Operation<Path, Query, Body, Given>,
  answer: (asked: Asked<Path, Query, Body>) => Answered<Given> | Promise<Answered<Given>>,
): void {
  const { method, path, query, body, limit = BODY_LIMIT, answers, goesOnBy } = operation;
  const status = Math.min(...Object.keys(answers).map(Number));
  router[verbs[method]](path, async (ctx) => {
    const asked = {
      ctx,
      path: ctx.params as Record<NamesIn<Path>, string>,
      query: (query === undefined ? {} : readQuery(ctx, query)) as z.output<Query>,
      body: (body === undefined ? undefined : await readJson(ctx, body, limit)) as z.output<Body>,
    };
    ctx.status = status;
    const told = await answer(asked);
    if (told !== undefined) ctx.body = told;
    if (goesOnBy !== undefined) linkToNext(ctx, goesOnBy, told);
  });
}

/** Notes where a list goes on, for `nextLinks`. */
function linkToNext(ctx: Context, parameter: string, told: unknown): void {
  const { next } = (told ?? {}) as { next?: string | number };
  if (next === undefined) return;
  const query = new URLSearchParams(ctx.querystring);
  query.set(parameter, String(next));
  ctx.state['next'] = `${ctx.path}?${query.toString()}`;
}

/** Leads from each page of a list to the next one (RFC 8288). @param base of the node's addresses */
export function nextLinks(base: string): Middleware {
  return async (ctx, next) => {
    await next();
    const path = ctx.state['next'] as string | undefined;
    if (path !== undefined) ctx.set('Link', writeLinkHeader([{ rel: 'next', href: base + path }]));
  };
}
