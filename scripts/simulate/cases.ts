import type { Case } from './run.ts';

/** Fewer connections, and heads exchanged with the same few of them: what a network of thousands needs. */
const sparing = { connections: 60, partners: 9 };

/** The networks that are simulated. */
export function cases(seed: number): Case[] {
  return [
    { name: '100 nodes', nodes: 100, seed, withRecovery: true },
    { name: '1,000 nodes', nodes: 1_000, seed, withRecovery: true },
    { name: '6,000 nodes', nodes: 6_000, seed, withRecovery: true },
    { name: '6,000, heartbeat 5 min', nodes: 6_000, seed, protocol: { heartbeat: 300 } },
    { name: '6,000, sparing', nodes: 6_000, seed, protocol: sparing },
    { name: '6,000, regions', nodes: 6_000, region: 100, seed },
    {
      name: '6,000, regions, sparing',
      nodes: 6_000,
      region: 100,
      protocol: sparing,
      seed,
      withRecovery: true,
    },
  ];
}
