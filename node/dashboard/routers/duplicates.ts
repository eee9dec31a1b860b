import type Router from '@koa/router';
import { z } from 'zod';
import { isTombstone } from '../../../vocab/record.ts';
import { format, HttpError, lang, namedRecords, readQuery, recordPair, whole } from '../../http/index.ts';
import type { DashboardParts } from '../dashboard.ts';
import type { Door, Submission } from '../door.ts';
import { duplicatesPage, PAIRS_SHOWN, type PairToReview, type PairsShown } from '../pages/duplicates.ts';
import { saidOfDuplicatesPage } from '../pages/said-of-duplicates.ts';
import { MOST_PAIRS, ReviewQueue, type LinkedPair } from '../review-queue.ts';

const PAGE = 10;
const SAID_PAGE = 50;

const query = z.object({
  format,
  lang,
  which: z.enum(PAIRS_SHOWN, `is none of ${PAIRS_SHOWN.join(', ')}`).optional(),
  page: whole(1, MOST_PAIRS / PAGE).optional(),
});
const saidQuery = z.object({ format, lang, after: recordPair.optional() });

/** Records that may be of one work: looked through, and said of them whether they are. */
export function duplicateRoutes(router: Router, door: Door, parts: DashboardParts): void {
  const { catalogue, duplicates, items, statements } = parts;
  const { heldKey, keyOf } = namedRecords(catalogue);
  const queue = new ReviewQueue({ ...parts, self: catalogue.node });

  router.get(
    '/dashboard/duplicates',
    door.page('see', async (visit) => {
      const { which = 'all', page = 1 } = readQuery(visit.ctx, query);
      const listed = await queue.pairs();
      const open = listed.filter((pair) => isShown(pair, which) && !isSettled(pair));
      return duplicatesPage(visit, {
        pairs: await toReview(open.slice((page - 1) * PAGE, page * PAGE)),
        which,
        total: open.length,
        isCutOff: listed.length === MOST_PAIRS,
        page,
        hasMore: open.length > page * PAGE,
      });
    }),
  );

  router.post(
    '/dashboard/duplicates',
    door.form('decide', 'statement.say', async (submission) => {
      const on = await say(submission);
      const { which = 'all', page = 1 } = query.safeParse(Object.fromEntries(submission.fields)).data ?? {};
      return { to: '/dashboard/duplicates', query: { which, page }, on };
    }),
  );

  router.get(
    '/dashboard/duplicates/said',
    door.page('see', async (visit) => {
      const { after } = readQuery(visit.ctx, saidQuery);
      const found = statements.list({ limit: SAID_PAGE, ...(after !== undefined && { after }) });
      const held = await items.of([...new Set(found.flatMap(({ records }) => records))]);
      return saidOfDuplicatesPage(visit, {
        statements: found,
        items: new Map(held.map((item) => [item.key, item])),
        next: found.length < SAID_PAGE ? undefined : found.at(-1)?.records.join('!'),
      });
    }),
  );

  router.post(
    '/dashboard/duplicates/said',
    door.form('decide', 'statement.say', async (submission) => ({
      to: '/dashboard/duplicates/said',
      on: await say(submission),
    })),
  );

  router.post(
    '/dashboard/duplicates/take-back',
    door.form('decide', 'statement.take-back', async ({ fields }) => {
      const [one, other] = [await keyOf(fields.get('one') ?? ''), await keyOf(fields.get('other') ?? '')];
      await statements.takeBack(one, other);
      await duplicates.settled();
      return { to: '/dashboard/duplicates/said', on: `${one} ? ${other}` };
    }),
  );

  /** @returns how the log tells it: `a = b`, or `a ≠ b` */
  async function say({ fields }: Submission): Promise<string> {
    const says = (['same', 'different'] as const).find((one) => one === fields.get('says'));
    if (says === undefined)
      throw new HttpError(400, 'STATEMENT_UNCLEAR', 'Not said', 'Two records are the same work, or not.', {
        remedy: 'Choose one of the two.',
      });
    const [one, other] = [await heldKey(fields.get('one') ?? ''), await heldKey(fields.get('other') ?? '')];
    await statements.say(one, other, says);
    // The next page shows the works as they are with it.
    await duplicates.settled();
    return `${one} ${says === 'same' ? '=' : '≠'} ${other}`;
  }

  function isSettled({ records: [one, other] }: LinkedPair): boolean {
    return statements.about(one, other) !== undefined;
  }

  /** Those of which both records still stand. */
  async function toReview(pairs: readonly LinkedPair[]): Promise<PairToReview[]> {
    const held = await items.of([...new Set(pairs.flatMap(({ records }) => records))]);
    const byKey = new Map(held.map((item) => [item.key, item]));
    const found = await Promise.all(
      pairs.map(async ({ records: [one, other] }): Promise<PairToReview | undefined> => {
        const [a, b, why] = [byKey.get(one), byKey.get(other), await duplicates.why(one, other)];
        if (a === undefined || b === undefined || why === undefined) return undefined;
        if (isTombstone(a.holding) || isTombstone(b.holding)) return undefined;
        return { items: [a, b], why };
      }),
    );
    return found.filter((pair) => pair !== undefined);
  }
}

function isShown({ isWithin }: LinkedPair, which: PairsShown): boolean {
  return which === 'all' || isWithin === (which === 'within');
}
