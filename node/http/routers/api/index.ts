import Router from '@koa/router';
import type { Context, Next } from 'koa';
import { NgrError } from '../../../../vocab/errors.ts';
import { HttpError } from '../../errors.ts';
import type { PublicParts } from '../../public-parts.ts';
import { assessmentRoutes } from './assessments.ts';
import { callers } from './caller.ts';
import { harvestRoutes } from './harvest.ts';
import { importRoutes } from './imports.ts';
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

/** `/api/…`: what the manager and the command line do. Needs a token and the right; answers in JSON. */
export function apiRouter(parts: PublicParts): Router {
  const router = new Router();
  router.use('/api', callers(parts), explainErrors);
  for (const addRoutes of [
    statusRoutes,
    harvestRoutes,
    importRoutes,
    issueRoutes,
    recordRoutes,
    statementRoutes,
    relatedFeedbackRoutes,
    notificationRoutes,
    subscriptionRoutes,
    webSubRoutes,
    peerRoutes,
    usageRoutes,
    usageLogRoutes,
    assessmentRoutes,
    policyRoutes,
    peopleRoutes,
  ])
    addRoutes(router, parts);
  return router;
}

/** By the codes of other parts' errors, where the request itself cannot be done as things stand; the rest is 502. */
const statuses: Readonly<Record<string, number>> = {
  ACCOUNT_MAIL: 400,
  ACCOUNT_NAME: 400,
  ACCOUNT_MAIL_TAKEN: 409,
  ACCOUNT_LAST_ADMINISTRATOR: 409,
  ACCOUNT_TOO_MANY: 409,
  ACCOUNT_UNKNOWN: 404,
  FEEDBACK_OF_ITSELF: 400,
  FEEDBACK_FULL: 409,
  FEEDBACK_UNKNOWN: 404,
  HARVEST_UNKNOWN_SOURCE: 404,
  HARVEST_UNKNOWN_RECORD: 409,
  HARVEST_SET_OF_SEVERAL: 400,
  HARVEST_UNKNOWN_SET: 400,
  NOTIFICATION_UNKNOWN: 404,
  NOTIFICATION_SETTLED: 409,
  NOTIFICATION_NO_RECORD: 409,
  NOTIFICATION_NO_FILE: 409,
  NOTIFICATION_NOT_FAILED: 409,
  NOTIFY_ILLEGAL_MOVE: 409,
  SERVICE_UNKNOWN: 404,
  STATEMENT_OF_ITSELF: 400,
  STATEMENT_CONTRADICTS: 409,
  STATEMENT_TOO_MANY: 409,
  STATEMENT_UNKNOWN: 404,
  SUBSCRIPTION_UNKNOWN: 404,
  SUBSCRIPTION_TOO_MANY: 409,
  USAGE_NODE_UNKNOWN: 404,
  LDN_NO_INBOX: 422,
  OUTBOUND_BAD_URL: 422,
  OUTBOUND_PRIVATE_ADDRESS: 422,
};

/** The one who has the token is told what went wrong in other parts, with the remedy. */
async function explainErrors(_ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (cause) {
    if (!(cause instanceof NgrError) || cause instanceof HttpError) throw cause;
    const status = statuses[cause.code] ?? 502;
    const { code, message, remedy } = cause;
    const options = remedy === undefined ? { cause } : { remedy, cause };
    throw new HttpError(status, code, 'That could not be done', message, options);
  }
}
