import { Counter, type Registry } from 'prom-client';
import type { Usage } from './usage.ts';

/** The figures of the counting, at `/metrics`. */
export function usageFigures(registry: Registry, usage: Pick<Usage, 'refusals' | 'taken'>): void {
  new Counter({
    name: 'ngr_usage_events_total',
    help: 'Usage events taken since the start, those of robots and of internal addresses among them.',
    registers: [registry],
    collect() {
      this.reset();
      this.inc(usage.taken);
    },
  });
  new Counter({
    name: 'ngr_usage_refused_total',
    help: 'Usage events refused since the start, by the code of the reason.',
    labelNames: ['code'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [code, events] of usage.refusals()) this.inc({ code }, events);
    },
  });
}
