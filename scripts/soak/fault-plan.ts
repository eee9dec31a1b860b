/** What befalls a node: its power is cut, its clock jumps ahead or back, or its disk is full for a while. */
export type Fault =
  | { kind: 'power'; node: 'first' | 'second' | 'third' }
  | { kind: 'clock'; secondsAhead: number }
  | { kind: 'disk' };

/** One fault in so many minutes; a short soak has the six of its beginning all the same, closer together. */
const MINUTES_A_FAULT = 1.5;
const HOUR_S = 3_600;

/** Each kind once, and every node's power. The first node's at once: whether it grows is seen in the life that follows. */
const BEGINNING: readonly Fault[] = [
  { kind: 'power', node: 'first' },
  { kind: 'clock', secondsAhead: HOUR_S },
  { kind: 'disk' },
  { kind: 'power', node: 'second' },
  { kind: 'clock', secondsAhead: -HOUR_S },
  { kind: 'power', node: 'third' },
];
/** From then on, over and over. */
const REST: readonly Fault[] = [
  { kind: 'power', node: 'second' },
  { kind: 'power', node: 'third' },
  { kind: 'clock', secondsAhead: 0 },
  { kind: 'power', node: 'second' },
  { kind: 'clock', secondsAhead: HOUR_S },
  { kind: 'power', node: 'third' },
];

/** The faults of a soak of so many minutes, in their order. */
export function faultPlan(minutes: number): readonly Fault[] {
  const more = Math.max(0, Math.floor(minutes / MINUTES_A_FAULT) - BEGINNING.length);
  return [
    ...BEGINNING,
    ...Array.from({ length: more }, (_, i) => REST[i % REST.length]).flatMap((fault) => fault ?? []),
  ];
}
