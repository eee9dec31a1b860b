import type Router from '@koa/router';
import { z } from 'zod';
import {
  format,
  HttpError,
  lang,
  MOST_PAIRS,
  namedRecords,
  PAIRS_SHOWN,
  readQuery,
  recordPair,
  whole,
} from '../../http/index.ts';
import type { Door, Submission } from '../door.ts';
import { duplicatesPage } from '../pages/duplicates.ts';
import { saidOfDuplicatesPage } from '../pages/said-of-duplicates.ts';
import type { DashboardParts } from '../parts.ts';

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
  const { catalogue, duplicates, items, pairsToReview, statements } = parts;
  const { heldKey, keyOf } = namedRecords(catalogue);

  router.get(
    '/dashboard/duplicates',
    door.page('see', async (visit) => {
      const { which = 'all', page = 1 } = readQuery(visit.ctx, query);
      const shown = await pairsToReview.page({ which, page, size: PAGE });
      return duplicatesPage(visit, { ...shown, which, page });
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
}
