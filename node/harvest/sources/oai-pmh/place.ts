import { z } from 'zod';
import type { Reach } from './reach.ts';
import type { Windows } from './windows.ts';

/**
 * Where the harvest of a repository stands. But for the token nothing in it is the repository's to remember, so that it
 * holds for as long as one likes.
 */
export interface Place {
  /** The source's time when the first list began, UTC. */
  time: string;
  /** Which of the sets is being read, from 0. */
  set: number;
  /** Of the list, or the window, that is being read. */
  token?: string;
  reach?: Reach;
  /** Why the list is not read as a whole. */
  cut?: Cut;
  /** Absent until the first is needed. */
  windows?: Windows;
}

/** `expired`: its tokens do not last. `loop`: they lead in a circle. `stalled`: it fails at one place each time. */
export type Cut = 'expired' | 'loop' | 'stalled';

const reach = z.strictObject({
  records: z.number(),
  low: z.number(),
  high: z.number(),
  below: z.number().exactOptional(),
  size: z.number().exactOptional(),
});

const windows = z.strictObject({
  start: z.number(),
  from: z.number().exactOptional(),
  size: z.number(),
  until: z.number().exactOptional(),
  leap: z.number(),
  calm: z.number(),
  patience: z.number(),
  suspect: z.strictObject({ until: z.number(), size: z.number(), patience: z.number() }).exactOptional(),
  endless: z.literal(true).exactOptional(),
});

const place: z.ZodType<Place> = z.strictObject({
  time: z.string(),
  set: z.number(),
  token: z.string().exactOptional(),
  reach: reach.exactOptional(),
  cut: z.enum(['expired', 'loop', 'stalled']).exactOptional(),
  windows: windows.exactOptional(),
});

/** A place as it is put together: what is not known is undefined. */
export type PlaceParts = { [K in keyof Place]: Place[K] | undefined };

export function placeOf({
  time,
  set,
  token,
  reach,
  cut,
  windows,
}: PlaceParts & Pick<Place, 'time' | 'set'>): Place {
  return {
    time,
    set,
    ...(token !== undefined && { token }),
    ...(reach !== undefined && { reach }),
    ...(cut !== undefined && { cut }),
    ...(windows !== undefined && { windows }),
  };
}

export function writePlace(value: Place): string {
  return JSON.stringify(value);
}

/** `undefined` where the text is none of `writePlace`, of this version. */
export function readPlace(text: string): Place | undefined {
  try {
    return place.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
