import { z } from 'zod';

/** Where a list goes on: what was asked for, and the last record that was given. The token is all there is of it. */
export interface Resumption {
  metadataPrefix: string;
  from?: string | undefined;
  until?: string | undefined;
  set?: string | undefined;
  /** Datestamp and identifier of the last record given. */
  after: [string, string];
  /** How many records were given. */
  given: number;
}

const schema = z.strictObject({
  metadataPrefix: z.string(),
  from: z.string().optional(),
  until: z.string().optional(),
  set: z.string().optional(),
  after: z.tuple([z.string(), z.string()]),
  given: z.int().nonnegative(),
});

export function writeToken(resumption: Resumption): string {
  return Buffer.from(JSON.stringify(resumption)).toString('base64url');
}

/** `undefined` where the token is none of ours. */
export function readToken(token: string): Resumption | undefined {
  try {
    return schema.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
  } catch {
    return undefined;
  }
}
