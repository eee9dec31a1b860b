/** The repository manager's pages, under `/dashboard`. */
export { dashboardRouter, type DashboardParts } from './dashboard.ts';
