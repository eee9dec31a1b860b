import Router from '@koa/router';
import type { Context, Next } from 'koa';
import { NgrError } from '../../../../vocab/errors.ts';
import { HttpError } from '../../errors.ts';
import { nextLinks } from '../../openapi/index.ts';
import type { PublicParts } from '../../public-parts.ts';
import { refusalStatus } from '../../server/refusal-status.ts';
import { accountRoutes } from './account.ts';
import { assessmentRoutes } from './assessments.ts';
import { backupRoutes } from './backup.ts';
import { callers } from './callers.ts';
import { contentRoutes } from './content.ts';
import { duplicateRoutes } from './duplicates.ts';
import { harvestRoutes } from './harvest.ts';
import { importRoutes } from './imports.ts';
import { institutionRoutes } from './institution.ts';
import { issueRoutes } from './issues.ts';
import { notificationRoutes } from './notifications.ts';
import { peerRoutes } from './peers.ts';
import { peopleRoutes } from './people.ts';
import { policyRoutes } from './policy.ts';
import { recordRoutes } from './records.ts';
import { relatedFeedbackRoutes } from './related-feedback.ts';
import { statementRoutes } from './statements.ts';
import { statusRoutes } from './status.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { usageLogRoutes } from './usage-logs.ts';
import { usageRoutes } from './usage.ts';
import { webSubRoutes } from './websub.ts';

export { apiOperations } from './operations.ts';

/** `/api/…`: what the manager and the command line do. Needs a token and the right; answers in JSON. */
export function apiRouter(parts: PublicParts): Router {
  const router = new Router();
  router.use('/api', callers(parts), explainErrors, nextLinks(parts.site.base));
  for (const addRoutes of [
    statusRoutes,
    backupRoutes,
    contentRoutes,
    harvestRoutes,
    importRoutes,
    issueRoutes,
    recordRoutes,
    duplicateRoutes,
    statementRoutes,
    relatedFeedbackRoutes,
    notificationRoutes,
    subscriptionRoutes,
    webSubRoutes,
    peerRoutes,
    usageRoutes,
    usageLogRoutes,
    assessmentRoutes,
    institutionRoutes,
    policyRoutes,
    accountRoutes,
    peopleRoutes,
  ])
    addRoutes(router, parts);
  return router;
}

/** The one who has the token is told what went wrong in other parts, with the remedy. */
async function explainErrors(_ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (cause) {
    if (!(cause instanceof NgrError) || cause instanceof HttpError) throw cause;
    const status = refusalStatus(cause) ?? 502;
    const { code, message, remedy } = cause;
    const options = remedy === undefined ? { cause } : { remedy, cause };
    throw new HttpError(status, code, 'That could not be done', message, options);
  }
}
