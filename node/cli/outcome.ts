import { z } from 'zod';

/** What a change of one record by its manager came to. */
export const outcomeSchema = z.looseObject({ key: z.string(), outcome: z.string() });
