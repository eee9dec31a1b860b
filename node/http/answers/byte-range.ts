import type { Context } from 'koa';

/** Which bytes of a representation a request asks for: from `start` up to, but not with, `end`. */
type ByteRange = { start: number; end: number } | 'whole' | 'unsatisfiable';

/**
 * Reads `Range` and `If-Range` (RFC 9110, sections 13.1.5 and 14.2). What is no single range of bytes counts as not
 * there, as does a range of another representation than the one with this entity tag.
 */
export function byteRange(ctx: Context, { etag, length }: { etag: string; length: number }): ByteRange {
  const { range, 'if-range': ifRange } = ctx.req.headers;
  if (range === undefined || (ifRange !== undefined && ifRange !== etag)) return 'whole';
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range.trim()) ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const start = Math.max(0, length - Number(last));
    return start < length ? { start, end: length } : 'unsatisfiable';
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  const end = last === '' ? length : Math.min(length, Number(last) + 1);
  return start < length ? { start, end } : 'unsatisfiable';
}
