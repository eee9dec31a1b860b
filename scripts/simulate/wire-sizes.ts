import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RPC } from '@libp2p/gossipsub/message';
import { Catalogue, type ReceivedEntry } from '../../node/catalogue/index.ts';
import type { Clock } from '../../node/clock.ts';
import { MESSAGE_ID_BYTES } from '../../node/federation/index.ts';
import { openStore } from '../../node/store/index.ts';
import {
  encodeAnnouncement,
  entryToTuple,
  fitsInline,
  headToTuple,
  nodeIdOfPublicKey,
  type SignedHead,
  type Signer,
} from '../../protocols/heads/index.ts';
import { encodeFrame, limits } from '../../protocols/replication/index.ts';
import { harvestedRecord } from '../bench/filling.ts';
import { benchRecords } from '../bench/records.ts';
import { seededRandom } from '../random.ts';

/** Bytes on a connection, as the node's own encoders and gossipsub's make them, in the transport's packing. */
export interface WireSizes {
  /** What each message takes for the way, besides itself: one that goes with another in a bundle does without. */
  packing: number;
  /** A gossip message of so many changes; without changes where they do not fit. */
  announcement(changes: number): { bytes: number; isInline: boolean };
  /** Of ids of messages, in one IHAVE, and what an id more costs. */
  ihave: { first: number; more: number };
  iwant: number;
  idontwant: number;
  /** A message of so many heads. */
  heads(count: number): number;
  entriesRequest: number;
  /** A page of so many entries. */
  page(entries: number): number;
}

const COUNTS = [0, 1, 2, 4, 8, 16, 32, 64, 125, 250, 500, 1_000] as const;
const SEED = 7;
/** Noise: length and tag; yamux: a header; both a message, as long as it is below 64 kB. */
const PACKING = 2 + 16 + 12;
const NOISE_MESSAGE = 65_519;

/** What a message takes on a TCP connection, its varint length, yamux and Noise included. */
export function packed(bytes: number): number {
  const length = bytes < 128 ? 1 : bytes < 16_384 ? 2 : 3;
  return bytes + length + Math.ceil((bytes + length) / NOISE_MESSAGE) * PACKING;
}

/** Measures what the encoders make of real records, in a real catalogue. */
export async function measureWireSizes(): Promise<WireSizes> {
  const directory = await mkdtemp(join(tmpdir(), 'ngr-simulate-'));
  const store = await openStore(directory);
  const clock = steppingClock();
  const catalogue = await Catalogue.open({
    section: store.section('catalogue'),
    signer: seededSigner(SEED),
    base: 'https://repository.university.example',
    name: 'University of Example, Institutional Repository',
    networks: ['region'],
    clock,
  });
  try {
    const records: ReturnType<typeof harvestedRecord>[] = [];
    for await (const record of benchRecords()) {
      if (records.push(harvestedRecord(record)) === limits.entries) break;
    }
    // As a harvest brings them: a hundred a page of the source, signed together.
    for (let at = 0; at < records.length; at += 100)
      await catalogue.put(records.slice(at, at + 100).map((record) => ({ type: 'put', record })));
    const page = await catalogue.feeds.page(catalogue.node, 0, {
      entries: limits.entries,
      bytes: limits.pageBytes * 16,
    });
    if (page === undefined) throw new Error('the own feed is whole');
    return await measured(page.head, page.entries);
  } finally {
    await catalogue.close();
    await store.close();
    await rm(directory, { recursive: true, force: true });
  }
}

