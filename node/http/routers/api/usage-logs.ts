import type Router from '@koa/router';
import type { Context, Next } from 'koa';
import { z } from 'zod';
import { presetNames } from '../../../../protocols/access-log/index.ts';
import {
  importFormats,
  UsageLogError,
  type UsageLogErrorCode,
  type UsageLogs,
} from '../../../usage-logs/index.ts';
import { HttpError } from '../../errors.ts';
import { readJson } from '../../request-body.ts';
import { partOf } from './imports.ts';
import { BODY_LIMIT } from './limits.ts';

/** Bytes of one part of a file; what is read of it waits for the counting, and is in memory until then. */
const PART_LIMIT = 16 * 1024 * 1024;
const LONGEST_NAME = 300;

const importBody = z.strictObject({
  format: z.enum(importFormats, `is none of ${importFormats.join(', ')}`).default('combined'),
  repository: z
    .enum([...presetNames, 'own-rules'], `is none of ${presetNames.join(', ')}`)
    .default('own-rules'),
  siteUrl: z
    .url({ protocol: /^https?$/, message: 'is no address' })
    .max(1_000, 'is too long')
    .optional(),
  restate: z.string().max(50, 'is too long').optional(),
});
const nothing = z.strictObject({});

const statuses: Readonly<Record<UsageLogErrorCode, number>> = {
  USAGE_ARCHIVE_DAMAGED: 400,
  USAGE_IMPORT_BAD_PART: 409,
  USAGE_IMPORT_BAD_DAYS: 400,
  USAGE_IMPORT_TOO_MANY: 409,
  USAGE_IMPORT_UNKNOWN: 404,
  USAGE_LOG_BAD_RULE: 400,
  USAGE_SITE_SILENT: 502,
};

export interface UsageLogParts {
  usageLogs: Pick<UsageLogs, 'state'> & {
    imports: Pick<UsageLogs['imports'], 'begin' | 'receive' | 'report' | 'finish'>;
  };
}

/**
 * `/api/usage/logs`: how far the logs are read. `/api/usage/imports`: logs and exports that are handed to the node; files come
 * in parts as to `/api/imports`, are read as they come, and are kept nowhere.
 */
export function usageLogRoutes(router: Router, { usageLogs }: UsageLogParts): void {
  const { imports } = usageLogs;

  router.get('/api/usage/logs', (ctx) => {
    ctx.body = { logs: usageLogs.state() };
  });

  router.post('/api/usage/imports', explained, async (ctx) => {
    const id = await imports.begin(await readJson(ctx, importBody, BODY_LIMIT));
    ctx.status = 201;
    ctx.body = { id };
  });

  router.get('/api/usage/imports/:id', explained, (ctx) => {
    ctx.body = imports.report(ctx.params['id'] ?? '');
  });

  router.put('/api/usage/imports/:id/:file', explained, async (ctx) => {
    const { id = '', file = '' } = ctx.params;
    const { first, total, isLast = false, bytes } = partOf(ctx);
    const part = await wholePart(bytes);
    const ends = (received: number): boolean => (total === undefined ? isLast : received >= total);
    const pieces = inPieces(part);
    const name = file.slice(0, LONGEST_NAME);
    const { received, isComplete } = await imports.receive(id, name, { first, bytes: pieces, isLast: ends });
    ctx.status = isComplete ? 200 : 202;
    ctx.body = { received, complete: isComplete };
  });

  router.post('/api/usage/imports/:id', explained, async (ctx) => {
    await readJson(ctx, nothing, BODY_LIMIT);
    ctx.body = await imports.finish(ctx.params['id'] ?? '');
  });
}

/** All of a part before any of it is counted: a request has to be through in time, whatever the counting takes. */
async function wholePart(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    length += piece.length;
    if (length > PART_LIMIT) {
      const detail = `A part may have ${PART_LIMIT} bytes; send the file in several, each with its Content-Range.`;
      throw new HttpError(413, 'USAGE_IMPORT_BAD_PART', 'The part is too long', detail);
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Short enough that others are served in between. */
// eslint-disable-next-line @typescript-eslint/require-await
async function* inPieces(part: Buffer): AsyncGenerator<Uint8Array> {
  const size = 64 * 1024;
  for (let at = 0; at < part.length; at += size) yield part.subarray(at, at + size);
}

async function explained(_ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (cause) {
    if (!(cause instanceof UsageLogError)) throw cause;
    const { code, message, remedy } = cause;
    const options = { cause, ...(remedy !== undefined && { remedy }) };
    throw new HttpError(statuses[code], code, 'The import could not be done', message, options);
  }
}
