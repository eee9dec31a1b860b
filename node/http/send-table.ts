import type { Context } from 'koa';
import { REVALIDATE } from './respond.ts';
import { sendText, type TextAnswer } from './send-text.ts';

/** Sends CSV as a file to be kept. @param name without its ending */
export function sendTable(ctx: Context, name: string, body: TextAnswer['body']): void {
  ctx.vary('Accept');
  ctx.set('Cache-Control', REVALIDATE);
  ctx.set('Content-Disposition', `attachment; filename="${name}.csv"`);
  sendText(ctx, { type: 'text/csv; charset=utf-8; header=present', body });
}
