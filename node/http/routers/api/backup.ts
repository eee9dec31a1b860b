import { isAbsolute } from 'node:path';
import type Router from '@koa/router';
import { z } from 'zod';
import type { BackupState } from '../../../backup/index.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { count, time, timeText } from './values.ts';

const body = z.strictObject({
  folder: z
    .string('is no text')
    .max(4_096, 'is too long')
    .refine((path) => isAbsolute(path) && !path.includes('\0'), 'is no absolute path')
    .describe('Where the backup goes: an absolute path on the machine of the node.'),
  keep: z
    .int('is no whole number')
    .min(1, 'is too small')
    .max(100_000, 'is too large')
    .describe('How many backups stay in the folder; without it, all.')
    .optional(),
});

const progress = {
  folder: z.string(),
  rows: count.describe('Rows of the store.'),
  bytes: count.describe('Of rows and files.'),
  written: count.describe('Bytes that were new, compressed.'),
};
const state = z
  .object({
    running: z.object({ ...progress, startedAt: time }).optional(),
    last: z
      .union([
        z.object({
          ...progress,
          time: time.describe('Of which moment the backup is.'),
          name: z.string(),
          files: count,
          reused: count.describe('Pieces that former backups had.'),
          chunks: count.describe('Pieces of the backup.'),
          kept: count.describe('Backups in the folder.'),
          endedAt: time,
        }),
        z.object({
          folder: z.string(),
          endedAt: time,
          error: z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() }),
        }),
      ])
      .optional(),
  })
  .meta({ id: 'Backup' });

export const backupOperations = {
  state: operation({
    method: 'GET',
    path: '/api/backup',
    group: 'node',
    right: 'settings',
    summary: 'How the backups stand',
    answers: { 200: { what: 'The one that is being written, and how the last one ended.', schema: state } },
  }),
  run: operation({
    method: 'POST',
    path: '/api/backup',
    group: 'node',
    right: 'settings',
    summary: 'Back up now',
    description:
      'A copy of the whole store as it is at this moment, and of what was imported, goes into a folder on the machine of the node. It goes on after it is answered. The node’s key is not in it.',
    body,
    example: { folder: '/var/backups/ngr', keep: 30 },
    answers: { 202: { what: 'The backup has begun.', schema: state } },
    problems: { 409: ['BACKUP_RUNNING'] },
  }),
};

/** With its times as text. */
function told({ running, last }: BackupState): z.input<typeof state> {
  return {
    ...(running !== undefined && { running: { ...running, startedAt: timeText(running.startedAt) } }),
    ...(last !== undefined && {
      last: {
        ...last,
        ...('time' in last && { time: timeText(last.time) }),
        endedAt: timeText(last.endedAt),
      } as NonNullable<z.input<typeof state>['last']>,
    }),
  };
}

/** `/api/backup`: how the backups stand, and one more. */
export function backupRoutes(router: Router, { backups, site }: HttpParts): void {
  route(router, backupOperations.state, () => told(backups.state()));

  route(router, backupOperations.run, ({ ctx, body: { folder, keep } }) => {
    backups.start({ folder, keep });
    ctx.set('Location', `${site.base}/api/backup`);
    return told(backups.state());
  });
}
