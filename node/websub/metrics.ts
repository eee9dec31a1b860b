import { Counter, Gauge, type Registry } from 'prom-client';
import type { Confirmation } from './confirmations.ts';
import type { Delivery } from './deliveries.ts';

/** The hub's figures, under the names that dashboards know. */
export function hubMetrics(
  registry: Registry,
  subscriptions: () => Readonly<Record<string, number>>,
): { confirmation: (outcome: Confirmation) => void; delivery: (outcome: Delivery) => void } {
  const registers = [registry];
  new Gauge({
    name: 'ngr_websub_subscriptions',
    help: 'Subscriptions at the WebSub hub, by state',
    labelNames: ['state'],
    registers,
    collect() {
      for (const [state, count] of Object.entries(subscriptions())) this.set({ state }, count);
    },
  });
  const confirmations = new Counter({
    name: 'ngr_websub_confirmations_total',
    help: 'Questions to subscribers whether they meant their request, by what came of them',
    labelNames: ['outcome'],
    registers,
  });
  const deliveries = new Counter({
    name: 'ngr_websub_deliveries_total',
    help: 'Deliveries to callbacks, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  return {
    confirmation: (outcome) => confirmations.inc({ outcome }),
    delivery: (outcome) => deliveries.inc({ outcome }),
  };
}
