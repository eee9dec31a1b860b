import { z } from 'zod';
import type { NodeClient } from './node-client.ts';

const counts = z.looseObject({
  pages: z.number(),
  records: z.number(),
  created: z.number(),
  updated: z.number(),
  deleted: z.number(),
  unchanged: z.number(),
  // Not told by a node that was harvested by an older version.
  vanished: z.number().default(0),
  absent: z.number().default(0),
  withdrawn: z.number().default(0),
  refused: z.number().default(0),
  elsewhere: z.number().default(0),
  repeated: z.number().default(0),
  issues: z.number(),
});

const progressSchema = counts.extend({
  total: z.number().optional(),
  share: z.number().optional(),
  leftMs: z.number().optional(),
  ratePerSecond: z.number(),
});
export type Progress = z.output<typeof progressSchema>;

const summarySchema = counts.extend({
  outcome: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  error: z.looseObject({ code: z.string(), message: z.string(), remedy: z.string().optional() }).optional(),
});
export type Summary = z.output<typeof summarySchema>;

/** A source as the node tells of it (`SourceState`). */
export const sourceSchema = z.looseObject({
  name: z.string(),
  type: z.string(),
  url: z.string(),
  running: z.boolean(),
  progress: progressSchema.optional(),
  lastRun: summarySchema.optional(),
  nextRunAt: z.iso.datetime().optional(),
});
export type SourceView = z.output<typeof sourceSchema>;

const sourcesSchema = z.looseObject({ sources: z.array(sourceSchema) });

export async function sourcesOf(client: NodeClient): Promise<SourceView[]> {
  return (await client.get('/api/harvest', sourcesSchema)).sources;
}
