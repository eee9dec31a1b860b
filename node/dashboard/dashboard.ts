import Router from '@koa/router';
import type { PublicParts } from '../http/index.ts';
import { Door } from './door.ts';
import { accountRoutes } from './routers/account.ts';
import { auditRoutes } from './routers/audit.ts';
import { contentRoutes } from './routers/content.ts';
import { duplicateRoutes } from './routers/duplicates.ts';
import { harvestRoutes } from './routers/harvests.ts';
import { loginRoutes } from './routers/login.ts';
import { networkRoutes } from './routers/network.ts';
import { notificationRoutes } from './routers/notifications.ts';
import { overviewRoutes } from './routers/overview.ts';
import { peopleRoutes } from './routers/people.ts';
import { policyRoutes } from './routers/policy.ts';
import { usageRoutes } from './routers/usage.ts';

/** What the manager's pages are made from. */
export type DashboardParts = Pick<
  PublicParts,
  | 'accounts'
  | 'catalogue'
  | 'clock'
  | 'counter'
  | 'duplicates'
  | 'federation'
  | 'harvester'
  | 'index'
  | 'items'
  | 'log'
  | 'notifications'
  | 'policies'
  | 'regionalUsage'
  | 'site'
  | 'statements'
  | 'text'
  | 'trackerRefusals'
  | 'usage'
  | 'views'
>;

/** `/dashboard/…`: for those who have an account. */
export function dashboardRouter(parts: DashboardParts): Router {
  const door = new Door(parts);
  const router = new Router();
  for (const addRoutes of [
    loginRoutes,
    overviewRoutes,
    contentRoutes,
    harvestRoutes,
    usageRoutes,
    networkRoutes,
    duplicateRoutes,
    notificationRoutes,
    policyRoutes,
    peopleRoutes,
    auditRoutes,
    accountRoutes,
  ])
    addRoutes(router, door, parts);
  return router;
}
