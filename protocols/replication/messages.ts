/**
 * What two nodes say to each other over `/ngr/replication/1.0.0`. One asks, the other answers, one after another, on a
 * stream that stays open; the next question may be sent before the answer is there. Each message is a DAG-CBOR array whose first item names it:
 *
 *     asks                                        answers
 *     ['heads', Head[]]                           ['heads', Head[]]            what is news of the feeds that are whole
 *     ['entries', node, after, upTo, limit]       ['page', Head, [Entry, block][], more] or ['absent']
 *     ['usage', held]                             ['usage', [node, mark][], more] …   until more is false
 *     ['summaries', node, [month, revision, mark][]]
 *                                                 ['summaries', bytes[], more] …      until more is false
 *     ['works', node, month, digest, page]        ['works', bytes[]] or ['absent']
 *                                                 ['error', code]              then the stream ends
 *
 * A page has the entries that stand behind `after` up to `upTo`, in feed order; `more` tells whether there are others in
 * that window behind the last one. So the windows of a feed can be had from several nodes side by side.
 *
 * `usage` asks whose usage summaries are held: `held` is the digest of the asker's own answer (sha-256 of its nodes and
 * marks, by node, hex), and who has the same answers nothing. A node's mark is the same where the same summaries of it are.
 * `summaries` asks for those of one node, but for those that the asker has, or has something newer than, by month.
 *
 * `works` asks for the works of a node and month by their digest (hex), from a page on; the answer has as many pages, in
 * order, as have room. A page without rows is there without bytes.
 *
 * `Head` and `Entry` are the tuples of `protocols/heads`, `block` the DAG-CBOR bytes that the entry's digest is of, a
 * summary and a page the bytes that `protocols/usage-summary` makes.
 */
import { z } from 'zod';
import { EncodedItem } from '../../vocab/canonical-cbor.ts';
import {
  entryFromTuple,
  entryToTuple,
  headFromTuple,
  headToTuple,
  type SignedEntry,
  type SignedHead,
} from '../heads/index.ts';
import { PAGES } from '../usage-summary/index.ts';
import { ReplicationError } from './errors.ts';
import { bytesSchema, checkedMessage, placeSchema } from './message-parts.ts';

export const REPLICATION_PROTOCOL = '/ngr/replication/1.0.0';

export const limits = {
  /** Heads in one message. */
  heads: 1_000,
  /** Entries in one page. */
  entries: 500,
  /** Bytes of entries with their blocks after which a page ends. */
  pageBytes: 1024 * 1024,
  /** Nodes whose usage summaries are told of in one message. */
  usageNodes: 2_000,
  /** Months of one node. */
  months: 600,
  /** Usage summaries in one message, of 16 KB at the most. */
  summaries: 100,
  /** Bytes of pages of works after which a message ends. */
  worksBytes: 512 * 1024,
} as const;

export type Request =
  | { type: 'heads'; heads: SignedHead[] }
  | { type: 'entries'; node: string; after: number; upTo: number; limit: number }
  | { type: 'usage'; held: string }
  | { type: 'summaries'; node: string; known: KnownSummary[] }
  | { type: 'works'; node: string; month: string; digest: string; page: number };

/** A summary that the asker has. */
export interface KnownSummary {
  month: string;
  revision: number;
  mark: string;
}

export interface EntryWithBlock {
  entry: SignedEntry;
  block: Uint8Array;
}

/** The same where it lies in the store (`page-item.ts`): it goes over the wire as it is. */
export interface EncodedEntryWithBlock {
  encoded: Uint8Array;
}

export type Response =
  | { type: 'heads'; heads: SignedHead[] }
  | {
      type: 'page';
      head: SignedHead;
      entries: readonly (EntryWithBlock | EncodedEntryWithBlock)[];
      more: boolean;
    }
  | { type: 'absent' }
  | { type: 'usage'; nodes: { node: string; mark: string }[]; more: boolean }
  | { type: 'summaries'; summaries: Uint8Array[]; more: boolean }
  | { type: 'works'; pages: Uint8Array[] }
  | { type: 'error'; code: string };

const nodeSchema = z.string().max(60);
const monthSchema = z.string().length('YYYY-MM'.length);
const markSchema = z.string().length(16);
const digestSchema = z.string().length(64);

const requestSchema = z.union([
  z.tuple([z.literal('heads'), z.array(z.unknown()).max(limits.heads)]),
  z.tuple([
    z.literal('entries'),
    nodeSchema,
    placeSchema,
    placeSchema,
    z.number().int().min(1).max(limits.entries),
  ]),
  z.tuple([z.literal('usage'), z.string().max(64)]),
  z.tuple([
    z.literal('summaries'),
    nodeSchema,
    z.array(z.tuple([monthSchema, placeSchema, markSchema])).max(limits.months),
  ]),
  z.tuple([
    z.literal('works'),
    nodeSchema,
    monthSchema,
    digestSchema,
    z
      .number()
      .int()
      .min(0)
      .max(PAGES - 1),
  ]),
]);

