import { behaviourChecks, SelfAssessment, type CheckName } from '../assessment/index.ts';
import { guardedFetch } from '../outbound/index.ts';
import type { Foundation } from './foundation.ts';

/** Builds what has the node look at itself from outside; it does nothing until somebody asks. */
export function buildAssessment({
  base,
  http,
  userAgent,
  clock,
  log,
  onStop,
}: Foundation): SelfAssessment<CheckName> {
  const ngrBehaviours = new SelfAssessment({
    checks: behaviourChecks,
    base,
    url: http.url,
    fetch: guardedFetch({ allow: [http.url], userAgent, timeoutMs: 30_000 }),
    clock,
    log,
  });
  onStop(() => ngrBehaviours.stop());
  return ngrBehaviours;
}
