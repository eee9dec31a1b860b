import type Router from '@koa/router';
import type { Context, Next } from 'koa';
import { z } from 'zod';
import { ImportError, type ImportErrorCode, type FilePart, type Imports } from '../../../imports/index.ts';
import { HttpError } from '../../errors.ts';
import type { HttpParts } from '../../parts.ts';
import { readJson } from '../../request-body.ts';

/** Of the names of an import's files, as JSON. */
const FILES_LIMIT = 4 * 1024 * 1024;

const harvestBody = z.strictObject({
  files: z
    .array(z.string().min(1, 'is empty').max(300, 'is too long'))
    .max(10_000, 'are too many')
    .optional(),
});

const statuses: Readonly<Record<ImportErrorCode, number>> = {
  IMPORT_BAD_NAME: 400,
  IMPORT_BAD_PART: 409,
  IMPORT_BUSY: 409,
  IMPORT_CUT_OFF: 400,
  // RFC 4918, section 11.5
  IMPORT_DISK_FULL: 507,
  IMPORT_EMPTY: 409,
  IMPORT_NAME_TAKEN: 409,
  IMPORT_TOO_LARGE: 413,
  IMPORT_UNKNOWN: 404,
  IMPORT_UNKNOWN_FILE: 409,
};

export interface ImportParts {
  site: Pick<HttpParts['site'], 'base'>;
  imports: Pick<Imports, 'list' | 'receive' | 'harvest' | 'remove'>;
  harvester: Pick<HttpParts['harvester'], 'state'>;
}

/**
 * `/api/imports`: files that are handed to the node. A file is sent whole, or in parts one after another, each with its
 * `Content-Range` (RFC 9110, sections 14.4 and 14.5), which makes a long upload of short requests.
 */
export function importRoutes(router: Router, { imports, harvester, site }: ImportParts): void {
  router.get('/api/imports', explained, async (ctx) => {
    const sources = harvester.state();
    ctx.body = {
      imports: (await imports.list()).map(({ name, files }) => ({
        name,
        files: files.map(({ modifiedAt, ...file }) => ({
          ...file,
          modified: new Date(modifiedAt).toISOString(),
        })),
        source: sources.find((source) => source.name === name),
      })),
    };
  });

  router.put('/api/imports/:name/:file', explained, async (ctx) => {
    const { name = '', file = '' } = ctx.params;
    const { received, isComplete } = await imports.receive(name, file, partOf(ctx));
    ctx.status = isComplete ? 200 : 202;
    ctx.body = { name, file, received, complete: isComplete };
  });

  router.post('/api/imports/:name', explained, async (ctx) => {
    const { files } = await readJson(ctx, harvestBody, FILES_LIMIT);
    await imports.harvest(ctx.params['name'] ?? '', files);
    ctx.status = 202;
    ctx.set('Location', `${site.base}/api/harvest`);
    ctx.body = { sources: harvester.state() };
  });

  router.delete('/api/imports/:name', explained, async (ctx) => {
    await imports.remove(ctx.params['name'] ?? '');
    ctx.status = 204;
  });
}

/** The part of a file that the request brings: without `Content-Range` all of it. */
export function partOf(ctx: Context): FilePart {
  const bytes = ctx.req as AsyncIterable<Uint8Array>;
  const modified = Date.parse(ctx.get('Last-Modified'));
  const modifiedAt = Number.isNaN(modified) ? {} : { modifiedAt: modified };
  const range = ctx.get('Content-Range');
  const length = ctx.request.length;
  if (range === '') {
    return {
      first: 0,
      bytes,
      ...modifiedAt,
      isLast: true,
      ...(length === undefined ? {} : { total: length }),
    };
  }
  const [, from, to, behind, total] =
    /^bytes (?:(\d{1,15})-(\d{1,15})|(\*))\/(\d{1,15}|\*)$/.exec(range) ?? [];
  const first = Number(behind === undefined ? from : total);
  const isPossible =
    behind === undefined ? Number(to) - first + 1 === length : length === 0 || length === undefined;
  if (Number.isNaN(first) || !isPossible) {
    const detail = `“${range.slice(0, 100)}” does not say which ${length ?? ''} bytes these are.`;
    throw new HttpError(400, 'IMPORT_BAD_PART', 'The range is wrong', detail);
  }
  return { first, bytes, ...modifiedAt, ...(total === '*' ? {} : { total: Number(total) }) };
}

async function explained(_ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (cause) {
    if (!(cause instanceof ImportError)) throw cause;
    const { code, message, remedy, details } = cause;
    const options = { extra: { ...details }, cause, ...(remedy !== undefined && { remedy }) };
    throw new HttpError(statuses[code], code, 'The import could not be done', message, options);
  }
}
