import type Router from '@koa/router';
import { z } from 'zod';
import { recordKey } from '../../../../vocab/record-key.ts';
import { isTombstone, type Holding } from '../../../../vocab/record.ts';
import type { Catalogue } from '../../../catalogue/index.ts';
import { HttpError } from '../../errors.ts';
import { operation, route } from '../../openapi/index.ts';
import type { HttpParts } from '../../parts.ts';
import { findHolding, unknownRecord } from '../../records/lookup.ts';
import { recordOutcome } from './harvest.ts';
import { time, timeText } from './values.ts';

export const reason = z
  .string('is missing')
  .trim()
  .min(1, 'is empty')
  .max(1_000, 'is longer than 1000 characters')
  .describe('Why, for everybody to read.');
const url = z
  .string('is missing')
  .min(1, 'is empty')
  .max(2_000, 'is longer than 2000 characters')
  .describe('The address of the file, as the record has it.');

const LOOK_FOR_IT =
  'Look for it with "ngr search"; the identifier has to be of one of the node\'s own records.';

const ofRecord = {
  group: 'records',
  right: 'withdraw',
  parameters: { key: 'A record of this institution: its key, address or OAI identifier.' },
  answers: { 200: { what: 'What became of it.', schema: recordOutcome } },
} as const;

export const recordOperations = {
  elsewhere: operation({
    method: 'GET',
    path: '/api/records/:key/elsewhere',
    group: 'records',
    right: 'see',
    summary: 'What other institutions show of a record now',
    description: 'The nodes that are connected are asked, as any reader would ask them.',
    parameters: ofRecord.parameters,
    query: z.strictObject({}),
    answers: {
      200: {
        what: 'What each of them shows.',
        schema: z.object({
          at: time,
          seen: z.array(
            z.object({
              node: z.string(),
              name: z.string(),
              address: z.string(),
              as: z.enum(['shown', 'gone', 'unknown', 'silent']),
            }),
          ),
        }),
      },
    },
    problems: { 403: ['RECORD_NOT_OWN'], 404: ['RECORD_UNKNOWN'] },
  }),
  withdraw: operation({
    method: 'POST',
    path: '/api/records/:key/withdraw',
    ...ofRecord,
    summary: 'Withdraw a record',
    description:
      'It is gone from the whole network within seconds; title, identifier, reason and date stay visible.',
    body: z.strictObject({ reason }),
    example: { reason: 'Withdrawn by the author.' },
    problems: { 403: ['RECORD_NOT_OWN'], 404: ['RECORD_UNKNOWN'] },
  }),
  reinstate: operation({
    method: 'POST',
    path: '/api/records/:key/reinstate',
    ...ofRecord,
    summary: 'Bring a withdrawn record back',
    description: 'It is read anew from its source.',
    body: z.strictObject({}),
    problems: {
      403: ['RECORD_NOT_OWN'],
      404: ['RECORD_UNKNOWN'],
      409: ['RECORD_NOT_WITHDRAWN', 'HARVEST_UNKNOWN_RECORD'],
    },
  }),
  withdrawFile: operation({
    method: 'POST',
    path: '/api/records/:key/files/withdraw',
    ...ofRecord,
    summary: 'Withdraw one file of a record',
    body: z.strictObject({ url, reason }),
    example: { url: 'https://repository.example/1/thesis.pdf', reason: 'The publisher’s version.' },
    problems: { 403: ['RECORD_NOT_OWN'], 404: ['RECORD_UNKNOWN', 'FILE_UNKNOWN'] },
  }),
  reinstateFile: operation({
    method: 'POST',
    path: '/api/records/:key/files/reinstate',
    ...ofRecord,
    summary: 'Bring a withdrawn file back',
    body: z.strictObject({ url }),
    example: { url: 'https://repository.example/1/thesis.pdf' },
    problems: { 403: ['RECORD_NOT_OWN'], 404: ['RECORD_UNKNOWN', 'FILE_UNKNOWN'] },
  }),
};

/** `/api/records/…`: what the manager decides about a record or one of its files. */
export function recordRoutes(
  router: Router,
  { catalogue, elsewhere, harvester }: Pick<HttpParts, 'catalogue' | 'elsewhere' | 'harvester'>,
): void {
  route(router, recordOperations.elsewhere, async ({ path }) => {
    const { node, oaiIdentifier } = await ownHolding(catalogue, path.key);
    const { at, seen } = await elsewhere.look(recordKey(node, oaiIdentifier));
    return { at: timeText(at), seen: [...seen] };
  });

  route(router, recordOperations.withdraw, async ({ path, body: { reason } }) => {
    const { oaiIdentifier } = await ownHolding(catalogue, path.key);
    return await changed(catalogue, { type: 'withdraw', oaiIdentifier, reason });
  });

  route(router, recordOperations.reinstate, async ({ path }) => {
    const holding = await ownHolding(catalogue, path.key);
    if (!isTombstone(holding)) {
      const detail = `${holding.oaiIdentifier} is neither withdrawn nor deleted.`;
      throw new HttpError(409, 'RECORD_NOT_WITHDRAWN', 'The record is not withdrawn', detail);
    }
    const record = await harvester.refetch(holding.oaiIdentifier);
    return await changed(catalogue, { type: 'reinstate', record });
  });

  route(router, recordOperations.withdrawFile, async ({ path, body }) => {
    const holding = await ownHolding(catalogue, path.key);
    refuseUnknownFile(holding, body.url);
    const { oaiIdentifier } = holding;
    return await changed(catalogue, { type: 'withdraw-file', oaiIdentifier, ...body });
  });

  route(router, recordOperations.reinstateFile, async ({ path, body }) => {
    const holding = await ownHolding(catalogue, path.key);
    refuseUnknownFile(holding, body.url);
    const { oaiIdentifier } = holding;
    return await changed(catalogue, { type: 'reinstate-file', oaiIdentifier, ...body });
  });
}

type Change = Parameters<Catalogue['put']>[0][number];
type Outcome = Awaited<ReturnType<Catalogue['put']>>[number];

async function changed(catalogue: Catalogue, change: Change): Promise<Outcome> {
  const [result] = await catalogue.put([change]);
  if (result === undefined) throw new TypeError('a change has an outcome');
  return result;
}

/**
 * A record of this node, by key, IRI or OAI identifier: the manager speaks for no other's.
 * @throws HttpError `RECORD_UNKNOWN` (404), `RECORD_NOT_OWN` (403)
 */
async function ownHolding(catalogue: Catalogue, text: string): Promise<Holding> {
  const holding = (await findHolding(catalogue.holdings, text))?.holding;
  if (holding === undefined) throw unknownRecord(text, LOOK_FOR_IT);
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
