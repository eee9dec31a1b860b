import type { Taken } from './metrics.ts';

/** What became of the events of one lot. */
export class Tally implements Taken {
  taken = 0;
  robots = 0;
  internal = 0;
  readonly refused = new Map<string, number>();

  refuse(code: string): void {
    this.refused.set(code, (this.refused.get(code) ?? 0) + 1);
  }

  add({ taken, robots, internal, refused }: Taken): void {
    this.taken += taken;
    this.robots += robots;
    this.internal += internal;
    for (const [code, events] of refused) this.refused.set(code, (this.refused.get(code) ?? 0) + events);
  }
}
