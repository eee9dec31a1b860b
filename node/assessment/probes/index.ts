/** Whether the institution's endpoints are there, asked every five minutes. */
export { identifyAt } from './ask.ts';
export { shareUp, yearBefore, type Availability, type Outage, type Span } from './availability.ts';
export type { Endpoint, ProbedEndpoint } from './endpoint.ts';
export { endpointKey } from './layout.ts';
export { Probes } from './probes.ts';
