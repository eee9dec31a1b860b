import * as dagCbor from '@ipld/dag-cbor';
import { z } from 'zod';
import type { NodeId } from '../../vocab/record.ts';
import type { SignatureVerifier, Signer } from '../heads/index.ts';
import { UsageSummaryError } from './errors.ts';

/**
 * What one node says of the usage of its own items in one month: totals only, nothing of who used them.
 *
 * `investigations` and `requests` are Total_Item_Investigations and Total_Item_Requests of COUNTER 5.1 (§3.3.4), so that
 * every request is an investigation too.
 */
export interface UsageSummary {
  node: NodeId;
  /** Calendar month in UTC, `YYYY-MM`. */
  month: string;
  /** 1 for the first; goes up by each restatement of the month. The highest stands, the others are void. */
  revision: number;
  investigations: number;
  requests: number;
  /** Milliseconds since 1970, by the origin's clock. */
  time: number;
}

export interface SignedSummary extends UsageSummary {
  /** Ed25519 over `summaryBytes`. */
  signature: Uint8Array;
}

const DOMAIN = 'ngr/usage-summary/1';

/** What is signed: DAG-CBOR of the fields in order, behind the domain `ngr/usage-summary/1`. */
function summaryBytes(summary: UsageSummary): Uint8Array {
  const { node, month, revision, investigations, requests, time } = summary;
  return dagCbor.encode([DOMAIN, node, month, revision, investigations, requests, time]);
}

export function signSummary(summary: UsageSummary, signer: Signer): SignedSummary {
  return { ...summary, signature: signer.sign(summaryBytes(summary)) };
}

export function verifySummary(summary: SignedSummary, verifier: SignatureVerifier): Promise<boolean> {
  return verifier.verify(summary.node, summaryBytes(summary), summary.signature);
}

/** More than that no repository serves in a month, and sums over all nodes and months stay exact. */
const MAX_COUNT = 1e11;
const count = z.number().int().nonnegative().max(MAX_COUNT);

const tupleSchema = z
  .tuple([
    z.string().max(60),
    // No electronic usage was counted before 1990, and no node needs a row for each month of ten thousand years.
    z.string().regex(/^(199\d|[2-9]\d{3})-(0[1-9]|1[0-2])$/, 'not a month'),
    z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
    count,
    count,
    z.number().int().nonnegative().max(8.64e15),
    z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 64, 'not 64 bytes'),
  ])
  .refine(
    ([, , , investigations, requests]) => requests <= investigations,
    'more requests than investigations',
  );

/** A summary as it lies in the store and goes over the wire: a DAG-CBOR array of seven, in the order of the interface. */
export type SummaryTuple = z.infer<typeof tupleSchema>;

export function summaryToTuple(summary: SignedSummary): SummaryTuple {
  const { node, month, revision, investigations, requests, time, signature } = summary;
  return [node, month, revision, investigations, requests, time, signature];
}

/**
 * The summary in a tuple from outside. Its form is checked, its signature is not.
 * @throws UsageSummaryError `USAGE_SUMMARY_MALFORMED` for impossible months, counts that are negative, not whole or too
 *   large, and more requests than investigations
 */
export function summaryFromTuple(value: unknown): SignedSummary {
  const result = tupleSchema.safeParse(value);
  if (!result.success) throw malformed(result.error.issues[0]?.message ?? 'unknown');
  const [node, month, revision, investigations, requests, time, signature] = result.data;
  return { node, month, revision, investigations, requests, time, signature };
}

export const MAX_SUMMARY_BYTES = 256;

export function encodeSummary(summary: SignedSummary): Uint8Array {
  return dagCbor.encode(summaryToTuple(summary));
}

/** The summary in bytes from outside. @throws UsageSummaryError as `summaryFromTuple`, and for what is not DAG-CBOR or too large */
export function decodeSummary(bytes: Uint8Array): SignedSummary {
  if (bytes.length > MAX_SUMMARY_BYTES) throw malformed(`${bytes.length} bytes`);
  let value: unknown;
  try {
    value = dagCbor.decode(bytes);
  } catch (cause) {
    throw malformed((cause as Error).message);
  }
  return summaryFromTuple(value);
}

function malformed(problem: string): UsageSummaryError {
  return new UsageSummaryError(
    'USAGE_SUMMARY_MALFORMED',
    `A usage summary has not the form of one: ${problem}.`,
    {
      remedy:
        'Nothing to do here: the summary is left out. If it is from a node you know, tell its operator.',
      details: { problem },
    },
  );
}
