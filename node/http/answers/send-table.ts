import type { Context } from 'koa';
import { REVALIDATE } from './respond.ts';
import { sendText, type TextAnswer } from './send-text.ts';

/**
 * Sends CSV (RFC 4180) as a file to be kept. What is for one person only is marked so before (`no-store`).
 * @param name without its ending
 */
export function sendTable(ctx: Context, name: string, body: TextAnswer['body']): void {
  ctx.vary('Accept');
  if (ctx.response.get('Cache-Control') === '') ctx.set('Cache-Control', REVALIDATE);
  ctx.set('Content-Disposition', `attachment; filename="${name}.csv"`);
  sendText(ctx, { type: 'text/csv; charset=utf-8; header=present', body });
}
