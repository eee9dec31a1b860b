import Router from '@koa/router';
import { z } from 'zod';
import { policyToJsonLd } from '../../../vocab/oa-policy/index.ts';
import { sendJsonLd, sendPage } from '../answers/respond.ts';
import { HttpError } from '../errors.ts';
import { compareWith, groupsToCompare, POLICY_GROUPS } from '../institution/policy-groups.ts';
import { DATA_OR_PAGE, JSON_LD } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { policyPage } from '../pages/policy.ts';
import type { PublicParts } from '../public-parts.ts';
import { format, lang, readQuery } from '../requests/query.ts';

export const query = z.strictObject({
  format,
  lang,
  with: z.enum(POLICY_GROUPS, `is none of ${POLICY_GROUPS.join(', ')}`).optional(),
});

/** `/policy`: the institution's open access policy, as data for other nodes, and beside those of others for people. */
export function policyRouter(parts: PublicParts): Router {
  const { policies, site, views } = parts;
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.get('/policy', (ctx) => {
    const { format, lang, with: asked } = readQuery(ctx, query);
    const { format: chosen, type } = formats.of(ctx, format);
    const { own } = policies;
    if (chosen === JSON_LD) {
      if (own === undefined) {
        const detail = 'The institution has not stated its open access policy.';
        throw new HttpError(404, 'POLICY_NOT_STATED', 'No policy', detail);
      }
      sendJsonLd(ctx, type, policyToJsonLd(site, own));
      return;
    }
    const view = views.of(ctx, lang);
    const groups = groupsToCompare(parts);
    const group = asked ?? groups[0] ?? 'survey';
    const comparison = compareWith(group, parts);
    sendPage(
      ctx,
      view,
      policyPage(view, { own, group, groups, comparison, country: site.location?.country }),
    );
  });

  return router;
}
