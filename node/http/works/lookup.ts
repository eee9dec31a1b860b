import type { Context } from 'koa';
import { isRecordKey } from '../../../vocab/record-key.ts';
import type { Duplicates } from '../../analysis/duplicates/index.ts';
import { HttpError } from '../errors.ts';
import type { Site } from '../site.ts';

/** Whether a text can be the id of a work: `w` and the key of one of its records. */
export function isWorkId(text: string): boolean {
  return text.startsWith('w') && isRecordKey(text.slice(1));
}

/**
 * A work's id changes when a record joins it or goes; as long as the old id names one of its records, it leads to the new one (303).
 * @param where.below what follows the id in the path
 * @throws HttpError 404 `WORK_UNKNOWN`
 */
export async function leadToPresentWork(
  ctx: Context,
  { duplicates, site }: { duplicates: Pick<Duplicates, 'workOf'>; site: Pick<Site, 'base'> },
  { id, below = '' }: { id: string; below?: string },
): Promise<void> {
  const present = isWorkId(id) ? await duplicates.workOf(id.slice(1)) : undefined;
  if (present === undefined || present === id) {
    const detail = `No work has the id ${id.slice(0, 100)} here.`;
    throw new HttpError(404, 'WORK_UNKNOWN', 'No such work', detail);
  }
  ctx.status = 303;
  ctx.redirect(`${site.base}/works/${present}${below}${ctx.search}`);
}
