import type { Context } from 'koa';
import { z } from 'zod';
import { isRecordKey } from '../../../vocab/record-key.ts';
import { HttpError } from '../errors.ts';
import { LANGUAGES } from '../messages/index.ts';
import { CSV } from '../negotiation/formats.ts';
import { RECORD_FORMATS } from '../records/formats.ts';

/**
 * The parameters of a request's query, checked. A strict schema refuses those that it does not name, as a list has to: a
 * filter that is left aside in silence gives a wrong answer. Any other leaves them aside, as the address of one thing can.
 * What others' sites add to the links that their users share is never asked for.
 *
 * @throws HttpError `PARAMETER_INVALID` (400), which names each that is wrong: missing, repeated, empty, too long, of the
 *   wrong kind, or not known, and then those that are
 */
export function readQuery<Schema extends z.ZodObject>(ctx: Context, schema: Schema): z.infer<Schema> {
  const asked = Object.entries(ctx.querystring === '' ? {} : ctx.query).filter(([name]) => !ADDED.test(name));
  const result = schema.safeParse(Object.fromEntries(asked));
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, MOST_TOLD).map((key) => ({
        parameter: key.slice(0, LONGEST_TOLD),
        detail: 'is not known here',
      }));
    }
    const parameter = String(issue.path[0] ?? '');
    const given = ctx.query[parameter];
    // One that may be there several times has its place in the path, or is there too often.
    const isRepeated = Array.isArray(given) && issue.path.length === 1 && issue.code !== 'too_big';
    return [{ parameter, detail: isRepeated ? `is there ${given.length} times` : issue.message }];
  });
  const hasUnknown = result.error.issues.some(({ code }) => code === 'unrecognized_keys');
  const known = Object.keys(schema.shape);
  const told = errors.map((error) => `The parameter “${error.parameter}” ${error.detail}.`);
  if (hasUnknown) told.push(known.length === 0 ? 'There are none.' : `There are ${known.join(', ')}.`);
  throw new HttpError(400, 'PARAMETER_INVALID', 'A parameter is missing or wrong', told.join(' '), {
    extra: { errors, ...(hasUnknown && { known }) },
  });
}

/** Parameters by which campaigns and other sites follow a link. */
const ADDED = /^(?:utm_[a-z]+|fbclid|gclid|msclkid|mc_[ce]id)$/;
const MOST_TOLD = 20;
const LONGEST_TOLD = 100;

/** Text that has to be there, of at most `max` characters. */
export const words = (max: number): z.ZodString =>
  z.string('is missing').trim().min(1, 'is empty').max(max, `is longer than ${max} characters`);

/**
 * A parameter that may be there several times, up to `most`: a list, which is empty where it is not there. Empty ones count as
 * not there: forms send such.
 */
export const several = <T extends z.ZodType>(one: T, most: number): z.ZodPreprocess<z.ZodArray<T>> =>
  z.preprocess(
    (given) => [given ?? []].flat().filter((value) => value !== ''),
    z.array(one).max(most, `is there more than ${most} times`),
  );

/** A whole number in decimal digits. */
export const whole = (min: number, max: number): z.ZodType<number> =>
  z
    .string()
    .regex(/^\d{1,15}$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.number().min(min, `is less than ${min}`).max(max, `is more than ${max}`))
    .meta({ type: 'integer', minimum: min, maximum: max });

/** A day or a second in UTC, `2026-05-13` or `2026-05-13T08:00:00Z`. */
export const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/, 'is neither a day nor a time in UTC')
  .transform((text) => new Date(text))
  .refine((time) => !Number.isNaN(time.getTime()), 'is no day that there is');

/** A node's id, as far as its form can tell. */
export const nodeId = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{40,60}$/, 'is not the id of a node');

/** The same, where a form sends an empty one for all nodes. */
export const optionalNodeId = z
  .string()
  .regex(/^(?:[1-9A-HJ-NP-Za-km-z]{40,60})?$/, 'is not the id of a node')
  .transform((text) => (text === '' ? undefined : text))
  .optional();

/** A record's key, as far as its form can tell. */
export const recordKey = z.string().refine(isRecordKey, 'is not the key of a record');

/** Two of them, `a!b`, as lists of pairs go on behind them. */
export const recordPair = z
  .string()
  .refine((text) => /^[^!]+![^!]+$/.test(text) && text.split('!').every(isRecordKey), 'is no pair of keys')
  .transform((text) => text.split('!') as [string, string]);

/** The language of the page, before what the browser prefers. */
export const lang = z.enum(LANGUAGES, `is none of ${LANGUAGES.join(', ')}`).optional();

/** The format, before what `Accept` says: one of those that the resource has. */
const formatNames = [...RECORD_FORMATS, CSV].map(({ name }) => name);
export const format = z.enum(formatNames, `is none of ${formatNames.join(', ')}`).optional();
