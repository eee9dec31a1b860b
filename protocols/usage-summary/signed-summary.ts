import * as dagCbor from '@ipld/dag-cbor';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import type { SignatureVerifier, Signer } from '../heads/index.ts';
import { malformedSummary } from './errors.ts';
import { contentOfTuple, contentToTuple, summarySchema, tupleOf } from './summary-tuple.ts';
import type { SignedSummary, UsageSummary } from './summary.ts';

const DOMAIN = 'ngr/usage-summary/2';
export const MAX_SUMMARY_BYTES = 16 * 1024;

function signedBytes(summary: UsageSummary): Uint8Array {
  return encodeCanonical([DOMAIN, ...contentToTuple(summary)]);
}

export function signSummary(summary: UsageSummary, signer: Signer): SignedSummary {
  return { ...summary, signature: signer.sign(signedBytes(summary)) };
}

export function verifySummary(summary: SignedSummary, verifier: SignatureVerifier): Promise<boolean> {
  return verifier.verify(summary.node, signedBytes(summary), summary.signature);
}

/** A summary as it lies in the store and goes over the wire: a DAG-CBOR array of fourteen, the signature last. */
export function encodeSummary(summary: SignedSummary): Uint8Array {
  return encodeCanonical(tupleOf(summary));
}

/**
 * The summary in bytes from outside. Its form and what of its figures must fit together are checked, its signature is not.
 * @throws UsageSummaryError `USAGE_SUMMARY_MALFORMED` for what is not DAG-CBOR or too large, impossible months and days,
 *   counts that are negative, not whole or too large, more unique uses than uses, and parts that exceed the whole
 */
export function decodeSummary(bytes: Uint8Array): SignedSummary {
  if (bytes.length > MAX_SUMMARY_BYTES) throw malformedSummary(`it has ${bytes.length} bytes`);
  let value: unknown;
  try {
    value = dagCbor.decode(bytes);
  } catch (cause) {
    throw malformedSummary((cause as Error).message);
  }
  const result = summarySchema.safeParse(value);
  if (!result.success) throw malformedSummary(result.error.issues[0]?.message ?? 'unknown');
  return { ...contentOfTuple(result.data), signature: result.data[13] };
}

/** The summary in bytes that were checked before they were stored. */
export function decodeStoredSummary(bytes: Uint8Array): SignedSummary {
  const tuple = dagCbor.decode<ReturnType<typeof tupleOf>>(bytes);
  return { ...contentOfTuple(tuple), signature: tuple[13] };
}
