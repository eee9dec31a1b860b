import Router from '@koa/router';
import { z } from 'zod';
import { isRecordKey } from '../../../vocab/record-key.ts';
import { isTombstone, type Record as NgrRecord } from '../../../vocab/record.ts';
import { FeedbackError } from '../../related-feedback/index.ts';
import { sendPage } from '../answers/respond.ts';
import { HttpError } from '../errors.ts';
import { DATA_OR_PAGE, HTML } from '../negotiation/formats.ts';
import { Negotiator } from '../negotiation/negotiator.ts';
import { notedPage } from '../pages/related-feedback.ts';
import type { PublicParts } from '../public-parts.ts';
import { formerKeys } from '../records/former-keys.ts';
import { unknownRecord } from '../records/lookup.ts';
import { feedbackRefusal } from '../related/feedback-refusal.ts';
import { readForm } from '../requests/body.ts';
import { lang, readQuery } from '../requests/query.ts';

const query = z.strictObject({ lang });
const BODY_LIMIT = 4 * 1024;
/** Whoever votes has seen fewer. */
const SUGGESTED = 50;

/**
 * `POST /records/{key}/related/feedback`, with the form field `item`: a reader's word that the item does not belong among
 * those related to the record. Nobody has to say who they are, and the same twice is the same once, so there is nothing
 * to forge; a form and a script of any site may send it without a preflight (Fetch, section 3.2). 204; in a browser a page.
 *
 * Counted is only what is suggested at the time: of anything else there is nothing to leave out.
 */
export function relatedFeedbackRouter(parts: PublicParts): Router {
  const { catalogue, feedback, related, views } = parts;
  const formats = new Negotiator(DATA_OR_PAGE);
  const router = new Router();

  router.use('/records/:key/related/feedback', formerKeys(parts));

  router.post('/records/:key/related/feedback', async (ctx) => {
    const { lang } = readQuery(ctx, query);
    const form = await readForm(ctx, BODY_LIMIT);
    const record = ctx.params['key'] ?? '';
    const [item = '', ...more] = form.getAll('item');
    await heldRecord(record);
    if (!isRecordKey(item) || more.length > 0) {
      const detail = 'The form has one field “item”: the key of the record that does not belong.';
      throw new HttpError(400, 'BODY_INVALID', 'The body does not say what is needed', detail);
    }
    const suggestion = await heldRecord(item);
    if (await isSuggested(record, item)) {
      await feedback.vote(ctx.ip, record, item).catch((cause: unknown) => {
        throw cause instanceof FeedbackError ? feedbackRefusal(ctx, cause) : cause;
      });
    }
    const isPage = formats.choose(ctx.req.headers.accept ?? '*/*')?.format === HTML;
    if (isPage) {
      const view = views.of(ctx, lang);
      // It is noted, and takes effect when others agree (RFC 9110, section 15.3.3).
      sendPage(ctx, view, notedPage(view, { record, item: suggestion }), 202);
    } else {
      ctx.status = 204;
    }
    ctx.set('Cache-Control', 'no-store');
  });

  async function isSuggested(record: string, item: string): Promise<boolean> {
    return (await related.related(record, SUGGESTED)).some(({ key }) => key === item);
  }

  async function heldRecord(key: string): Promise<NgrRecord> {
    const holding = isRecordKey(key) ? await catalogue.holdings.get(key) : undefined;
    if (holding === undefined || isTombstone(holding)) throw unknownRecord(key);
    return holding;
  }

  return router;
}
