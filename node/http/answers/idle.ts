import type { Context } from 'koa';

const IDLE_MS = 120_000;

/** Ends the connection of a client that takes nothing in for so long: an answer under way holds a state of the store. */
export function endWhenIdle(ctx: Context): void {
  ctx.res.setTimeout(IDLE_MS, () => ctx.res.destroy());
}
