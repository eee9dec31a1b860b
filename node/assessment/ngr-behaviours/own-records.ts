import { z } from 'zod';
import { NotApplicable } from '../errors.ts';
import type { Visitor } from '../visitor.ts';

/** Enough to tell a share from; one page of the list. */
const SAMPLE = 100;

const nodeSchema = z.looseObject({ id: z.string(), node: z.string() });

const recordSchema = z.looseObject({
  id: z.string(),
  type: z.literal('CreativeWork'),
  oaiIdentifier: z.string(),
  identifiers: z.array(z.looseObject({ scheme: z.string(), value: z.string() })),
  creators: z.array(z.looseObject({ orcid: z.string().optional() })),
  // What is no IRI stands as a literal, and is no licence that a program could read.
  licence: z.union([z.string(), z.looseObject({})]).optional(),
});
const tombstoneSchema = z.looseObject({ id: z.string(), type: z.literal('Tombstone') });
const listSchema = z.looseObject({
  orderedItems: z.array(z.discriminatedUnion('type', [recordSchema, tombstoneSchema])),
});

/** A record, as the node's JSON-LD tells it. */
export type SeenRecord = z.output<typeof recordSchema>;

/** What the node tells of its own holdings, newest change first. */
interface Sample {
  /** The list's address. */
  address: string;
  records: readonly SeenRecord[];
  /** Addresses of what is withdrawn or deleted. */
  tombstones: readonly string[];
}

async function findHoldings(visitor: Visitor): Promise<Sample> {
  const { node } = await visitor.json('/', nodeSchema);
  const query = new URLSearchParams({ origin: node, limit: String(SAMPLE) });
  const path = `/records?${query.toString()}`;
  const { orderedItems } = await visitor.json(path, listSchema);
  return {
    address: visitor.base + path,
    records: orderedItems.filter((item) => item.type === 'CreativeWork'),
    tombstones: orderedItems.filter(({ type }) => type === 'Tombstone').map(({ id }) => id),
  };
}

export function ownHoldings(visitor: Visitor): Promise<Sample> {
  return visitor.once(findHoldings);
}

/** The same, where there is a record. @throws NotApplicable */
export async function ownRecords(visitor: Visitor): Promise<Sample & { first: SeenRecord }> {
  const sample = await ownHoldings(visitor);
  const [first] = sample.records;
  if (first === undefined) throw new NotApplicable('no-records');
  return { ...sample, first };
}