async function measured(head: SignedHead, entries: readonly ReceivedEntry[]): Promise<WireSizes> {
  const gossip = (data: Uint8Array): number =>
    packed(RPC.encode({ subscriptions: [], messages: [message(data)] }).length);
  const inline: number[] = [];
  for (let count = 0; count <= entries.length && fitsInline(entries.slice(0, count)); count++)
    inline.push(gossip(encodeAnnouncement({ head, after: 0, changes: entries.slice(0, count) })));
  const withoutChanges = inline[0] ?? 0;

  const heads = await measuredAt(async (count) =>
    packed((await encodeFrame(['heads', someHeads(count)])).length),
  );
  const page = await measuredAt(async (count) => {
    const content = entries.slice(0, count).map(({ entry, block }) => [entryToTuple(entry), block]);
    return packed((await encodeFrame(['page', headToTuple(head), content, false])).length);
  });
  const question = ['entries', head.node, 1_000_000, 1_000_100, limits.entries];
  const ids = (count: number): Uint8Array[] =>
    Array.from({ length: count }, () => new Uint8Array(MESSAGE_ID_BYTES));
  const control = (parts: Parameters<typeof RPC.encode>[0]): number => packed(RPC.encode(parts).length);
  const ihave = (count: number): number =>
    control({
      subscriptions: [],
      messages: [],
      control: {
        ihave: [{ topicID: TOPIC, messageIDs: ids(count) }],
        iwant: [],
        graft: [],
        prune: [],
        idontwant: [],
      },
    });
  return {
    packing: PACKING,
    announcement: (changes) => {
      const bytes = inline[changes];
      return bytes === undefined ? { bytes: withoutChanges, isInline: false } : { bytes, isInline: true };
    },
    ihave: { first: ihave(1), more: ihave(2) - ihave(1) },
    iwant: control({
      subscriptions: [],
      messages: [],
      control: { ihave: [], iwant: [{ messageIDs: ids(1) }], graft: [], prune: [], idontwant: [] },
    }),
    idontwant: control({
      subscriptions: [],
      messages: [],
      control: { ihave: [], iwant: [], graft: [], prune: [], idontwant: [{ messageIDs: ids(1) }] },
    }),
    heads,
    entriesRequest: packed((await encodeFrame(question)).length),
    page,
  };
}

const TOPIC = '/ngr/1/heads/region';

function message(data: Uint8Array): NonNullable<Parameters<typeof RPC.encode>[0]['messages']>[number] {
  return {
    from: new Uint8Array(38),
    data,
    seqno: new Uint8Array(8),
    topic: TOPIC,
    signature: new Uint8Array(64),
  };
}

/** Sizes at some counts; between them in a straight line. */
async function measuredAt(size: (count: number) => Promise<number>): Promise<(count: number) => number> {
  const sizes: number[] = [];
  for (const count of COUNTS) sizes.push(await size(count));
  return (count) => {
    const above = Math.max(
      1,
      COUNTS.findIndex((at) => at >= count),
    );
    const [left = 0, right = 1] = COUNTS.slice(above - 1, above + 1);
    const [least = 0, most = 0] = sizes.slice(above - 1, above + 1);
    return least + ((most - least) * (count - left)) / (right - left);
  };
}

/** Heads of so many institutions: what differs between nodes differs here, or a frame would pack too well. */
function someHeads(count: number): unknown[] {
  const random = seededRandom(SEED);
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => random.uniform() * 256);
  return Array.from({ length: count }, (_, i) => {
    const name = Buffer.from(bytes(6)).toString('hex');
    return headToTuple({
      node: nodeIdOfPublicKey(bytes(32)),
      base: `https://repository.${name}.example`,
      name: `University of ${name}, Institutional Repository`,
      networks: ['region'],
      seq: 1_000 + i * 37,
      live: 1_000 + i * 31,
      setDigest: Buffer.from(bytes(32)).toString('hex'),
      time: 1_790_000_000_000 + random.integer(1e8),
      signature: bytes(64),
    });
  });
}

/** Always the same key, so that the same bytes are packed in every run. */
function seededSigner(seed: number): Signer {
  const secret = createHash('sha256').update(`simulate ${seed}`).digest();
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { node: nodeIdOfPublicKey(rawPublic(key)), sign: (bytes) => sign(null, bytes, key) };
}

function rawPublic(key: KeyObject): Uint8Array {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
}

function steppingClock(): Clock {
  let now = Date.UTC(2026, 0, 1);
  const later = (): number => (now += 10);
  return { now: later, steady: later, sleep: () => Promise.resolve() };
}
