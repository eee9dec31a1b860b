import { isIP } from 'node:net';
import type { Availability } from './availability.ts';

/** What is asked whether it is there. */
export interface Endpoint {
  /** As people call it: the name of the source, the address of a page. */
  name: string;
  kind: 'oai-pmh' | 'resourcesync' | 'page';
  address: string;
}

/** What came of asking once. */
export type Outcome =
  | { is: 'up' }
  | {
      is: 'down';
      /** In English. */
      reason: string;
      /** Whether anything answered at all. */
      isAnswered: boolean;
      /** Whether it looks like a fault at this end: no way to the network, or to the names. */
      isNear: boolean;
    }
  /** It cannot be asked from here. */
  | { is: 'unknown'; reason: string };

/** What came of the last time that an endpoint was asked. */
export interface LastAsked {
  at: number;
  isUp: boolean;
  /** Why not, in English. */
  reason?: string;
}

/** What the probes know of an endpoint. */
export interface ProbedEndpoint extends Endpoint {
  last?: LastAsked;
  availability: Availability;
}

/** Whether an address is of this machine: that it answers says nothing of the line. */
export function isOnThisMachine(address: string): boolean {
  const { hostname } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
