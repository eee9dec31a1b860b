import { Readable } from 'node:stream';
import type { Context } from 'koa';
import type { ResourcePackage } from '../../../publishing/index.ts';
import { byteRange } from '../../answers/byte-range.ts';
import { answerNotModified, etagOf } from '../../answers/conditional.ts';
import { endWhenIdle } from '../../answers/idle.ts';
import { REVALIDATE } from '../../answers/respond.ts';
import { HttpError } from '../../errors.ts';

/** How many packages may be under way at once. */
export class PackageSlots {
  readonly #most: number;
  #taken = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Takes a slot for an answer, until that has ended.
   * @throws HttpError `DUMPS_BUSY` (503)
   */
  take(ctx: Context): void {
    if (this.#taken >= this.#most) {
      ctx.set('Retry-After', '30');
      const detail = `${this.#most} dumps are being sent already.`;
      throw new HttpError(503, 'DUMPS_BUSY', 'Too many dumps at once', detail, {
        remedy: 'Ask again in half a minute.',
      });
    }
    // Who has gone already is told nothing, and ends nothing.
    if (ctx.res.closed) return;
    this.#taken += 1;
    ctx.res.once('close', () => {
      this.#taken -= 1;
    });
  }
}

/** Answers with a package, or the range of its bytes that is asked for; it is closed when the answer has ended. */
export async function sendPackage(ctx: Context, made: ResourcePackage, fileName: string): Promise<void> {
  const { length } = made;
  const etag = etagOf(made.identity);
  ctx.set('Accept-Ranges', 'bytes');
  ctx.set('Cache-Control', REVALIDATE);
  if (answerNotModified(ctx, { etag })) return await made.close();
  const range = byteRange(ctx, { etag, length });
  if (range === 'unsatisfiable') {
    await made.close();
    ctx.set('Content-Range', `bytes */${length}`);
    throw new HttpError(
      416,
      'RANGE_NOT_SATISFIABLE',
      'There are no such bytes',
      `There are ${length} bytes.`,
    );
  }
  const { start, end } = range === 'whole' ? { start: 0, end: length } : range;
  if (range !== 'whole') {
    ctx.status = 206;
    ctx.set('Content-Range', `bytes ${start}-${end - 1}/${length}`);
  }
  stream(ctx, made, { start, end });
  ctx.attachment(fileName);
  ctx.set('Content-Type', 'application/zip');
}

/** Answers with a package that is made for this request alone. */
export function sendOnce(ctx: Context, made: ResourcePackage, fileName: string): void {
  stream(ctx, made, { start: 0, end: made.length });
  ctx.set('Cache-Control', 'no-store');
  ctx.attachment(fileName);
  ctx.set('Content-Type', 'application/zip');
}

function stream(ctx: Context, made: ResourcePackage, { start, end }: { start: number; end: number }): void {
  const isHead = ctx.method === 'HEAD';
  const body = Readable.from(isHead ? [] : made.bytes(start, end), { objectMode: false });
  body.once('close', () => void made.close());
  endWhenIdle(ctx);
  ctx.body = body;
  ctx.length = end - start;
}
