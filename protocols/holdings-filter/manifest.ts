import { hash } from 'node:crypto';
import { z } from 'zod';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { SignatureVerifier, Signer } from '../heads/index.ts';
import { FilterError } from './errors.ts';
import { MAX_SEGMENT_BITS, MAX_SEGMENT_BYTES } from './segment.ts';

const DOMAIN = 'ngr/filter/1';
const DIGEST_BYTES = 16;

/** What a node says of its holdings filter: of what it was made, and each segment's digest. */
export interface Manifest {
  node: NodeId;
  /** Of the node's head: all that stood then is in the filter. */
  seq: number;
  /** Milliseconds since 1970, by the node's clock. */
  time: number;
  /** How many there are in all segments. */
  keys: number;
  /** There are 2^bits segments. */
  bits: number;
  /** Of each segment the first 16 bytes of its SHA-256, side by side. */
  digests: Uint8Array;
}

export interface SignedManifest extends Manifest {
  /** Ed25519 over `manifestBytes`. */
  signature: Uint8Array;
}

/** What is signed: DAG-CBOR of the fields in order, behind the domain `ngr/filter/1`. */
function manifestBytes({ node, seq, time, keys, bits, digests }: Manifest): Uint8Array {
  return encodeCanonical([DOMAIN, node, seq, time, keys, bits, digests]);
}

export function signManifest(manifest: Manifest, signer: Signer): SignedManifest {
  return { ...manifest, signature: signer.sign(manifestBytes(manifest)) };
}

export function verifyManifest(manifest: SignedManifest, verifier: SignatureVerifier): Promise<boolean> {
  return verifier.verify(manifest.node, manifestBytes(manifest), manifest.signature);
}

/** A name of all segments together: equal where every one is. 32 hex digits. */
export function versionOf({ digests }: Pick<Manifest, 'digests'>): string {
  return hash('sha256', digests, 'hex').slice(0, 2 * DIGEST_BYTES);
}

/** What `segmentDigest` has to give of a segment. */
export function digestIn({ digests }: Pick<Manifest, 'digests'>, segment: number): string {
  return Buffer.from(digests.subarray(segment * DIGEST_BYTES, (segment + 1) * DIGEST_BYTES)).toString('hex');
}

/** @param digests hex, in the order of the segments */
export function packDigests(digests: readonly string[]): Uint8Array {
  return Buffer.from(digests.join(''), 'hex');
}

const place = z
  .number()
  .int()
  .nonnegative()
  .max(2 ** 48 - 1);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'not bytes');

const tupleSchema = z
  .tuple([
    z.string().max(60),
    place,
    z.number().int().nonnegative().max(8.64e15),
    place,
    z.number().int().min(0).max(MAX_SEGMENT_BITS),
    bytes,
    bytes.refine(({ length }) => length === 64, 'not 64 bytes'),
  ])
  .refine(([, , , , bits, digests]) => digests.length === DIGEST_BYTES * 2 ** bits, 'not a digest a segment')
  .refine(([, , , keys, bits]) => keys <= MAX_SEGMENT_BYTES * 2 ** bits, 'more keys than segments can have');

/** A manifest as it lies in the store and goes over the wire: a DAG-CBOR array of seven, in the order of the interface. */
export type ManifestTuple = z.infer<typeof tupleSchema>;

export function manifestToTuple(manifest: SignedManifest): ManifestTuple {
  const { node, seq, time, keys, bits, digests, signature } = manifest;
  return [node, seq, time, keys, bits, digests, signature];
}

/** The manifest in a tuple from outside. @throws FilterError `FILTER_BAD_MANIFEST` where it has not the form of one. */
export function manifestFromTuple(value: unknown): SignedManifest {
  const result = tupleSchema.safeParse(value);
  if (!result.success) {
    throw new FilterError('FILTER_BAD_MANIFEST', 'A manifest of a holdings filter has not the form of one.', {
      details: { problem: result.error.issues[0]?.message },
    });
  }
  const [node, seq, time, keys, bits, digests, signature] = result.data;
  return { node, seq, time, keys, bits, digests, signature };
}
