/**
 * What two nodes say to each other over `/ngr/replication/1.0.0`. One asks, the other answers, one after another, on a
 * stream that stays open; the next question may be sent before the answer is there. Each message is a DAG-CBOR array whose first item names it:
 *
 *     asks                                        answers
 *     ['heads', Head[]]                           ['heads', Head[]]            what is news of the feeds that are whole
 *     ['entries', node, after, upTo, limit]       ['page', Head, [Entry, block][], more] or ['absent']
 *     ['summaries', held]                         ['summaries', bytes[], more] …  until more is false
 *                                                 ['error', code]              then the stream ends
 *
 * A page has the entries that stand behind `after` up to `upTo`, in feed order; `more` tells whether there are others in
 * that window behind the last one. So the windows of a feed can be had from several nodes side by side.
 *
 * `held` is the digest of all summaries that the asker holds (sha-256 of their bytes in the order of node and month, hex): who
 * holds the same ones has none to tell.
 *
 * `Head` and `Entry` are the tuples of `protocols/heads`, `block` the DAG-CBOR bytes that the entry's digest is of, a
 * summary the bytes that `protocols/usage-summary` makes.
 */
import { z } from 'zod';
import {
  entryFromTuple,
  entryToTuple,
  headFromTuple,
  headToTuple,
  type SignedEntry,
  type SignedHead,
} from '../heads/index.ts';
import { ReplicationError } from './errors.ts';
import { bytesSchema, checkedMessage, placeSchema } from './message-parts.ts';

export const REPLICATION_PROTOCOL = '/ngr/replication/1.0.0';

export const limits = {
  /** Heads in one message. */
  heads: 1_000,
  /** Entries in one page. */
  entries: 500,
  /** Bytes of blocks after which a page ends. */
  pageBytes: 1024 * 1024,
  /** Usage summaries in one message. */
  summaries: 1_000,
} as const;

export type Request =
  | { type: 'heads'; heads: SignedHead[] }
  | { type: 'entries'; node: string; after: number; upTo: number; limit: number }
  | { type: 'summaries'; held: string };

export interface EntryWithBlock {
  entry: SignedEntry;
  block: Uint8Array;
}

export type Response =
  | { type: 'heads'; heads: SignedHead[] }
  | { type: 'page'; head: SignedHead; entries: EntryWithBlock[]; more: boolean }
  | { type: 'absent' }
  | { type: 'summaries'; summaries: Uint8Array[]; more: boolean }
  | { type: 'error'; code: string };

const requestSchema = z.union([
  z.tuple([z.literal('heads'), z.array(z.unknown()).max(limits.heads)]),
  z.tuple([
    z.literal('entries'),
    z.string().max(60),
    placeSchema,
    placeSchema,
    z.number().int().min(1).max(limits.entries),
  ]),
  z.tuple([z.literal('summaries'), z.string().max(64)]),
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
  z.tuple([z.literal('summaries'), z.array(bytesSchema).max(limits.summaries), z.boolean()]),
  z.tuple([z.literal('error'), z.string().max(100)]),
]);

export function requestToWire(request: Request): unknown {
  switch (request.type) {
    case 'heads':
      return ['heads', request.heads.map(headToTuple)];
    case 'entries':
      return ['entries', request.node, request.after, request.upTo, request.limit];
    case 'summaries':
      return ['summaries', request.held];
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
    case 'summaries':
      return { type: 'summaries', held: message[1] };
  }
}

export function responseToWire(response: Response): unknown {
  switch (response.type) {
    case 'heads':
      return ['heads', response.heads.map(headToTuple)];
    case 'page': {
      const entries = response.entries.map(({ entry, block }) => [entryToTuple(entry), block]);
      return ['page', headToTuple(response.head), entries, response.more];
    }
    case 'absent':
      return ['absent'];
    case 'summaries':
      return ['summaries', response.summaries, response.more];
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
    case 'summaries':
      return { type: 'summaries', summaries: message[1], more: message[2] };
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
