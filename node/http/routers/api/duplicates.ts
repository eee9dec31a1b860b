import type Router from '@koa/router';
import { z } from 'zod';
import type { Why } from '../../../analysis/duplicates/index.ts';
import { operation, route } from '../../openapi/index.ts';
import type { PublicParts } from '../../public-parts.ts';
import type { HeldItem } from '../../records/held-items.ts';
import { whole } from '../../requests/query.ts';
import { PAIRS_SHOWN, type PairToReview } from '../../works/pairs-to-review.ts';
import { MOST_PAIRS } from '../../works/review-queue.ts';
import { count, key } from './values.ts';

const PAGE = 50;

const record = z.object({
  key,
  id: z.string().describe('Its IRI.'),
  oaiIdentifier: z.string(),
  name: z.string().describe('Its title.'),
  node: z.string(),
  institution: z.string(),
});
const compared = z.tuple([z.string(), z.string()]).optional();
const pair = z
  .object({
    records: z.tuple([record, record]).describe('The own one first.'),
    verdict: z.enum(['same', 'different']),
    bits: z.number().describe('The sum of the evidence.'),
    needed: z.number().describe('How much it takes.'),
    evidence: z.array(z.object({ feature: z.string(), level: z.string(), bits: z.number(), compared })),
    vetoes: z.array(z.object({ veto: z.string(), compared })),
  })
  .meta({ id: 'PairToReview' });

export const duplicateOperations = {
  queue: operation({
    method: 'GET',
    path: '/api/duplicates',
    group: 'duplicates',
    right: 'see',
    summary: 'Pairs that are taken for one work, of which nothing was said yet',
    description:
      'Those with the least evidence first, with what speaks for and against them. `POST /api/statements` says what is right.',
    query: z.strictObject({
      which: z
        .enum(PAIRS_SHOWN, `is none of ${PAIRS_SHOWN.join(', ')}`)
        .describe('`across` institutions, or `within` this one.')
        .optional(),
      page: whole(1, MOST_PAIRS).optional(),
      limit: whole(1, 100).optional(),
    }),
    goesOnBy: 'page',
    answers: {
      200: {
        what: 'A page of pairs.',
        schema: z.object({
          pairs: z.array(pair),
          total: count,
          isCutOff: z.boolean().describe('Whether there are more than are listed.'),
          next: count.optional().describe('The number of the next page.'),
        }),
      },
    },
  }),
};

/** `GET /api/duplicates`: pairs to look through. */
export function duplicateRoutes(router: Router, { pairsToReview }: Pick<PublicParts, 'pairsToReview'>): void {
  route(router, duplicateOperations.queue, async ({ query: { which = 'all', page = 1, limit = PAGE } }) => {
    const { pairs, hasMore, ...rest } = await pairsToReview.page({ which, page, size: limit });
    return { pairs: pairs.map(pairView), ...rest, ...(hasMore && { next: page + 1 }) };
  });
}

function pairView({ items: [one, other], why }: PairToReview): z.input<typeof pair> {
  return { records: [recordView(one), recordView(other)], ...judgement(why) };
}

function recordView({ key, holding, institution }: HeldItem): z.input<typeof record> {
  const { id, oaiIdentifier, node, titles } = holding;
  return {
    key,
    id,
    oaiIdentifier,
    name: titles[0]?.value ?? oaiIdentifier,
    node,
    institution: institution.name,
  };
}

function judgement({ verdict, bits, needed, evidence, vetoes }: Why): Omit<z.input<typeof pair>, 'records'> {
  return {
    verdict,
    bits,
    needed,
    evidence: evidence.map(({ of: compared, ...level }) => ({ ...level, ...(compared && { compared }) })),
    vetoes: vetoes.map(({ of: compared, veto }) => ({ veto, ...(compared && { compared }) })),
  };
}
