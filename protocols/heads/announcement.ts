import { z } from 'zod';
import { entryFromTuple, seqSchema, type ChangeKind, type SignedEntry } from './entry.ts';
import { ProtocolError } from './errors.ts';
import { headFromTuple, MAX_NETWORKS, type SignedHead } from './head.ts';

/** What a node tells its network over gossip: the head of its feed and, where they are small, the changes that led to it. */
export interface Announcement {
  head: SignedHead;
  /** The feed's place before the first of `changes`. */
  after: number;
  /** All that changed since `after`, in feed order, or nothing where it was too much for a message. */
  changes: { entry: SignedEntry; block: Uint8Array }[];
}

export const MAX_ANNOUNCEMENT_BYTES = 64 * 1024;
const MAX_CHANGES = 32;

const as2Types = { created: 'Create', updated: 'Update', withdrawn: 'Remove', deleted: 'Delete' } as const;
const kinds = new Map<string, ChangeKind>(
  Object.entries(as2Types).map(([kind, type]) => [type, kind as ChangeKind]),
);

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const schema = z.strictObject({
  '@context': z.tuple([
    z.literal('https://www.w3.org/ns/activitystreams'),
    z.literal('https://w3id.org/ngr'),
  ]),
  type: z.literal('OrderedCollectionPage'),
  attributedTo: z.string().max(500),
  head: z.strictObject({
    node: z.string(),
    name: z.string(),
    networks: z.array(z.string()).max(MAX_NETWORKS),
    seq: z.number(),
    live: z.number(),
    setDigest: z.string(),
    time: z.number(),
    signature: base64.max(100),
  }),
  after: seqSchema.or(z.literal(0)),
  orderedItems: z
    .array(
      z.strictObject({
        type: z.enum(Object.values(as2Types) as [string, ...string[]]),
        object: z.string().max(2_000),
        published: z.iso.datetime(),
        seq: seqSchema,
        digest: z.string().max(100),
        signature: base64.max(1_000),
        block: base64,
      }),
    )
    .max(MAX_CHANGES),
});

/**
 * The announcement as an ActivityStreams 2.0 page of activities (AS2 Vocabulary §3.1: Create, Update, Remove for a
 * withdrawal, Delete), in JSON. Each activity carries the fields of its signed entry and the block it speaks of.
 */
export function encodeAnnouncement({ head, after, changes }: Announcement): Uint8Array {
  const { base, signature, ...rest } = head;
  const page: z.infer<typeof schema> = {
    '@context': ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/ngr'],
    type: 'OrderedCollectionPage',
    attributedTo: base,
    head: { ...rest, networks: [...rest.networks], signature: toBase64(signature) },
    after,
    orderedItems: changes.map(({ entry, block }) => ({
      type: as2Types[entry.kind],
      object: entry.record,
      published: new Date(entry.time).toISOString(),
      seq: entry.seq,
      digest: entry.digest,
      signature: toBase64(entry.signature),
      block: toBase64(block),
    })),
  };
  return Buffer.from(JSON.stringify(page));
}

/**
 * The form is checked here, signatures are not.
 * @throws ProtocolError `HEADS_BAD_ANNOUNCEMENT` for what is too large, not JSON, or has not the form of one,
 *   `HEADS_BAD_HEAD` and `HEADS_BAD_ENTRY` for a head or an entry in it that is none
 */
export function decodeAnnouncement(bytes: Uint8Array): Announcement {
  if (bytes.length > MAX_ANNOUNCEMENT_BYTES) throw badAnnouncement(`has ${bytes.length} bytes`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
  } catch (cause) {
    throw badAnnouncement((cause as Error).message);
  }
  const result = schema.safeParse(value);
  if (!result.success) throw badAnnouncement(result.error.issues[0]?.message ?? 'unknown');
  const { attributedTo: base, head, after, orderedItems } = result.data;
  const { node, name, networks, seq, live, setDigest, time, signature } = head;
  return {
    head: headFromTuple([node, base, name, networks, seq, live, setDigest, time, fromBase64(signature)]),
    after,
    changes: orderedItems.map((item) => ({
      // The same bounds as over a stream, so that what comes by gossip can be passed on by streams.
      entry: entryFromTuple([
        node,
        item.seq,
        item.object,
        kinds.get(item.type),
        Date.parse(item.published),
        item.digest,
        fromBase64(item.signature),
      ]),
      block: fromBase64(item.block),
    })),
  };
}

/** Whether the changes are few and small enough to go with the head. */
export function fitsInline(changes: readonly { block: Uint8Array }[]): boolean {
  const ENTRY_BYTES = 900;
  const size = changes.reduce((sum, { block }) => sum + ENTRY_BYTES + Math.ceil(block.length / 3) * 4, 0);
  return changes.length <= MAX_CHANGES && size <= MAX_ANNOUNCEMENT_BYTES / 2;
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): Uint8Array => Buffer.from(text, 'base64');

function badAnnouncement(why: string): ProtocolError {
  return new ProtocolError('HEADS_BAD_ANNOUNCEMENT', `An announcement is refused: ${why}.`);
}
