/**
 * What two nodes say to each other over `/ngr/lookup/1.0.0`: one asks for the other's own records without following its
 * feed. Frames are those of `protocols/replication`; each message is a DAG-CBOR array whose first item names it, one
 * question at a time on a stream:
 *
 *     asks                              answers
 *     ['filter']                        ['filter', Manifest] or ['absent']
 *     ['segments', version, number[]]   ['segments', bytes[]]   the first ones of those, as many as fit;
 *                                       ['absent'] where the filter has another version by now
 *     ['records', keys]                 ['records', Head, [Entry, block][]]   what stands under any of the keys
 *     ['current', [record, seq][]]      ['records', Head, [Entry, block][]]   the latest word on the records, as far as
 *                                       it is newer than `seq`
 *                                       ['busy']  to be asked again later
 *                                       ['error', code]  then the stream ends
 *
 * `keys` are work keys (`protocols/holdings-filter`), 8 bytes each: hashes of a record's identifiers and titles. Nothing
 * else is ever said of what is looked for. Answers hold the answering node's own records only.
 */
import { z } from 'zod';
import { isRecordKey } from '../../vocab/record-key.ts';
import { entryFromTuple, entryToTuple, headFromTuple, headToTuple, type SignedHead } from '../heads/index.ts';
import {
  manifestFromTuple,
  manifestToTuple,
  MAX_SEGMENT_BITS,
  MAX_SEGMENT_BYTES,
  packWorkKeys,
  unpackWorkKeys,
  type SignedManifest,
  type WorkKey,
} from '../holdings-filter/index.ts';
import { bytesSchema, checkedMessage, placeSchema, type EntryWithBlock } from '../replication/index.ts';
import { LookupError } from './errors.ts';

export const LOOKUP_PROTOCOL = '/ngr/lookup/1.0.0';

export const limits = {
  /** Segments in one question. */
  segments: 256,
  /** Bytes of segments or of blocks after which an answer ends, one larger one alone aside. */
  answerBytes: 1024 * 1024,
  /** Work keys in one question. */
  keys: 256,
  /** Records under one key: more are no copies of a work. */
  recordsAKey: 16,
  /** Records in one answer, and in one question for their latest word. */
  records: 256,
} as const;

/** A record that is known, and up to which place. */
export interface KnownRecord {
  key: string;
  seq: number;
}

export type LookupRequest =
  | { type: 'filter' }
  | { type: 'segments'; version: string; segments: readonly number[] }
  | { type: 'records'; keys: readonly WorkKey[] }
  | { type: 'current'; records: readonly KnownRecord[] };

export type LookupResponse =
  | { type: 'filter'; manifest: SignedManifest }
  | { type: 'segments'; segments: readonly Uint8Array[] }
  | { type: 'records'; head: SignedHead; records: readonly EntryWithBlock[] }
  | { type: 'absent' }
  | { type: 'busy' }
  | { type: 'error'; code: string };

const requestSchema = z.union([
  z.tuple([z.literal('filter')]),
  z.tuple([
    z.literal('segments'),
    z.string().regex(/^[0-9a-f]{32}$/),
    z
      .array(
        z
          .number()
          .int()
          .nonnegative()
          .max(2 ** MAX_SEGMENT_BITS - 1),
      )
      .min(1)
      .max(limits.segments),
  ]),
  z.tuple([
    z.literal('records'),
    bytesSchema.refine(
      ({ length }) => length > 0 && length % 8 === 0 && length <= limits.keys * 8,
      'not keys',
    ),
  ]),
  z.tuple([
    z.literal('current'),
    z
      .array(z.tuple([z.string().refine(isRecordKey, 'not the key of a record'), placeSchema]))
      .min(1)
      .max(limits.records),
  ]),
]);

const responseSchema = z.union([
  z.tuple([z.literal('filter'), z.unknown()]),
  z.tuple([
    z.literal('segments'),
    z
      .array(bytesSchema.refine(({ length }) => length <= MAX_SEGMENT_BYTES, 'too many bytes'))
      .min(1)
      .max(limits.segments),
  ]),
  z.tuple([
    z.literal('records'),
    z.unknown(),
    z.array(z.tuple([z.unknown(), bytesSchema])).max(limits.records),
  ]),
  z.tuple([z.literal('absent')]),
  z.tuple([z.literal('busy')]),
  z.tuple([z.literal('error'), z.string().max(100)]),
]);

export function requestToWire(request: LookupRequest): unknown {
  switch (request.type) {
    case 'filter':
      return ['filter'];
    case 'segments':
      return ['segments', request.version, [...request.segments]];
    case 'records':
      return ['records', packWorkKeys(request.keys)];
    case 'current':
      return ['current', request.records.map(({ key, seq }) => [key, seq])];
  }
}

/** @throws LookupError `LOOKUP_BAD_MESSAGE` */
export function requestFromWire(value: unknown): LookupRequest {
  const message = checkedMessage(requestSchema, value, refused);
  switch (message[0]) {
    case 'filter':
      return { type: 'filter' };
    case 'segments':
      return { type: 'segments', version: message[1], segments: message[2] };
    case 'records':
      return { type: 'records', keys: unpackWorkKeys(message[1]) };
    case 'current':
      return { type: 'current', records: message[1].map(([key, seq]) => ({ key, seq })) };
  }
}

export function responseToWire(response: LookupResponse): unknown {
  switch (response.type) {
    case 'filter':
      return ['filter', manifestToTuple(response.manifest)];
    case 'segments':
      return ['segments', [...response.segments]];
    case 'records': {
      const records = response.records.map(({ entry, block }) => [entryToTuple(entry), block]);
      return ['records', headToTuple(response.head), records];
    }
    case 'absent':
      return ['absent'];
    case 'busy':
      return ['busy'];
    case 'error':
      return ['error', response.code];
  }
}

/** @throws LookupError `LOOKUP_BAD_MESSAGE` · ProtocolError or FilterError for a head, an entry or a manifest that is none */
export function responseFromWire(value: unknown): LookupResponse {
  const message = checkedMessage(responseSchema, value, refused);
  switch (message[0]) {
    case 'filter':
      return { type: 'filter', manifest: manifestFromTuple(message[1]) };
    case 'segments':
      return { type: 'segments', segments: message[1] };
    case 'records': {
      const records = message[2].map(([entry, block]) => ({ entry: entryFromTuple(entry), block }));
      return { type: 'records', head: headFromTuple(message[1]), records };
    }
    case 'absent':
      return { type: 'absent' };
    case 'busy':
      return { type: 'busy' };
    case 'error':
      return { type: 'error', code: message[1] };
  }
}

function refused(problem: string | undefined): LookupError {
  return new LookupError('LOOKUP_BAD_MESSAGE', 'A message is not one of the lookup protocol.', {
    details: { problem },
  });
}
