import { z } from 'zod';
import { count, shorten, table } from './print.ts';

export const countsSchema = z.looseObject({ investigations: z.number(), requests: z.number() });
export type Counts = z.output<typeof countsSchema>;

const monthSchema = countsSchema.extend({ month: z.string(), isFinal: z.boolean().optional() });
const nodeSchema = countsSchema.extend({ node: z.string(), name: z.string() });

/** What `/api/usage` tells, as far as it is printed. */
export const usageSchema = countsSchema.extend({
  networks: z.array(z.string()),
  from: z.string(),
  to: z.string(),
  byMonth: z.array(monthSchema),
  byNode: z.array(nodeSchema),
  own: countsSchema.extend({
    robots: countsSchema,
    byMonth: z.array(monthSchema.extend({ robots: countsSchema })),
    top: z.array(countsSchema.extend({ name: z.string() })),
  }),
  apart: countsSchema.extend({
    byNode: z.array(
      nodeSchema.extend({
        why: z.string(),
        furthest: z.looseObject({ perRecord: z.number(), usual: z.number().optional() }).optional(),
      }),
    ),
  }),
  refused: z.array(z.looseObject({ code: z.string(), count: z.number() })),
});
type Usage = z.output<typeof usageSchema>;

const NUMBERS = ['Investigations', 'Requests'];
const TITLE_WIDTH = 60;

/** The use of the own records and of the network, for people. */
export function usageLines(usage: Usage): string[] {
  return [...ownLines(usage), ...networkLines(usage), ...apartLines(usage), ...refusedLines(usage)];
}

function ownLines({ own, from, to }: Usage): string[] {
  if (own.byMonth.length === 0) return [`No use of the own records was counted from ${from} to ${to}.`];
  const months = own.byMonth.map((one) => [
    monthName(one),
    one.investigations,
    one.requests,
    one.robots.investigations,
    one.robots.requests,
  ]);
  const sum = ['All', own.investigations, own.requests, own.robots.investigations, own.robots.requests];
  const top = own.top.map((one) => [shorten(one.name, TITLE_WIDTH), one.investigations, one.requests]);
  return [
    ...table(['Own records', ...NUMBERS, 'By robots', 'Requests'], [...months, sum]),
    ...(own.byMonth.some(({ isFinal }) => isFinal === false)
      ? ['* can still change: events that come late are counted for some days.']
      : []),
    ...(top.length === 0 ? [] : ['', ...table(['Most used', ...NUMBERS], top)]),
  ];
}

function networkLines({ networks, byMonth, byNode, investigations, requests }: Usage): string[] {
  if (byMonth.length === 0) return ['', 'No node of the network has told of usage in these months.'];
  const named = networks.map((name) => `"${name}"`).join(', ');
  const months = byMonth.map((one) => [monthName(one), one.investigations, one.requests]);
  const nodes = byNode.map((one) => [one.name, one.investigations, one.requests]);
  return [
    '',
    ...table([`Network ${named}`, ...NUMBERS], [...months, ['All', investigations, requests]]),
    '',
    ...table(['Institution', ...NUMBERS], nodes),
  ];
}

function monthName({ month, isFinal }: { month: string; isFinal?: boolean | undefined }): string {
  return isFinal === false ? `${month} *` : month;
}

function apartLines({ apart }: Usage): string[] {
  if (apart.byNode.length === 0) return [];
  const rows = apart.byNode.map(({ name, why, furthest, investigations, requests, node }) => [
    name,
    furthest === undefined ? why : `${why}: ${perRecord(furthest)}`,
    investigations,
    requests,
    node,
  ]);
  return [
    '',
    ...table(['Kept apart', 'Why', ...NUMBERS, 'Node'], rows),
    '',
    'Nothing of that is in the sums. Look at it with the institution; then run "ngr usage --accept NODE" or "ngr usage --refuse NODE".',
  ];
}

function perRecord({ perRecord, usual }: { perRecord: number; usual?: number | undefined }): string {
  const each = `${count(Math.round(perRecord))} a month for each record`;
  return usual === undefined ? each : `${each}, usual are ${count(Number(usual.toPrecision(2)))}`;
}

/** Since the node was started. */
function refusedLines({ refused }: Usage): string[] {
  if (refused.length === 0) return [];
  return [
    '',
    ...table(
      ['Refused events', 'Count'],
      refused.map(({ code, count }) => [code, count]),
    ),
  ];
}
