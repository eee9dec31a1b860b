import type { Middleware } from 'koa';
import type { Registry } from 'prom-client';
import type { Clock } from '../../clock.ts';
import { HttpError } from '../errors.ts';
import { isOutside } from './client-address.ts';
import { counterIn } from './counter-metric.ts';
import { Rates } from './rates.ts';

/** After a rest so many seconds' worth come at once: a page with all that is on it, a harvester that begins. */
const BURST_SECONDS = 20;
/** It has rates of its own, by site and reader (`tracker/floods.ts`). */
const TRACKER = /^\/tracker(?:\/|$)/;

/**
 * Answers 429 (RFC 6585, section 4) to an address that asks faster than it may, with the seconds to wait in `Retry-After`.
 *
 * Addresses inside are not counted, nor are the processes of the role `http`, when they ask for themselves.
 *
 * @param options.perSecond requests that an address may make a second in the long run; 0 for any number
 */
export function requestRate(options: { perSecond: number; clock: Clock; metrics: Registry }): Middleware {
  const { perSecond, clock, metrics } = options;
  const rates = new Rates({ clock });
  const allowance = { perSecond, burst: perSecond * BURST_SECONDS };
  const heldBack = counterIn(metrics, {
    name: 'ngr_http_requests_held_back_total',
    help: 'Requests that were answered 429, since their addresses ask too often.',
    labelNames: [],
  });
  return (ctx, next) => {
    const isCounted = perSecond > 0 && isOutside(ctx.ip) && !TRACKER.test(ctx.path);
    if (!isCounted || ctx.state['isOfCluster'] === true) return next();
    const seconds = rates.takeOf(ctx.ip, 'requests', allowance);
    if (seconds === 0) return next();
    heldBack.inc();
    ctx.set('Retry-After', String(seconds));
    const detail = `This node answers ${perSecond} requests a second of one address.`;
    throw new HttpError(429, 'HTTP_TOO_MANY_REQUESTS', 'Too many requests', detail, {
      remedy:
        'Ask again after the time in Retry-After. Whole collections come with far fewer requests: /oai, or the dumps at /.well-known/resourcesync.',
    });
  };
}
