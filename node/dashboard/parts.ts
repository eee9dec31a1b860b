import type { PublicParts } from '../http/index.ts';

/** What the manager's pages are made from. */
export type DashboardParts = Pick<
  PublicParts,
  | 'accounts'
  | 'catalogue'
  | 'clock'
  | 'content'
  | 'counter'
  | 'duplicates'
  | 'externalLogins'
  | 'elsewhere'
  | 'federation'
  | 'harvester'
  | 'index'
  | 'institution'
  | 'items'
  | 'letters'
  | 'log'
  | 'metadataAssessment'
  | 'ngrBehaviours'
  | 'notifications'
  | 'pairsToReview'
  | 'planS'
  | 'policies'
  | 'regionalUsage'
  | 'site'
  | 'statements'
  | 'text'
  | 'trackerRefusals'
  | 'usage'
  | 'views'
>;
