import type Router from '@koa/router';
import { z } from 'zod';
import { format, lang, readQuery } from '../../http/index.ts';
import type { Door } from '../door.ts';
import { auditPage } from '../pages/audit.ts';
import type { DashboardParts } from '../parts.ts';

const PAGE = 100;
const query = z.object({
  format,
  lang,
  before: z
    .string()
    .regex(/^[0-9a-f]{12}![0-9a-f]{12}$/, 'is no place in the log')
    .optional(),
});

/** The log of who did what. */
export function auditRoutes(router: Router, door: Door, { accounts }: DashboardParts): void {
  router.get(
    '/dashboard/audit',
    door.page('audit', async (visit) => {
      const { before } = readQuery(visit.ctx, query);
      const entries = await accounts.audit.read({ limit: PAGE, ...(before !== undefined && { before }) });
      return auditPage(visit, { entries, next: entries.length < PAGE ? undefined : entries.at(-1)?.key });
    }),
  );
}
