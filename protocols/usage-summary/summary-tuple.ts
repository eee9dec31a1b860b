import { z } from 'zod';
import { isRecordKey } from '../../vocab/record-key.ts';
import { endOf, metricsOfTuple, metricsToTuple, noUse, sumOf } from '../counter/index.ts';
import { isPlausible, isWithin } from './metrics.ts';
import { daysFrom, isDayOf, MONTH } from './months.ts';
import type { Share, SignedSummary, UsageSummary } from './summary.ts';
import { longestWorks, MAX_WORKS_BYTES, MOST_ITEMS } from './works-limits.ts';

/** How many rows a summary may have of each kind: what keeps it below 16 KiB. */
export const mostShares = { type: 40, language: 60, country: 260 } as const;
export const MOST_TOP_ITEMS = 20;
export const MAX_TITLE_BYTES = 120;

/** More than that no repository serves in a month, and sums over all nodes and months stay exact. */
const MAX_COUNT = 1e11;
/** As large as messages can name it. */
const MAX_REVISION = 2 ** 40;
const DIGEST_BYTES = 32;
const SIGNATURE_BYTES = 64;

const count = z.number('a count is no number').int('a count is not whole').min(0, 'a count is negative');
const use = count.max(MAX_COUNT, 'a count is beyond belief');
const metrics = z
  .tuple([use, use, use, use])
  .refine((tuple) => isPlausible(metricsOfTuple(tuple)), 'more is unique than there is');

const sharesOf = (form: RegExp, most: number) =>
  z
    .array(z.tuple([z.string().regex(form, 'a share is of nothing known'), metrics]))
    .max(most, 'too many shares')
    .refine(
      (shares) => new Set(shares.map(([value]) => value)).size === shares.length,
      'a share is there twice',
    );

const bytesOf = (length: number) =>
  z.custom<Uint8Array>(
    (value) => value instanceof Uint8Array && value.length === length,
    `not ${length} bytes`,
  );

const day = z.string().length('YYYY-MM-DD'.length, 'not a day');
const topItem = z.tuple([
  z.string().refine(isRecordKey, 'not the key of a record'),
  z.string().refine((title) => Buffer.byteLength(title) <= MAX_TITLE_BYTES, 'a title is too long'),
  use,
  use,
]);

/** A summary from outside, as an array; figures that do not fit together are refused as well. */
export const summarySchema = z
  .tuple([
    z.string().max(60, 'not the id of a node'),
    z.string().regex(MONTH, 'not a month'),
    z.number().int().positive('not a revision').max(MAX_REVISION, 'not a revision'),
    metrics,
    z.tuple([use, use]),
    sharesOf(/^c_[0-9a-z]{1,12}$|^[0-9A-Z-]{1,12}$/, mostShares.type),
    sharesOf(/^[a-z]{2,3}$/, mostShares.language),
    sharesOf(/^[A-Z]{2}$/, mostShares.country),
    z.array(topItem).max(MOST_TOP_ITEMS, 'too many top items'),
    z.tuple([day, day, count.min(1, 'no days are covered').max(31, 'more days than a month has')]),
    z.boolean(),
    z.tuple([
      count.max(MOST_ITEMS, 'too many works'),
      count.max(MAX_WORKS_BYTES, 'too many bytes of works'),
      bytesOf(DIGEST_BYTES),
    ]),
    z.number().int().nonnegative('not a time').max(8.64e15, 'not a time'),
    bytesOf(SIGNATURE_BYTES),
  ])
  .superRefine((tuple, context) => {
    const problem = contradictionIn(contentOfTuple(tuple));
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

type SummaryTuple = z.infer<typeof summarySchema>;

/** What of a summary cannot be, each figure by itself being possible. */
function contradictionIn(summary: UsageSummary): string | undefined {
  const { month, total, days, isFinal, works, time } = summary;
  for (const shares of [summary.byType, summary.byLanguage, summary.byCountry]) {
    const whole = shares.reduce((sum, share) => sumOf(sum, share.metrics), { ...noUse });
    if (!isWithin(whole, total)) return 'the parts exceed the whole';
  }
  const top = summary.top.reduce(
    (sum, item) => [sum[0] + item.investigations, sum[1] + item.requests] as const,
    [0, 0] as readonly [number, number],
  );
  if (top[0] > total.totalInvestigations || top[1] > total.totalRequests) return 'the parts exceed the whole';
  if (new Set(summary.top.map(({ key }) => key)).size < summary.top.length) return 'an item is there twice';
  if (!isDayOf(month, days.first) || !isDayOf(month, days.last)) return 'a day is not of the month';
  if (days.count > daysFrom(days.first, days.last))
    return 'more days than lie between the first and the last';
  if (isFinal && time < endOf(month)) return 'final before the month is over';
  if (works.bytes > longestWorks(works.count)) return 'more bytes of works than its items take';
  return undefined;
}

const sharesToTuple = (shares: readonly Share[]): [string, [number, number, number, number]][] =>
  shares.map(({ value, metrics }) => [value, [...metricsToTuple(metrics)]]);

/** The fields that are signed, in order. */
export function contentToTuple(summary: UsageSummary) {
  const { days, works, machine } = summary;
  return [
    summary.node,
    summary.month,
    summary.revision,
    [...metricsToTuple(summary.total)] as [number, number, number, number],
    [machine.investigations, machine.requests] as [number, number],
    sharesToTuple(summary.byType),
    sharesToTuple(summary.byLanguage),
    sharesToTuple(summary.byCountry),
    summary.top.map(({ key, title, investigations, requests }): [string, string, number, number] => [
      key,
      title,
      investigations,
      requests,
    ]),
    [days.first, days.last, days.count] as [string, string, number],
    summary.isFinal,
    [works.count, works.bytes, works.digest] as [number, number, Uint8Array],
    summary.time,
  ] as const;
}

export function tupleOf(summary: SignedSummary) {
  return [...contentToTuple(summary), summary.signature] as const;
}

const sharesOfTuple = (shares: SummaryTuple[5]): Share[] =>
  shares.map(([value, tuple]) => ({ value, metrics: metricsOfTuple(tuple) }));

export function contentOfTuple(tuple: SummaryTuple | ReturnType<typeof tupleOf>): UsageSummary {
  const [
    node,
    month,
    revision,
    total,
    machine,
    types,
    languages,
    countries,
    top,
    days,
    isFinal,
    works,
    time,
  ] = tuple;
  return {
    node,
    month,
    revision,
    total: metricsOfTuple(total),
    machine: { investigations: machine[0], requests: machine[1] },
    byType: sharesOfTuple(types),
    byLanguage: sharesOfTuple(languages),
    byCountry: sharesOfTuple(countries),
    top: top.map(([key, title, investigations, requests]) => ({ key, title, investigations, requests })),
    days: { first: days[0], last: days[1], count: days[2] },
    isFinal,
    works: { count: works[0], bytes: works[1], digest: works[2] },
    time,
  };
}
