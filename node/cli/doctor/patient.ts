import { z } from 'zod';
import type { Clock } from '../../clock.ts';
import type { Config } from '../../config/index.ts';
import type { Fetch } from '../../outbound/index.ts';
import type { Finding } from './finding.ts';

const number = z.number();

/** What a running node says of itself, as far as it is looked at here. */
export const runningSchema = z.looseObject({
  node: z.string(),
  name: z.string(),
  base: z.string(),
  networks: z.array(z.string()),
  version: z.string(),
  addresses: z.array(z.string()),
  ready: z.looseObject({
    ok: z.boolean(),
    checks: z.array(z.looseObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  }),
});
export const peersSchema = z.looseObject({
  orderedItems: z.array(
    z.looseObject({
      node: z.string(),
      name: z.string().optional(),
      self: z.boolean(),
      connected: z.boolean(),
      proof: z.string().optional(),
      clockAheadSeconds: number.optional(),
      fork: z.unknown().optional(),
    }),
  ),
});

export interface RunningNode extends z.output<typeof runningSchema> {
  url: string;
  /** Of its process. */
  pid: number;
  peers: z.output<typeof peersSchema>['orderedItems'];
}

/** What is examined. */
export interface Patient {
  config: Config;
  /** Where it runs on the data directory, what it says of itself. */
  running: RunningNode | undefined;
  /** The id of the key in the data directory. */
  node: string | undefined;
  /** Reaches the public Internet, and what the configuration names. */
  fetch: Fetch;
  clock: Clock;
}

/** @param signal ends it, where it takes too long */
export type Check = (patient: Patient, signal: AbortSignal) => Promise<Finding[]>;
