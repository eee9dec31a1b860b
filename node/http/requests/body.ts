import type { Context } from 'koa';
import type { z } from 'zod';
import { HttpError } from '../errors.ts';

/**
 * The bytes of a request's body, at most `limit`. What is said to be longer is refused before it is read, and what turns
 * out to be longer while it is read.
 * @throws HttpError `BODY_TOO_LARGE` (413), `BODY_INCOMPLETE` (400) where the connection ended early
 */
export async function readBody(ctx: Context, limit: number): Promise<Buffer> {
  if (Number(ctx.req.headers['content-length'] ?? 0) > limit) throw tooLarge(ctx, limit);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw tooLarge(ctx, limit);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof HttpError) throw cause;
    const detail = 'The connection ended before the whole body had come.';
    throw new HttpError(400, 'BODY_INCOMPLETE', 'The body is incomplete', detail, { cause });
  }
  return Buffer.concat(chunks);
}

/**
 * The fields of a form (`application/x-www-form-urlencoded`); without a body there are none.
 * @throws HttpError `BODY_TYPE` (415), and those of `readBody`
 */
export async function readForm(ctx: Context, limit: number): Promise<URLSearchParams> {
  if (ctx.is('urlencoded') === false) throw wrongType('application/x-www-form-urlencoded');
  return new URLSearchParams((await readBody(ctx, limit)).toString());
}

/**
 * The fields and files of a form that brings files (`multipart/form-data`, RFC 7578). Of several files under one name the last
 * is there; the name that a file had is not told: nothing is to hang on it.
 * @throws HttpError `BODY_TYPE` (415), `BODY_INVALID` (400), and those of `readBody`
 */
export async function readFormWithFiles(
  ctx: Context,
  limit: number,
): Promise<{ fields: URLSearchParams; files: Map<string, Uint8Array> }> {
  if (ctx.is('multipart/form-data') === false) throw wrongType('multipart/form-data');
  const body = await readBody(ctx, limit);
  const fields = new URLSearchParams();
  const files = new Map<string, Uint8Array>();
  for (const [name, value] of await parts(body, ctx.get('Content-Type'))) {
    if (typeof value === 'string') fields.append(name, value);
    else files.set(name, new Uint8Array(await value.arrayBuffer()));
  }
  return { fields, files };
}

async function parts(body: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    const detail = 'The body is not a form in parts.';
    throw new HttpError(400, 'BODY_INVALID', 'The body does not say what is needed', detail, { cause });
  }
}

/**
 * A JSON body that fits the schema; an empty body is an empty object.
 * @throws HttpError `BODY_INVALID` (400), `BODY_TYPE` (415), and those of `readBody`
 */
export async function readJson<Schema extends z.ZodType>(
  ctx: Context,
  schema: Schema,
  limit: number,
): Promise<z.infer<Schema>> {
  const bytes = await readBody(ctx, limit);
  if (bytes.length > 0 && ctx.is('json', '+json') === false) throw wrongType('application/json');
  const result = schema.safeParse(bytes.length === 0 ? {} : parsed(bytes));
  if (result.success) return result.data;
  const errors = result.error.issues.map(({ path, message }) => ({
    property: path.join('.'),
    detail: message,
  }));
  const detail = errors.map((error) => `“${error.property}” ${error.detail}.`).join(' ');
  throw new HttpError(400, 'BODY_INVALID', 'The body does not say what is needed', detail, {
    extra: { errors },
  });
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (cause) {
    throw new HttpError(400, 'BODY_INVALID', 'The body does not say what is needed', 'The body is no JSON.', {
      cause,
    });
  }
}

function wrongType(type: string): HttpError {
  return new HttpError(415, 'BODY_TYPE', 'The body has the wrong type', `The body has to be ${type}.`);
}

/** The rest is not read, so the connection cannot be used again. */
function tooLarge(ctx: Context, limit: number): HttpError {
  ctx.set('Connection', 'close');
  return new HttpError(413, 'BODY_TOO_LARGE', 'The body is too large', `The body may have ${limit} bytes.`);
}
