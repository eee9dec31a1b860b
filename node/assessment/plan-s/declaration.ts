import { z } from 'zod';
import { DECLARABLE, type CriterionId } from './requirements.ts';

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

const line = (most: number): z.ZodString =>
  z.string('is no text').trim().min(1, 'is empty').max(most, `has more than ${most} characters`);

const address = z
  .url({ protocol: /^https?$/, error: 'is no address that begins with https:// or http://' })
  .max(2_000, 'has more than 2000 characters');

const day = z
  .string('is no text')
  .regex(DAY, 'is no day (YYYY-MM-DD)')
  .refine(
    (text) => new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text,
    'is no day of the calendar',
  );

/** What the institution says of a criterion. It is public. */
export const declarationSchema = z.strictObject({
  isMet: z.boolean('is neither true nor false'),
  statement: line(2_000),
  /** Where it can be seen. */
  evidence: address.exactOptional(),
  /** The day from which on it is so said. */
  date: day,
  /** In which function: a role, no personal name. */
  by: line(100),
});
export type Declaration = z.output<typeof declarationSchema>;

const moment = z.iso.datetime({ error: 'is no moment in UTC (2026-05-01T22:00:00Z)' });

/** A time for which maintenance was announced: it does not count against the availability. */
const maintenanceSchema = z
  .strictObject({ from: moment, to: moment })
  .refine(({ from, to }) => from < to, 'does not end after it begins')
  .refine(
    ({ from, to }) => Date.parse(to) - Date.parse(from) <= LONGEST_MAINTENANCE_MS,
    'lasts longer than seven days',
  );
export type Maintenance = z.output<typeof maintenanceSchema>;

const LONGEST_MAINTENANCE_MS = 7 * 24 * 60 * 60_000;
const MOST_MAINTENANCE = 200;

/** All that the institution says. What is left out is not said, or said no longer. */
export const declarationsSchema = z.strictObject({
  declarations: z
    .partialRecord(z.enum(DECLARABLE, `is none of ${DECLARABLE.join(', ')}`), declarationSchema)
    .default({}),
  maintenance: z
    .array(maintenanceSchema, 'is no list')
    .max(MOST_MAINTENANCE, `has more than ${MOST_MAINTENANCE} entries`)
    .default([]),
});
export type Declarations = {
  declarations: Partial<Record<CriterionId, Declaration>>;
  maintenance: Maintenance[];
};

const YEAR_MS = 365 * 24 * 60 * 60_000;

/** Whether it is so long ago that somebody should look at it again. It still stands. */
export function isStale({ date }: Declaration, now: number): boolean {
  return now - Date.parse(date) > YEAR_MS;
}
