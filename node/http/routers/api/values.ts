import { z } from 'zod';

/** What answers are made of. */

export const time = z.string().meta({ format: 'date-time' });
/** Milliseconds since 1970 as `time` has them. */
export const timeText = (ms: number): string => new Date(ms).toISOString();
export const key = z.string().describe('The key of a record.');
export const node = z.string().describe('The id of a node.');
export const count = z.int().min(0);
export const address = z.string().meta({ format: 'uri-reference' });

/** Where a list goes on. */
export const next = z.string().optional().describe('Where the list goes on; absent at its end.');

/** COUNTER’s metrics of items (Code of Practice 5.1, §3.3.4), under the names that documents have for them. */
export const uses = {
  investigations: count.describe('COUNTER’s Total_Item_Investigations.'),
  uniqueInvestigations: count,
  requests: count.describe('COUNTER’s Total_Item_Requests.'),
  uniqueRequests: count,
};

/** A document of JSON-LD, whose terms its context explains. */
export const jsonLd = z.record(z.string(), z.unknown());
