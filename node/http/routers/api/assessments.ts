import type Router from '@koa/router';
import { ngrBehavioursDocument } from '../../assessment-documents.ts';
import type { HttpParts } from '../../parts.ts';

/** `POST /api/assessments/ngr-behaviours`: has the node look at itself now, and tells what it found. */
export function assessmentRoutes(router: Router, { ngrBehaviours, site }: HttpParts): void {
  router.post('/api/assessments/ngr-behaviours', async (ctx) => {
    ctx.body = ngrBehavioursDocument(site, await ngrBehaviours.renew());
  });
}
