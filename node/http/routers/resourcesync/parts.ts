import { w3cDatetime, type Interval } from '../../../../protocols/resourcesync/index.ts';
import type { ChangePart, Part } from '../../../publishing/index.ts';
import { HttpError } from '../../errors.ts';

/** When a part last changed: what it told then it tells now. Milliseconds since 1970. */
export function takenAt({ blocks }: Part): number {
  return blocks.reduce((latest, { touched }) => Math.max(latest, touched), 0);
}

/** When a list of changes last changed: when it was closed, or at its last change. */
export function changedAt(part: ChangePart): number {
  const { until, from, isThinned } = part;
  return isThinned || until === undefined ? Math.max(from, takenAt(part)) : until;
}

export function intervalOf({ from, until }: ChangePart): Interval {
  return { from: w3cDatetime(from), ...(until !== undefined && { until: w3cDatetime(until) }) };
}

export function noSuchPart(address: string): HttpError {
  return new HttpError(404, 'NOT_FOUND', 'There is nothing here', `${address} names no such part.`);
}
