import { z } from 'zod';
import {
  headFromTuple,
  lineageFromJson,
  pathBetween,
  verifyHead,
  type Lineage,
  type SignatureVerifier,
} from '../../../protocols/heads/index.ts';
import { request, textOf, type RequestFetch } from '../../../protocols/http/index.ts';
import type { NodeId } from '../../../vocab/record.ts';

const TIMEOUT_MS = 15_000;
const MOST_BYTES = 256 * 1024;

/** Where it says nothing that could be so, it says nothing. */
const location = z
  .object({
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional()
      .catch(undefined),
    latitude: z.number().min(-90).max(90).optional().catch(undefined),
    longitude: z.number().min(-180).max(180).optional().catch(undefined),
  })
  .optional()
  .catch(undefined);

/** As much of the node document as the proof needs (DESIGN, section 5; docs/identity.md). */
const nodeDocument = z.object({
  node: z.string().max(60),
  base: z.string().max(500),
  head: z.object({
    node: z.string(),
    base: z.string(),
    name: z.string(),
    networks: z.array(z.string()),
    seq: z.number(),
    live: z.number(),
    setDigest: z.string(),
    time: z.number(),
    signature: z.string().max(100),
  }),
  location,
});

/** What a domain says of its node. */
export interface NodeDocument {
  node: NodeId;
  /** Whether the node has signed that the base URL is its own. */
  isSigned: boolean;
  country?: string;
  location?: { latitude: number; longitude: number };
  lineage: Lineage;
}

/** Asks a base URL which node is its own. @throws where it gives no answer, or none that can be read */
export async function askDomain(
  base: string,
  { fetch, verifier, signal }: { fetch: RequestFetch; verifier: SignatureVerifier; signal: AbortSignal },
): Promise<NodeDocument> {
  // A redirect is not followed: another address would speak for another domain.
  const init: RequestInit = { headers: { accept: 'application/json' }, redirect: 'manual' };
  const limits = { fetch, within: TIMEOUT_MS, signal };
  const json = await request(`${base}/.well-known/ngr-node`, init, limits, async (response) => {
    if (response.status !== 200) throw new TypeError(`it answers ${response.status}`);
    return JSON.parse(await textOf(response, MOST_BYTES)) as unknown;
  });
  const { node, head: said, location: at, ...document } = nodeDocument.parse(json);
  const { name, networks, seq, live, setDigest, time } = said;
  const signature = Buffer.from(said.signature, 'base64url');
  const head = headFromTuple([said.node, said.base, name, networks, seq, live, setDigest, time, signature]);
  const isOne = document.base === base && head.base === base && head.node === node;
  const { country, latitude, longitude } = at ?? {};
  return {
    node,
    isSigned: isOne && (await verifyHead(head, verifier)),
    ...(country !== undefined && { country }),
    ...(latitude !== undefined && longitude !== undefined && { location: { latitude, longitude } }),
    lineage: lineageFromJson(json),
  };
}

/**
 * What a document says of a node: that it is the domain's own; that it goes on as the one that is (`signed` by both keys, or
 * `replaced`: by the domain's word alone); or that it is none of the domain's.
 */
export async function saidOf(
  node: NodeId,
  base: string,
  document: NodeDocument,
  verifier: SignatureVerifier,
): Promise<'own' | 'signed' | 'replaced' | 'none'> {
  if (!document.isSigned) return 'none';
  if (document.node === node) return 'own';
  return (await pathBetween(document.lineage, { from: node, to: document.node, base }, verifier)) ?? 'none';
}
