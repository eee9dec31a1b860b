export { rankOf, type Check, type Finding, type HealthStatus } from './check.ts';
export {
  backupCheck,
  clockCheck,
  diskCheck,
  peersCheck,
  readersCheck,
  sourcesCheck,
  storeCheck,
  writingCheck,
} from './checks.ts';
export { Health, type CheckResult, type HealthReport } from './health.ts';
