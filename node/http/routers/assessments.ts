import Router from '@koa/router';
import { z } from 'zod';
import { sendJsonLd, sendPage } from '../answers/respond.ts';
import { sendTable } from '../answers/send-table.ts';
import {
  ASSESSMENTS,
  assessmentsDocument,
  NGR_BEHAVIOURS,
  ngrBehavioursDocument,
} from '../assessments/documents.ts';
import { ngrBehavioursTable } from '../assessments/ngr-behaviours-table.ts';
import { HttpError } from '../errors.ts';
import { CSV, DATA_OR_PAGE, JSON_LD } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { assessmentsPage } from '../pages/assessments.ts';
import { ngrBehavioursPage } from '../pages/ngr-behaviours.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery } from '../requests/query.ts';
import { metadataAssessmentRoutes } from './metadata-assessments.ts';
import { planSRoutes } from './plan-s.ts';

export const query = z.object({ format, lang });

/** `/assessments`: what the node does of what is expected of a repository, and what it finds when it looks at itself. */
export function assessmentsRouter(parts: PublicParts): Router {
  const { ngrBehaviours, site, views } = parts;
  const formats = new Negotiator(DATA_OR_PAGE);
  const withTable = new Negotiator([...DATA_OR_PAGE, CSV]);
  const router = new Router();

  router.get(ASSESSMENTS, (ctx) => {
    const { format, lang } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    if (chosen === JSON_LD) {
      sendJsonLd(ctx, type, assessmentsDocument(site));
      return;
    }
    const view = views.of(ctx, lang);
    sendPage(ctx, view, assessmentsPage(view));
  });

  router.get(NGR_BEHAVIOURS, async (ctx) => {
    const { format, lang } = readQuery(ctx, query);
    const { format: chosen, type } = withTable.of(ctx, format);
    const report = await ngrBehaviours.report();
    if (chosen === JSON_LD) {
      sendJsonLd(ctx, type, ngrBehavioursDocument(site, report));
      return;
    }
    if (chosen === CSV) {
      sendTable(ctx, 'ngr-behaviours', ngrBehavioursTable(report));
      return;
    }
    const view = views.of(ctx, lang);
    sendPage(ctx, view, ngrBehavioursPage(view, report));
  });

  metadataAssessmentRoutes(router, parts);
  planSRoutes(router, parts);

  router.get(`${ASSESSMENTS}/:name`, (ctx) => {
    const name = (ctx.params['name'] ?? '').slice(0, 100);
    const detail = `There is no assessment ${name}. There are: ngr-behaviours, rioxx, openaire, plan-s.`;
    throw new HttpError(404, 'ASSESSMENT_UNKNOWN', 'No such assessment', detail);
  });

  return router;
}
