import { Gauge, type Registry } from 'prom-client';
import type { Clock } from '../../clock.ts';
import { shareUp, yearBefore, type Span } from './availability.ts';
import type { ProbedEndpoint } from './endpoint.ts';

/** What the figures are read from. */
interface Measured {
  endpoints(span: Span): readonly ProbedEndpoint[];
  readonly lineSuspectedSince: number | undefined;
}

/** The probes' figures, under the names that monitoring knows. */
export function measureProbes(probes: Measured, registry: Registry, clock: Pick<Clock, 'now'>): void {
  const registers = [registry];
  const labelNames = ['endpoint'] as const;
  new Gauge({
    name: 'ngr_endpoint_up',
    help: 'Whether an endpoint of the institution answered when it was last asked',
    labelNames,
    registers,
    collect() {
      const now = clock.now();
      for (const { name, last } of probes.endpoints({ from: now, to: now }))
        if (last !== undefined) this.set({ endpoint: name }, last.isUp ? 1 : 0);
    },
  });
  new Gauge({
    name: 'ngr_endpoint_availability_ratio',
    help: 'In how much of the known time of the last 365 days an endpoint answered, from 0 to 1',
    labelNames,
    registers,
    collect() {
      for (const { name, availability } of probes.endpoints(yearBefore(clock.now()))) {
        const share = shareUp(availability);
        if (share !== undefined) this.set({ endpoint: name }, share);
      }
    },
  });
  new Gauge({
    name: 'ngr_own_line_suspected',
    help: 'Whether no endpoint at all is reached, so that the line of this node seems to be down',
    registers,
    collect() {
      this.set(probes.lineSuspectedSince === undefined ? 0 : 1);
    },
  });
}