const responseSchema = z.union([
  z.tuple([z.literal('heads'), z.array(z.unknown()).max(limits.heads)]),
  z.tuple([
    z.literal('page'),
    z.unknown(),
    z.array(z.tuple([z.unknown(), bytesSchema])).max(limits.entries),
    z.boolean(),
  ]),
  z.tuple([z.literal('absent')]),
  z.tuple([
    z.literal('usage'),
    z.array(z.tuple([nodeSchema, markSchema])).max(limits.usageNodes),
    z.boolean(),
  ]),
  z.tuple([z.literal('summaries'), z.array(bytesSchema).max(limits.summaries), z.boolean()]),
  z.tuple([z.literal('works'), z.array(bytesSchema).min(1).max(PAGES)]),
  z.tuple([z.literal('error'), z.string().max(100)]),
]);

export function requestToWire(request: Request): unknown {
  switch (request.type) {
    case 'heads':
      return ['heads', request.heads.map(headToTuple)];
    case 'entries':
      return ['entries', request.node, request.after, request.upTo, request.limit];
    case 'usage':
      return ['usage', request.held];
    case 'summaries': {
      const known = request.known.map(({ month, revision, mark }) => [month, revision, mark]);
      return ['summaries', request.node, known];
    }
    case 'works':
      return ['works', request.node, request.month, request.digest, request.page];
  }
}

/** @throws ReplicationError `REPLICATION_BAD_MESSAGE` */
export function requestFromWire(value: unknown): Request {
  const message = checkedMessage(requestSchema, value, refused);
  switch (message[0]) {
    case 'heads':
      return { type: 'heads', heads: message[1].map(headFromTuple) };
    case 'entries':
      return { type: 'entries', node: message[1], after: message[2], upTo: message[3], limit: message[4] };
    case 'usage':
      return { type: 'usage', held: message[1] };
    case 'summaries': {
      const known = message[2].map(([month, revision, mark]) => ({ month, revision, mark }));
      return { type: 'summaries', node: message[1], known };
    }
    case 'works':
      return { type: 'works', node: message[1], month: message[2], digest: message[3], page: message[4] };
  }
}

export function responseToWire(response: Response): unknown {
  switch (response.type) {
    case 'heads':
      return ['heads', response.heads.map(headToTuple)];
    case 'page': {
      const entries = response.entries.map((one) =>
        'encoded' in one ? new EncodedItem(one.encoded) : [entryToTuple(one.entry), one.block],
      );
      return ['page', headToTuple(response.head), entries, response.more];
    }
    case 'absent':
      return ['absent'];
    case 'usage':
      return ['usage', response.nodes.map(({ node, mark }) => [node, mark]), response.more];
    case 'summaries':
      return ['summaries', response.summaries, response.more];
    case 'works':
      return ['works', response.pages];
    case 'error':
      return ['error', response.code];
  }
}

/** @throws ReplicationError `REPLICATION_BAD_MESSAGE` · ProtocolError for a head or an entry that is none */
export function responseFromWire(value: unknown): Response {
  const message = checkedMessage(responseSchema, value, refused);
  switch (message[0]) {
    case 'heads':
      return { type: 'heads', heads: message[1].map(headFromTuple) };
    case 'page': {
      const entries = message[2].map(([entry, block]) => ({ entry: entryFromTuple(entry), block }));
      return { type: 'page', head: headFromTuple(message[1]), entries, more: message[3] };
    }
    case 'absent':
      return { type: 'absent' };
    case 'usage': {
      const nodes = message[1].map(([node, mark]) => ({ node, mark }));
      return { type: 'usage', nodes, more: message[2] };
    }
    case 'summaries':
      return { type: 'summaries', summaries: message[1], more: message[2] };
    case 'works':
      return { type: 'works', pages: message[1] };
    case 'error':
      return { type: 'error', code: message[1] };
  }
}

function refused(problem: string | undefined): ReplicationError {
  return new ReplicationError('REPLICATION_BAD_MESSAGE', 'A message has not the form of the protocol.', {
    details: { problem },
  });
}

/** An answer that is well-formed, and none to what was asked. */
export function unexpected(answer: Response): ReplicationError {
  const what = answer.type === 'error' ? `the error ${answer.code}` : `a message '${answer.type}'`;
  return new ReplicationError('REPLICATION_UNEXPECTED', `The answer was ${what}.`);
}
