import type Router from '@koa/router';
import { z } from 'zod';
import { declarationsSchema } from '../../../assessment/index.ts';
import { ngrBehavioursDocument } from '../../assessments/documents.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { planSDocument } from '../../plan-s/document.ts';
import { jsonLd } from './values.ts';

/** A statement of a page for each criterion, and the maintenance of a year. */
const DECLARATIONS_LIMIT = 128 * 1024;

const declared = z.object({
  ...declarationsSchema.shape,
  report: jsonLd.describe('How the repository stands with that, as at `/assessments/plan-s`.'),
});

export const assessmentOperations = {
  renew: operation({
    method: 'POST',
    path: '/api/assessments/ngr-behaviours',
    group: 'assessments',
    right: 'see',
    summary: 'Have the node look at itself now',
    description: 'What it finds is public, too, at `/assessments/ngr-behaviours`.',
    answers: { 200: { what: 'What it found, as JSON-LD with EARL.', schema: jsonLd } },
  }),
  planS: operation({
    method: 'GET',
    path: '/api/assessments/plan-s',
    group: 'assessments',
    right: 'see',
    summary: 'What the institution says of the requirements of Plan S, and how it stands by them',
    answers: { 200: { what: 'What is declared, and the report.', schema: declared } },
  }),
  declare: operation({
    method: 'PUT',
    path: '/api/assessments/plan-s',
    group: 'assessments',
    right: 'settings',
    summary: 'Say what cannot be measured of the requirements of Plan S',
    description:
      'It replaces all that was said before, and is public. “by” is a function, no personal name; maintenance does not count against the availability.',
    body: declarationsSchema,
    limit: DECLARATIONS_LIMIT,
    example: {
      declarations: {
        'helpdesk-response': {
          isMet: true,
          statement: 'The library answers within one business day.',
          evidence: 'https://library.example.edu/help',
          date: '2026-11-02',
          by: 'Repository manager',
        },
      },
      maintenance: [{ from: '2026-11-07T20:00:00Z', to: '2026-11-07T22:00:00Z' }],
    },
    answers: { 200: { what: 'What is declared now, and the report.', schema: declared } },
  }),
};

/** `/api/assessments/…`: has the node look at itself now; and takes what the institution says of itself. */
export function assessmentRoutes(
  router: Router,
  { ngrBehaviours, planS, site }: Pick<HttpParts, 'ngrBehaviours' | 'planS' | 'site'>,
): void {
  const declared = async () => ({
    ...planS.declared.said,
    report: planSDocument(site, await planS.report()),
  });

  route(router, assessmentOperations.renew, async () =>
    ngrBehavioursDocument(site, await ngrBehaviours.renew()),
  );

  route(router, assessmentOperations.planS, declared);

  route(router, assessmentOperations.declare, async ({ body }) => {
    await planS.declared.replace(body);
    return await declared();
  });
}
