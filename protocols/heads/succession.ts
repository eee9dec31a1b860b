import { z } from 'zod';
import { encodeCanonical } from '../../vocab/canonical-cbor.ts';
import type { NodeId } from '../../vocab/record.ts';
import { timeSchema } from './entry.ts';
import { ProtocolError } from './errors.ts';
import type { SignatureVerifier, Signer } from './signature.ts';

/** A node says that it goes on under another key, and so under another id. */
interface Succession {
  from: NodeId;
  to: NodeId;
  /** The base URL under which both have their records. */
  base: string;
  /** Milliseconds since 1970, by the node's clock. */
  time: number;
}

interface SignedSuccession extends Succession {
  /** Ed25519 over `successionBytes`, by both keys: neither can name the other against its will. */
  signatures: { from: Uint8Array; to: Uint8Array };
}

/** A node's id of which the key is lost or stolen: only the domain can say who has taken its place. */
interface Replacement {
  node: NodeId;
  /** Who came in its place at first. */
  by: NodeId;
  time: number;
}

/** A node may have had so many ids before. */
export const MAX_SUCCESSIONS = 16;
const DOMAIN = 'ngr/succession/1';

/** What is signed: DAG-CBOR of the fields in order, behind the domain `ngr/succession/1`. */
function successionBytes({ from, to, base, time }: Succession): Uint8Array {
  return encodeCanonical([DOMAIN, from, to, base, time]);
}

export function signSuccession(
  said: Pick<Succession, 'base' | 'time'>,
  { from, to }: { from: Signer; to: Signer },
): SignedSuccession {
  const succession = { from: from.node, to: to.node, base: said.base, time: said.time };
  const bytes = successionBytes(succession);
  return { ...succession, signatures: { from: from.sign(bytes), to: to.sign(bytes) } };
}

export async function verifySuccession(
  { signatures, ...succession }: SignedSuccession,
  verifier: SignatureVerifier,
): Promise<boolean> {
  const bytes = successionBytes(succession);
  const signed = await Promise.all([
    verifier.verify(succession.from, bytes, signatures.from),
    verifier.verify(succession.to, bytes, signatures.to),
  ]);
  return succession.from !== succession.to && signed.every(Boolean);
}

const nodeSchema = z.string().max(60);
const signatureSchema = z
  .string()
  .length(86)
  .regex(/^[\w-]+$/)
  .transform((text) => Uint8Array.from(Buffer.from(text, 'base64url')));

const lineageSchema = z.object({
  successions: z
    .array(
      z.object({
        from: nodeSchema,
        to: nodeSchema,
        base: z.string().max(500),
        time: timeSchema,
        signatures: z.object({ from: signatureSchema, to: signatureSchema }),
      }),
    )
    .max(MAX_SUCCESSIONS)
    .default([]),
  replaces: z
    .array(z.object({ node: nodeSchema, by: nodeSchema, time: timeSchema }))
    .max(MAX_SUCCESSIONS)
    .default([]),
});

/** Which ids a node had before, and how it came from each to the next. */
export interface Lineage {
  successions: SignedSuccession[];
  replaces: Replacement[];
}

/** As it stands in the node document: signatures in base64url (RFC 4648, section 5). */
export function lineageToJson({ successions, replaces }: Lineage): {
  successions: object[];
  replaces: object[];
} {
  return {
    successions: successions.map(({ signatures: { from, to }, ...said }) => ({
      ...said,
      signatures: {
        from: Buffer.from(from).toString('base64url'),
        to: Buffer.from(to).toString('base64url'),
      },
    })),
    replaces,
  };
}

/** The lineage in a document from outside; its signatures are not checked. @throws ProtocolError `HEADS_BAD_SUCCESSION` */
export function lineageFromJson(value: unknown): Lineage {
  const result = lineageSchema.safeParse(value);
  if (result.success) return result.data;
  throw new ProtocolError(
    'HEADS_BAD_SUCCESSION',
    'What a node says of its former keys has not the form of it.',
    {
      details: { problem: result.error.issues[0]?.message },
    },
  );
}

/** The ids that lead to `node`, each with the step that leads on from it. */
export function stepsTo(lineage: Lineage, node: NodeId): Map<NodeId, SignedSuccession | Replacement> {
  const steps = new Map<NodeId, SignedSuccession | Replacement>();
  const reached = [node];
  for (const to of reached) {
    const before = [
      ...lineage.successions.filter((step) => step.to === to),
      ...lineage.replaces.filter(({ by }) => by === to),
    ];
    for (const step of before) {
      const from = 'from' in step ? step.from : step.node;
      if (from === node || steps.has(from)) continue;
      steps.set(from, step);
      reached.push(from);
    }
  }
  return steps;
}

/**
 * How `to` has come from `from`: `signed` where each step was signed by both keys and is of that base URL, `replaced`
 * where the key of one was lost on the way. Undefined where one does not lead to the other.
 */
export async function pathBetween(
  lineage: Lineage,
  { from, to, base }: { from: NodeId; to: NodeId; base: string },
  verifier: SignatureVerifier,
): Promise<'signed' | 'replaced' | undefined> {
  const steps = stepsTo(lineage, to);
  let path: 'signed' | 'replaced' = 'signed';
  for (let at = from; at !== to;) {
    const step = steps.get(at);
    if (step === undefined) return undefined;
    if ('signatures' in step) {
      if (step.base !== base || !(await verifySuccession(step, verifier))) return undefined;
      at = step.to;
    } else {
      path = 'replaced';
      at = step.by;
    }
  }
  return path;
}
