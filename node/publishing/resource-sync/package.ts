import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';
import {
  directoryEnd,
  directoryEntry,
  directoryEntryLength,
  memberHeader,
  memberLength,
  streamDocument,
  zipLength,
  type DocumentHead,
  type Entry,
  type ZipMember,
} from '../../../protocols/resourcesync/index.ts';
import { memberName } from './entries.ts';
import type { PlacedRow } from './layout.ts';
import type { PublishedResources, Snapshot } from './published-resources.ts';

const MANIFEST = 'manifest.xml';
/** Before any time that ZIP can tell, so that the manifest's bytes follow from what is in the package. */
const NO_TIME = 0;
const MEMBERS_AT_ONCE = 64;

interface Member extends ZipMember {
  place: number;
}

export interface PackageOptions {
  resources: PublishedResources;
  head: DocumentHead;
  /** All of one snapshot; each record once. */
  rows: (snapshot: Snapshot) => AsyncIterable<readonly PlacedRow[]>;
  entryOf: (row: PlacedRow) => Entry;
  /** Entries behind those of the rows. */
  others?: readonly Entry[];
}

/**
 * A package of a dump: a ZIP file with a manifest (sections 11.2 and 13.2), of one moment. It is written as it is read,
 * from any byte on; the same state gives the same bytes. For the caller to close.
 */
export class ResourcePackage {
  /** Bytes. */
  readonly length: number;
  /** What identifies its bytes. */
  readonly identity: string;
  readonly #resources: PublishedResources;
  readonly #snapshot: Snapshot;
  readonly #manifest: Manifest;
  readonly #members: readonly Member[];

  private constructor(options: {
    resources: PublishedResources;
    snapshot: Snapshot;
    manifest: Manifest;
    members: readonly Member[];
  }) {
    const { resources, snapshot, manifest, members } = options;
    this.#resources = resources;
    this.#snapshot = snapshot;
    this.#manifest = manifest;
    this.#members = members;
    this.length = zipLength([manifest.member, ...members]);
    this.identity = `${manifest.sha256} ${this.length}`;
  }

  static async open({
    resources,
    head,
    rows,
    entryOf,
    others = [],
  }: PackageOptions): Promise<ResourcePackage> {
    const snapshot = resources.snapshot();
    try {
      const members: Member[] = [];
      const entries = async function* (): AsyncGenerator<Entry[]> {
        for await (const some of rows(snapshot)) {
          for (const row of some) {
            if (row.content !== undefined) members.push(memberOf(row, row.content));
          }
          yield some.map(entryOf);
        }
        yield [...others];
      };
      const manifest = await manifestOf(streamDocument(head, entries()));
      return new ResourcePackage({ resources, snapshot, manifest, members });
    } catch (error) {
      await snapshot.close();
      throw error;
    }
  }

  /** The bytes from `start` up to, but not with, `end`. */
  async *bytes(start = 0, end = this.length): AsyncGenerator<Uint8Array> {
    let at = 0;
    for (const { length, read } of this.#pieces()) {
      const from = at;
      at += length;
      if (at <= start) continue;
      if (from >= end) return;
      const bytes = await read();
      yield bytes.subarray(Math.max(0, start - from), Math.min(length, end - from));
    }
  }

  async close(): Promise<void> {
    await this.#snapshot.close();
  }

  /** The whole in pieces whose length is known before they are read. */
  *#pieces(): Generator<{ length: number; read: () => Promise<Buffer> | Buffer }> {
    const { member, packed } = this.#manifest;
    yield { length: memberLength(member), read: () => Buffer.concat([memberHeader(member), packed]) };
    for (const group of groups(this.#members)) {
      const length = group.reduce((sum, one) => sum + memberLength(one), 0);
      yield { length, read: () => this.#contents(group) };
    }
    let offset = 0;
    let directory = 0;
    for (const group of groups<ZipMember>([member, ...this.#members])) {
      const first = offset;
      for (const one of group) offset += memberLength(one);
      const length = group.reduce((sum, one) => sum + directoryEntryLength(one), 0);
      directory += length;
      yield { length, read: () => directoryOf(group, first) };
    }
    const end = directoryEnd({ members: this.#members.length + 1, length: directory, offset });
    yield { length: end.length, read: () => end };
  }

  async #contents(group: readonly Member[]): Promise<Buffer> {
    const contents = await this.#resources.contents(
      group.map(({ place }) => place),
      this.#snapshot,
    );
    return Buffer.concat(
      group.flatMap((member, i) => {
        const content = contents[i];
        if (content?.length !== member.packed)
          throw new RangeError(`${member.name} is not what was told of it`);
        return [memberHeader(member), content];
      }),
    );
  }
}

interface Manifest {
  member: ZipMember;
  packed: Buffer;
  /** Of its deflated bytes. */
  sha256: string;
}

async function manifestOf(text: AsyncIterable<string>): Promise<Manifest> {
  let length = 0;
  let check = 0;
  const counted = async function* (): AsyncGenerator<Buffer> {
    for await (const piece of text) {
      const bytes = Buffer.from(piece);
      length += bytes.length;
      check = crc32(bytes, check);
      yield bytes;
    }
  };
  const chunks: Buffer[] = [];
  const deflated = Readable.from(counted()).compose(createDeflateRaw());
  for await (const chunk of deflated as AsyncIterable<Buffer>) chunks.push(chunk);
  const packed = Buffer.concat(chunks);
  return {
    member: { name: MANIFEST, crc32: check, length, packed: packed.length, time: NO_TIME },
    packed,
    sha256: createHash('sha256').update(packed).digest('hex'),
  };
}

function memberOf(
  row: PlacedRow,
  { crc32: check, length, packed }: NonNullable<PlacedRow['content']>,
): Member {
  return { name: memberName(row), crc32: check, length, packed, time: row.time, place: row.place };
}

function directoryOf(group: readonly ZipMember[], first: number): Buffer {
  let offset = first;
  return Buffer.concat(
    group.map((member) => {
      const entry = directoryEntry(member, offset);
      offset += memberLength(member);
      return entry;
    }),
  );
}

function* groups<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < items.length; at += MEMBERS_AT_ONCE) yield items.slice(at, at + MEMBERS_AT_ONCE);
}
