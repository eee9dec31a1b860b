import type Router from '@koa/router';
import type { Context, Next } from 'koa';
import { z } from 'zod';
import { ImportError, type ImportErrorCode, type FilePart, type Imports } from '../../../imports/index.ts';
import { HttpError } from '../../errors.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { sourceState, toldSource } from './harvest.ts';
import { count, time, timeText } from './values.ts';

/** Of the names of an import's files, as JSON. */
const FILES_LIMIT = 4 * 1024 * 1024;

const lot = 'The name of the lot of files: a source of its own.';
export const received = {
  received: count.describe('Bytes of the file that are here.'),
  complete: z.boolean(),
};
const PARTS =
  'A file is sent whole, or in parts one after another, each with its `Content-Range` (RFC 9110, sections 14.4 and 14.5).';
export const fileInParts = (what: string): string => `${what} ${PARTS}`;

export const importOperations = {
  list: operation({
    method: 'GET',
    path: '/api/imports',
    group: 'imports',
    right: 'see',
    summary: 'The files that were handed to the node',
    answers: {
      200: {
        what: 'Each lot with its files, and how its harvest stands.',
        schema: z.object({
          imports: z.array(
            z.object({
              name: z.string(),
              files: z.array(z.object({ name: z.string(), size: count, modified: time })),
              source: sourceState.optional(),
            }),
          ),
        }),
      },
    },
  }),
  send: operation({
    method: 'PUT',
    path: '/api/imports/:name/:file',
    group: 'imports',
    right: 'harvest',
    summary: 'Send a file, or a part of one',
    description: fileInParts('It takes the place of one of the same name when it is there in whole.'),
    parameters: { name: lot, file: 'The name of the file; its end tells the format.' },
    file: 'The bytes of the file, or of the part.',
    answers: {
      200: {
        what: 'The file is there.',
        schema: z.object({ name: z.string(), file: z.string(), ...received }),
      },
      202: {
        what: 'The part is there, and others are to follow.',
        schema: z.object({ name: z.string(), file: z.string(), ...received }),
      },
    },
    problems: {
      400: ['IMPORT_BAD_NAME', 'IMPORT_BAD_PART', 'IMPORT_CUT_OFF'],
      409: ['IMPORT_BAD_PART', 'IMPORT_BUSY', 'IMPORT_NAME_TAKEN'],
      413: ['IMPORT_TOO_LARGE'],
      507: ['IMPORT_DISK_FULL'],
    },
  }),
  harvest: operation({
    method: 'POST',
    path: '/api/imports/:name',
    group: 'imports',
    right: 'harvest',
    summary: 'Harvest a lot of files',
    description: 'With `files`, these are all that there are to be: others are taken out.',
    parameters: { name: lot },
    body: z.strictObject({
      files: z
        .array(z.string().min(1, 'is empty').max(300, 'is too long'))
        .max(10_000, 'are too many')
        .optional(),
    }),
    limit: FILES_LIMIT,
    example: { files: ['theses.bib'] },
    answers: {
      202: {
        what: 'The harvest has begun.',
        schema: z.object({ sources: z.array(sourceState) }),
      },
    },
    problems: {
      400: ['IMPORT_BAD_NAME'],
      404: ['IMPORT_UNKNOWN'],
      409: ['IMPORT_BUSY', 'IMPORT_EMPTY', 'IMPORT_NAME_TAKEN', 'IMPORT_UNKNOWN_FILE'],
    },
  }),
  remove: operation({
    method: 'DELETE',
    path: '/api/imports/:name',
    group: 'imports',
    right: 'harvest',
    summary: 'Take a lot of files out, with its records',
    parameters: { name: lot },
    answers: { 204: { what: 'It is out.' } },
    problems: {
      400: ['IMPORT_BAD_NAME'],
      404: ['IMPORT_UNKNOWN'],
      409: ['IMPORT_BUSY', 'IMPORT_NAME_TAKEN'],
    },
  }),
};

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

interface ImportParts {
  site: Pick<HttpParts['site'], 'base'>;
  imports: Pick<Imports, 'list' | 'receive' | 'harvest' | 'remove'>;
  harvester: Pick<HttpParts['harvester'], 'state'>;
}

/**
 * `/api/imports`: files that are handed to the node. A file is sent whole, or in parts one after another, each with its
 * `Content-Range` (RFC 9110, sections 14.4 and 14.5), which makes a long upload of short requests.
 */
export function importRoutes(router: Router, { imports, harvester, site }: ImportParts): void {
  router.use('/api/imports', explained);

  route(router, importOperations.list, async () => {
    const sources = harvester.state().map(toldSource);
    return {
      imports: (await imports.list()).map(({ name, files }) => ({
        name,
        files: files.map(({ modifiedAt, ...file }) => ({
          ...file,
          modified: timeText(modifiedAt),
        })),
        source: sources.find((source) => source.name === name),
      })),
    };
  });

  route(router, importOperations.send, async ({ ctx, path: { name, file } }) => {
    const { received, isComplete } = await imports.receive(name, file, partOf(ctx));
    if (!isComplete) ctx.status = 202;
    return { name, file, received, complete: isComplete };
  });

  route(router, importOperations.harvest, async ({ ctx, path, body: { files } }) => {
    await imports.harvest(path.name, files);
    ctx.set('Location', `${site.base}/api/harvest`);
    return { sources: harvester.state().map(toldSource) };
  });

  route(router, importOperations.remove, async ({ path }) => {
    await imports.remove(path.name);
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
