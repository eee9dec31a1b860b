import type { z } from 'zod';
import type { Right } from '../../accounts/index.ts';
import type { OperationGroup } from './groups.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** The names in a path as routers write it: `key` of `/records/:key`. */
export type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** What an operation is answered with when it has gone well. */
export interface Answer {
  what: string;
  /** Of the JSON; an answer that has neither this nor `types` is empty. */
  schema?: z.ZodType;
  /** Media types of other forms in which it can be had, or of its only one. */
  types?: readonly string[];
}
export type Answers = Readonly<Record<number, Answer>>;

/**
 * One operation of the node's HTTP API, described once: routers check requests by it, and the OpenAPI document and docs/api.md
 * are made from it.
 */
export interface Operation<
  Path extends string = string,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Told extends Answers = Answers,
> {
  method: Method;
  /** As routers write it. */
  path: Path;
  group: OperationGroup;
  /** What somebody has to be allowed to; absent where anybody may. */
  right?: Right;
  /** In a few words, without a full stop. */
  summary: string;
  description?: string;
  /** What each name in the path stands for. */
  parameters?: Readonly<Record<NamesIn<Path>, string>>;
  query?: Query;
  /** Of JSON that is sent. */
  body?: Body;
  /** Bytes that the body may have. */
  limit?: number;
  /** What is sent is no JSON but a file. */
  file?: string;
  answers: Told;
  /** Of a list: the parameter by which it goes on, with what the answer says in `next`. */
  goesOnBy?: string;
  /** Codes of refusals by status, beside those that follow from the rest. */
  problems?: Readonly<Record<number, readonly string[]>>;
  /** A body that is taken, or where there is none a query, for the example. */
  example?: unknown;
}

/** Describes an operation, with the types of what it is given and answers. */
export function operation<
  const Path extends string,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  const Told extends Answers,
>(described: Operation<Path, Query, Body, Told>): Operation<Path, Query, Body, Told> {
  return described;
}

/** `GET /api/records/:key`: an operation's name in tables, and in the log of who did what. */
export function routeOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}
