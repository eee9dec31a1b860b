import { z } from 'zod';
import { granularityOf } from './datestamps.ts';
import { prefixForm, setForm } from './requests.ts';

/** What a list was asked for (section 2.7.1 and 4.5). */
export interface Selection {
  metadataPrefix: string;
  from?: string | undefined;
  until?: string | undefined;
  set?: string | undefined;
}

/**
 * Where a list goes on: what was asked for, and behind which place. The token is all there is of it, so it survives a
 * restart, and whatever is changed meanwhile: what moves to a later date is met there.
 */
export interface Resumption {
  /** Whose token it is. */
  provider: string;
  /** Absent for lists of sets. */
  metadataPrefix?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
  set?: string | undefined;
  /** The place of the last item or set that was given, as the repository names it. */
  after: string;
  /** How many were given. */
  given: number;
}

const text = z.string().max(2_000);
const datestamp = text.refine((value) => granularityOf(value) !== undefined);
/** As the arguments themselves would have to be: anyone can write a token. */
const schema = z.strictObject({
  provider: text,
  metadataPrefix: text.regex(prefixForm).optional(),
  from: datestamp.optional(),
  until: datestamp.optional(),
  set: text.regex(setForm).optional(),
  after: text,
  given: z.int().nonnegative(),
});

export function writeToken(resumption: Resumption): string {
  return Buffer.from(JSON.stringify(resumption)).toString('base64url');
}

/** `undefined` where the token is none of this provider's. */
export function readToken(token: string, provider: string): Resumption | undefined {
  try {
    const resumption = schema.parse(JSON.parse(Buffer.from(token, 'base64url').toString()));
    return resumption.provider === provider ? resumption : undefined;
  } catch {
    return undefined;
  }
}
