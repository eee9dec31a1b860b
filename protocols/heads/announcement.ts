import { entryFromTuple, isSeq, isTextUpTo, type ChangeKind, type SignedEntry } from './entry.ts';
import { ProtocolError } from './errors.ts';
import { headFromTuple, type SignedHead } from './head.ts';

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

const TYPE = 'OrderedCollectionPage';
const CONTEXT = ['https://www.w3.org/ns/activitystreams', 'https://w3id.org/ngr'] as const;
const PAGE = ['@context', 'type', 'attributedTo', 'head', 'after', 'orderedItems'] as const;
const HEAD = ['node', 'name', 'networks', 'seq', 'live', 'setDigest', 'time', 'signature'] as const;
const ITEM = ['type', 'object', 'published', 'seq', 'digest', 'signature', 'block'] as const;
/** Of `published`: ISO 8601 with milliseconds, in UTC. */
const MAX_TIME_TEXT = 30;

/**
 * The announcement as an ActivityStreams 2.0 page of activities (AS2 Vocabulary §3.1: Create, Update, Remove for a
 * withdrawal, Delete), in JSON. Each activity carries the fields of its signed entry and the block it speaks of.
 */
export function encodeAnnouncement({ head, after, changes }: Announcement): Uint8Array {
  const { base, signature, ...rest } = head;
  const page: Record<(typeof PAGE)[number], unknown> = {
    '@context': CONTEXT,
    type: TYPE,
    attributedTo: base,
    head: { ...rest, signature: toBase64(signature) },
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
  const page = fieldsOf(value, PAGE);
  const { attributedTo: base, after, orderedItems } = page;
  if (!isContext(page['@context']) || page['type'] !== TYPE) throw badAnnouncement('it is of another type');
  if (after !== 0 && !isSeq(after)) throw badAnnouncement('it does not say where it begins');
  if (!Array.isArray(orderedItems) || orderedItems.length > MAX_CHANGES)
    throw badAnnouncement(`it has not a list of ${MAX_CHANGES} changes at the most`);
  const { node, name, networks, seq, live, setDigest, time, signature } = fieldsOf(page['head'], HEAD);
  const head = headFromTuple([node, base, name, networks, seq, live, setDigest, time, fromBase64(signature)]);
  return { head, after, changes: orderedItems.map((item) => changeFrom(item, head)) };
}

/** The same bounds as over a stream, so that what comes by gossip can be passed on by streams. */
function changeFrom(value: unknown, { node }: SignedHead): Announcement['changes'][number] {
  const { type, object, published, seq, digest, signature, block } = fieldsOf(value, ITEM);
  const kind = typeof type === 'string' ? kinds.get(type) : undefined;
  const tuple = [node, seq, object, kind, timeFrom(published), digest, fromBase64(signature)];
  return { entry: entryFromTuple(tuple), block: fromBase64(block) };
}

/** An object with these fields and no others: each message of a busy network comes by here. */
function fieldsOf<K extends string>(value: unknown, names: readonly K[]): Readonly<Record<K, unknown>> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== names.length)
    throw badAnnouncement(`not an object of ${names.join(', ')}`);
  for (const name of names) if (!Object.hasOwn(value, name)) throw badAnnouncement(`${name} is not there`);
  return value as Readonly<Record<K, unknown>>;
}

function isContext(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length === CONTEXT.length && CONTEXT.every((iri, i) => value[i] === iri)
  );
}

function timeFrom(text: unknown): number {
  const time = isTextUpTo(text, MAX_TIME_TEXT) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString() !== text)
    throw badAnnouncement('published is not a time');
  return time;
}

/** Whether the changes are few and small enough to go with the head. */
export function fitsInline(changes: readonly { block: Uint8Array }[]): boolean {
  const ENTRY_BYTES = 900;
  const size = changes.reduce((sum, { block }) => sum + ENTRY_BYTES + Math.ceil(block.length / 3) * 4, 0);
  return changes.length <= MAX_CHANGES && size <= MAX_ANNOUNCEMENT_BYTES / 2;
}

const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** Only as it is written: what decodes to other bytes than it shows is refused. */
function fromBase64(text: unknown): Uint8Array {
  if (typeof text !== 'string') throw badAnnouncement('bytes are missing');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw badAnnouncement('not base64');
  return bytes;
}

function badAnnouncement(why: string): ProtocolError {
  return new ProtocolError('HEADS_BAD_ANNOUNCEMENT', `An announcement is refused: ${why}.`);
}
