/** The repository manager's pages, under `/dashboard`. */
export { dashboardRouter } from './dashboard.ts';
export type { DashboardParts } from './parts.ts';
