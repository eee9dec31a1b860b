import { w3cDatetime, type Entry, type Link, type Metadata } from '../../../protocols/resourcesync/index.ts';
import { contextUrl } from '../../../vocab/context.ts';
import { keyOfIri } from '../../../vocab/record-key.ts';
import type { OpenFile, PlacedRow, Row } from './layout.ts';
import { listed } from './row.ts';

/** What a record is at its address for who does not ask for another format. */
const RECORD_TYPE = 'application/ld+json';

/** Where a record lies in a package. */
export function memberName({ record }: Pick<Row, 'record'>): string {
  return `records/${keyOfIri(record) ?? ''}.jsonld`;
}

/** Turns rows into the entries of documents. */
export class EntryWriter {
  readonly #collection: Link;
  readonly #profile: Link;

  readonly #hasMore: (key: string) => boolean;

  /**
   * @param base of the node
   * @param hasMore whether a record's address may answer more than the record, what others announced of it: its hash and
   *   length are left out then
   */
  constructor(base: string, hasMore: (key: string) => boolean = () => false) {
    this.#hasMore = hasMore;
    this.#collection = { rel: 'collection', href: `${base}/records` };
    this.#profile = { rel: 'profile', href: contextUrl(base) };
  }

  /** A record that stands, and its open files whose bytes are known (section 14.5). */
  resources(row: Row): Entry[] {
    if (row.content === undefined) return [];
    const record: Entry = {
      loc: row.record,
      lastmod: w3cDatetime(row.time),
      metadata: this.#metadata(row, {}),
      links: this.#links(row),
    };
    return [record, ...listed(row.files).map((file) => fileEntry(row, file, {}))];
  }

  /** A change of a record, and those of its files that it brought (section 12.1). */
  changes(row: Row): Entry[] {
    const datetime = w3cDatetime(row.time);
    const files = listed(row.files).flatMap((file) =>
      file.change === undefined ? [] : [fileEntry(row, file, { change: file.change, datetime })],
    );
    const gone = row.gone.map((loc): Entry => ({
      loc,
      metadata: { change: 'deleted', datetime },
      links: [{ rel: 'describedby', href: row.record }],
    }));
    return [this.#change(row, {}), ...files, ...gone];
  }

  /** A member of a package of resources (section 11.2); of what is gone, that it is. */
  member(row: PlacedRow): Entry {
    if (row.content === undefined) return this.#change(row, {});
    return {
      loc: row.record,
      lastmod: w3cDatetime(row.time),
      metadata: contentMetadata(row, pathOf(row)),
      links: this.#links(row),
    };
  }

  /** A member of a package of changes (section 13.2). */
  changedMember(row: PlacedRow): Entry {
    return this.#change(row, row.content === undefined ? {} : pathOf(row));
  }

  #change(row: Row, path: { path?: string }): Entry {
    const told: Metadata = { change: row.change, datetime: w3cDatetime(row.time) };
    if (row.content === undefined) return { loc: row.record, metadata: told };
    return {
      loc: row.record,
      lastmod: w3cDatetime(row.time),
      metadata:
        path.path === undefined ? this.#metadata(row, told) : contentMetadata(row, { ...told, ...path }),
      links: this.#links(row),
    };
  }

  /** Of what is at the record's address; what lies in a package is the record alone. */
  #metadata(row: Row, told: Metadata): Metadata {
    if (!this.#hasMore(keyOfIri(row.record) ?? '')) return contentMetadata(row, told);
    return { ...told, type: RECORD_TYPE };
  }

  #links(row: Row): Link[] {
    return [
      ...row.files.map((file): Link => ({ rel: 'describes', href: file.url, ...representationOf(file) })),
      { rel: 'canonical', href: row.record },
      this.#collection,
      this.#profile,
    ];
  }
}

function contentMetadata({ content }: Row, told: Metadata = {}): Metadata {
  if (content === undefined) return told;
  return {
    ...told,
    hash: { 'sha-256': hexadecimal(content.sha256) },
    length: content.length,
    type: RECORD_TYPE,
  };
}

function fileEntry({ record }: Row, file: OpenFile, change: Metadata): Entry {
  return {
    loc: file.url,
    lastmod: w3cDatetime(file.time),
    metadata: { ...change, ...representationOf(file) },
    links: [{ rel: 'describedby', href: record, type: RECORD_TYPE }],
  };
}

function representationOf({ type, length, sha256 }: OpenFile): Metadata {
  return {
    ...(type !== undefined && { type }),
    ...(length !== undefined && { length }),
    ...(sha256 !== undefined && { hash: { 'sha-256': hexadecimal(sha256) } }),
  };
}

const pathOf = (row: Row): { path: string } => ({ path: `/${memberName(row)}` });

const hexadecimal = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
