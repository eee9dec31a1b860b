import { OaiError, OaiProtocolError } from '../../../../protocols/oai-pmh/index.ts';
import type { Cut } from './place.ts';

/** Why a list ended before its end, where the repository lost its thread. */
export function cutBy(error: unknown): Cut | undefined {
  if (error instanceof OaiProtocolError && error.has('badResumptionToken')) return 'expired';
  if (error instanceof OaiError && error.code === 'OAI_TOKEN_LOOP') return 'loop';
  return undefined;
}

const ofPlace: ReadonlySet<string> = new Set([
  'OAI_UNREACHABLE',
  'OAI_TIMEOUT',
  'OAI_TOO_LARGE',
  'OAI_EMPTY',
  'OAI_NOT_XML',
  'OAI_NOT_OAI',
  'OAI_UNREADABLE',
  'OAI_TRUNCATED',
  'OAI_FAULT',
]);

/** Whether an error may be about the part of a list that was asked for, rather than about the repository as a whole. */
export function isOfPlace(error: unknown): boolean {
  if (cutBy(error) !== undefined) return true;
  if (error instanceof OaiProtocolError) return ofPlace.has(error.code);
  if (!(error instanceof OaiError)) return false;
  if (error.code !== 'OAI_HTTP_STATUS') return ofPlace.has(error.code);
  const status = Number(error.details['status']);
  return status >= 500 || status === 400 || status === 413;
}

/** Whether the dates that were asked for may be to blame: they were finer than the repository understands. */
export function refusesDates(error: unknown): boolean {
  return error instanceof OaiProtocolError && error.has('badArgument');
}
