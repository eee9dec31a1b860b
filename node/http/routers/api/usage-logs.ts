import type Router from '@koa/router';
import type { Context, Next } from 'koa';
import { z } from 'zod';
import { presetNames } from '../../../../protocols/access-log/index.ts';
import {
  importFormats,
  type LogState,
  UsageLogError,
  type UsageLogErrorCode,
  type UsageLogs,
} from '../../../usage-logs/index.ts';
import { HttpError } from '../../errors.ts';
import { operation, route } from '../../openapi/index.ts';
import { fileInParts, partOf, received } from './imports.ts';
import { count, time, timeText } from './values.ts';

/** Bytes of one part of a file; what is read of it waits for the counting, and is in memory until then. */
const PART_LIMIT = 16 * 1024 * 1024;
const LONGEST_NAME = 300;

const figures = z.object({
  lines: count,
  events: count.describe('Uses of items that were handed to the counting.'),
  counted: count,
  robots: count,
  internal: count,
  passedOver: count.describe('Neither a page nor a file of an item, or no successful request.'),
  refused: z.record(z.string(), count).describe('By code.'),
});

/** A log that is read as it grows. */
export const usageLog = z
  .object({
    name: z.string(),
    path: z.string(),
    files: count,
    behind: count.describe('Bytes that are not yet read.'),
    readAt: time.optional(),
    figures,
    troubles: z.array(z.object({ code: z.string(), files: z.array(z.string()) })),
  })
  .meta({ id: 'UsageLog' });

/** A log with its times as text. */
export function toldLog({ readAt, ...log }: LogState): Omit<LogState, 'readAt'> & { readAt?: string } {
  return { ...log, ...(readAt !== undefined && { readAt: timeText(readAt) }) };
}

const report = z
  .object({
    files: count,
    bytes: count,
    figures,
    damaged: z.array(z.string()).describe('Files that are cut off or damaged: what stands before was read.'),
    otherDays: count.describe('Events of days that were not to be restated; they are left out.'),
  })
  .meta({ id: 'UsageImportReport' });

const ofImport = { group: 'usage', parameters: { id: 'The id of the import.' } } as const;

export const usageLogOperations = {
  logs: operation({
    method: 'GET',
    path: '/api/usage/logs',
    group: 'usage',
    right: 'see',
    summary: 'How far the logs of the repository’s web server are read',
    answers: { 200: { what: 'Each log.', schema: z.object({ logs: z.array(usageLog) }) } },
  }),
  begin: operation({
    method: 'POST',
    path: '/api/usage/imports',
    group: 'usage',
    right: 'harvest',
    summary: 'Begin an import of logs or exports of use',
    body: z.strictObject({
      format: z.enum(importFormats, `is none of ${importFormats.join(', ')}`).default('combined'),
      repository: z
        .enum([...presetNames, 'own-rules'], `is none of ${presetNames.join(', ')}`)
        .describe('Whose paths are in the log.')
        .default('own-rules'),
      siteUrl: z
        .url({ protocol: /^https?$/, message: 'is no address' })
        .max(1_000, 'is too long')
        .describe('Under which the repository’s pages lie.')
        .optional(),
      restate: z
        .string()
        .max(50, 'is too long')
        .describe('Days that are given anew and whole: `2026-03-01`, `2026-03` or `2026-01..2026-03`.')
        .optional(),
    }),
    example: { format: 'combined', repository: 'dspace' },
    answers: { 201: { what: 'Its id.', schema: z.object({ id: z.string() }) } },
    problems: {
      400: ['USAGE_IMPORT_BAD_DAYS', 'USAGE_LOG_BAD_RULE'],
      409: ['USAGE_IMPORT_TOO_MANY'],
      502: ['USAGE_SITE_SILENT'],
    },
  }),
  report: operation({
    method: 'GET',
    path: '/api/usage/imports/:id',
    ...ofImport,
    right: 'see',
    summary: 'How an import stands',
    answers: { 200: { what: 'What was read so far.', schema: report } },
    problems: { 404: ['USAGE_IMPORT_UNKNOWN'] },
  }),
  send: operation({
    method: 'PUT',
    path: '/api/usage/imports/:id/:file',
    group: 'usage',
    right: 'harvest',
    summary: 'Send a log, or a part of one',
    description: fileInParts('It is read as it comes, and kept nowhere; it may be packed by gzip.'),
    parameters: { ...ofImport.parameters, file: 'The name of the file.' },
    file: 'The bytes of the file, or of the part.',
    limit: PART_LIMIT,
    answers: {
      200: { what: 'The file was read.', schema: z.object(received) },
      202: { what: 'The part was read, and others are to follow.', schema: z.object(received) },
    },
    problems: {
      400: ['IMPORT_BAD_PART', 'USAGE_ARCHIVE_DAMAGED'],
      404: ['USAGE_IMPORT_UNKNOWN'],
      409: ['USAGE_IMPORT_BAD_PART'],
      413: ['USAGE_IMPORT_BAD_PART'],
    },
  }),
  finish: operation({
    method: 'POST',
    path: '/api/usage/imports/:id',
    ...ofImport,
    right: 'harvest',
    summary: 'End an import',
    body: z.strictObject({}),
    answers: { 200: { what: 'What was read, and what became of it.', schema: report } },
    problems: { 404: ['USAGE_IMPORT_UNKNOWN'], 409: ['USAGE_IMPORT_BAD_PART'] },
  }),
};

const statuses: Readonly<Record<UsageLogErrorCode, number>> = {
  USAGE_ARCHIVE_DAMAGED: 400,
  USAGE_IMPORT_BAD_PART: 409,
  USAGE_IMPORT_BAD_DAYS: 400,
  USAGE_IMPORT_TOO_MANY: 409,
  USAGE_IMPORT_UNKNOWN: 404,
  USAGE_LOG_BAD_RULE: 400,
  USAGE_LOG_SLOW_RULE: 400,
  USAGE_SITE_SILENT: 502,
};

interface UsageLogParts {
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

  router.use('/api/usage/imports', explained);

  route(router, usageLogOperations.logs, () => ({ logs: usageLogs.state().map(toldLog) }));

  route(router, usageLogOperations.begin, async ({ body }) => ({ id: await imports.begin(body) }));

  route(router, usageLogOperations.report, ({ path }) => imports.report(path.id));

  route(router, usageLogOperations.send, async ({ ctx, path: { id, file } }) => {
    const { first, total, isLast = false, bytes } = partOf(ctx);
    const part = await wholePart(bytes);
    const ends = (received: number): boolean => (total === undefined ? isLast : received >= total);
    const pieces = inPieces(part);
    const name = file.slice(0, LONGEST_NAME);
    const { received, isComplete } = await imports.receive(id, name, { first, bytes: pieces, isLast: ends });
    if (!isComplete) ctx.status = 202;
    return { received, complete: isComplete };
  });

  route(router, usageLogOperations.finish, async ({ path }) => await imports.finish(path.id));
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
