import { base32 } from './base32.ts';
import type { NodeId } from './record.ts';
import { sha256 } from './sha256.ts';

const KEY_LENGTH = 20;
const KEY_PATTERN = /^[a-z2-7]{20}$/;

/**
 * The key of a record: 20 characters of base32, the first 100 bits of sha-256 over origin and OAI identifier.
 *
 * It is the last segment of the record's IRI and the same on every node, and because the origin is hashed in,
 * no node can publish a record under another node's key.
 */
export function recordKey(node: NodeId, oaiIdentifier: string): string {
  return base32(sha256(`${node}\n${oaiIdentifier}`)).slice(0, KEY_LENGTH);
}

export function isRecordKey(text: string): boolean {
  return KEY_PATTERN.test(text);
}

/** The IRI of a record under its origin's base URL (which ends without a slash). */
export function recordIri(base: string, key: string): string {
  return `${base}/records/${key}`;
}

/** The base URL of the node that a record is of, by the record's IRI. */
export function baseOfIri(iri: string): string {
  return iri.slice(0, Math.max(0, iri.lastIndexOf('/records/')));
}

/** The key in a record's IRI, or undefined where the IRI is not one of a record. */
export function keyOfIri(iri: string): string | undefined {
  const key = iri.slice(iri.lastIndexOf('/') + 1);
  return isRecordKey(key) && iri.endsWith(`/records/${key}`) ? key : undefined;
}
