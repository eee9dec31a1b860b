import type Router from '@koa/router';
import { z } from 'zod';
import type { Catalogue } from '../../../catalogue/index.ts';
import { isTombstone, type Holding } from '../../../../vocab/record.ts';
import { HttpError } from '../../errors.ts';
import type { HttpParts } from '../../parts.ts';
import { findRecordKey } from '../../record-lookup.ts';
import { readJson } from '../../request-body.ts';
import { BODY_LIMIT } from './limits.ts';

const reason = z.string('is missing').trim().min(1, 'is empty').max(1_000, 'is longer than 1000 characters');
const url = z.string('is missing').min(1, 'is empty').max(2_000, 'is longer than 2000 characters');
const withdrawal = z.strictObject({ reason });
const fileWithdrawal = z.strictObject({ url, reason });
const nothing = z.strictObject({});
const fileReinstatement = z.strictObject({ url });

/** `/api/records/…`: what the manager decides about a record or one of its files. */
export function recordRoutes(router: Router, { catalogue, harvester }: HttpParts): void {
  router.post('/api/records/:key/withdraw', async (ctx) => {
    const { oaiIdentifier } = await ownHolding(catalogue, ctx.params['key'] ?? '');
    const { reason: why } = await readJson(ctx, withdrawal, BODY_LIMIT);
    const [result] = await catalogue.put([{ type: 'withdraw', oaiIdentifier, reason: why }]);
    ctx.body = result;
  });

  router.post('/api/records/:key/reinstate', async (ctx) => {
    const holding = await ownHolding(catalogue, ctx.params['key'] ?? '');
    await readJson(ctx, nothing, BODY_LIMIT);
    if (!isTombstone(holding)) {
      const detail = `${holding.oaiIdentifier} is neither withdrawn nor deleted.`;
      throw new HttpError(409, 'RECORD_NOT_WITHDRAWN', 'The record is not withdrawn', detail);
    }
    const record = await harvester.refetch(holding.oaiIdentifier);
    const [result] = await catalogue.put([{ type: 'reinstate', record }]);
    ctx.body = result;
  });

  router.post('/api/records/:key/files/withdraw', async (ctx) => {
    const holding = await ownHolding(catalogue, ctx.params['key'] ?? '');
    const body = await readJson(ctx, fileWithdrawal, BODY_LIMIT);
    refuseUnknownFile(holding, body.url);
    const { oaiIdentifier } = holding;
    const [result] = await catalogue.put([{ type: 'withdraw-file', oaiIdentifier, ...body }]);
    ctx.body = result;
  });

  router.post('/api/records/:key/files/reinstate', async (ctx) => {
    const holding = await ownHolding(catalogue, ctx.params['key'] ?? '');
    const body = await readJson(ctx, fileReinstatement, BODY_LIMIT);
    refuseUnknownFile(holding, body.url);
    const { oaiIdentifier } = holding;
    const [result] = await catalogue.put([{ type: 'reinstate-file', oaiIdentifier, ...body }]);
    ctx.body = result;
  });
}

/** A record of this node, by key, IRI or OAI identifier: the manager speaks for no other's. */
async function ownHolding(catalogue: Catalogue, text: string): Promise<Holding> {
  const key = await findRecordKey(catalogue.holdings, text);
  const holding = key === undefined ? undefined : await catalogue.holdings.get(key);
  if (holding === undefined) {
    const remedy =
      'Look for it with "ngr search"; the identifier has to be of one of the node\'s own records.';
    const detail = `No record is held here under ${text}.`;
    throw new HttpError(404, 'RECORD_UNKNOWN', 'No such record', detail, { remedy });
  }
  if (holding.node !== catalogue.node) {
    const detail = `${holding.oaiIdentifier} belongs to another institution, which alone can withdraw it.`;
    throw new HttpError(403, 'RECORD_NOT_OWN', 'The record is another institution’s', detail);
  }
  return holding;
}

function refuseUnknownFile(holding: Holding, address: string): void {
  const files = isTombstone(holding) ? [] : holding.files;
  if (files.some((file) => file.url === address)) return;
  const detail = `${holding.oaiIdentifier} has no file at ${address}.`;
  const remedy =
    files.length === 0
      ? 'The record has no files.'
      : `Choose one of: ${files
          .map((file) => file.url)
          .slice(0, 20)
          .join(', ')}.`;
  throw new HttpError(404, 'FILE_UNKNOWN', 'No such file', detail, { remedy });
}
