import Router from '@koa/router';
import { Door } from './door.ts';
import type { DashboardParts } from './parts.ts';
import { accountRoutes } from './routers/account.ts';
import { assessmentRoutes } from './routers/assessments.ts';
import { auditRoutes } from './routers/audit.ts';
import { contentRoutes } from './routers/content.ts';
import { duplicateRoutes } from './routers/duplicates.ts';
import { elsewhereRoutes } from './routers/elsewhere.ts';
import { forgottenRoutes } from './routers/forgotten.ts';
import { harvestRoutes } from './routers/harvests.ts';
import { institutionRoutes } from './routers/institution.ts';
import { loginElsewhereRoutes } from './routers/login-elsewhere.ts';
import { loginRoutes } from './routers/login.ts';
import { networkRoutes } from './routers/network.ts';
import { notificationRoutes } from './routers/notifications.ts';
import { overviewRoutes } from './routers/overview.ts';
import { peopleRoutes } from './routers/people.ts';
import { policyRoutes } from './routers/policy.ts';
import { usageRoutes } from './routers/usage.ts';

/** `/dashboard/…`: for those who have an account. */
export function dashboardRouter(parts: DashboardParts): Router {
  const door = new Door(parts);
  const router = new Router();
  for (const addRoutes of [
    loginRoutes,
    loginElsewhereRoutes,
    forgottenRoutes,
    overviewRoutes,
    contentRoutes,
    elsewhereRoutes,
    harvestRoutes,
    usageRoutes,
    networkRoutes,
    duplicateRoutes,
    notificationRoutes,
    institutionRoutes,
    assessmentRoutes,
    policyRoutes,
    peopleRoutes,
    auditRoutes,
    accountRoutes,
  ])
    addRoutes(router, door, parts);
  return router;
}
