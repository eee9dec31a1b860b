import { Readable } from 'node:stream';
import { callbackify } from 'node:util';
import { crc32, inflateRawSync } from 'node:zlib';
import { type Entry as Member, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { Capability, Entry, Representation } from './documents.ts';
import { ResourceSyncError } from './errors.ts';
import { Fixity } from './fixity.ts';
import { unpacked } from './inflate.ts';
import { type DocumentLimits, StoredDocument } from './stored-document.ts';
import type { TemporaryFile } from './temporary-file.ts';

const MANIFEST = 'manifest.xml';
const MOST_MEMBERS = 200_000;
/** Bytes that a package may be unpacked to in all, for each byte of its own; members may lie over one another. */
const MOST_EXPANSION = 200;

export interface PackageLimits {
  /** Of the manifest. */
  document: DocumentLimits;
  /** Bytes of a member, unpacked. */
  memberBytes: number;
}

/**
 * A package of a Resource Dump or Change Dump: a ZIP file whose `manifest.xml` tells what each member is (sections 11.2
 * and 13.2). Nothing is unpacked to disk; members are read one by one, as they are asked for.
 */
export class Package {
  readonly url: string;
  readonly manifest: StoredDocument;
  readonly #zip: ZipFile;
  readonly #file: TemporaryFile;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #limits: PackageLimits;
  #budget: number;

  private constructor(parts: Omit<Opened, 'capability'> & { manifest: StoredDocument }) {
    this.url = parts.url;
    this.manifest = parts.manifest;
    this.#zip = parts.zip;
    this.#file = parts.file;
    this.#members = parts.members;
    this.#limits = parts.limits;
    this.#budget = 1024 ** 3 + MOST_EXPANSION * parts.file.bytes;
  }

  /**
   * @param options.file becomes the package's own; it is closed with it, or here where it cannot be opened
   * @param options.capability of the manifest that is expected
   * @throws ResourceSyncError `RESOURCESYNC_BAD_PACKAGE`, `RESOURCESYNC_BAD_MANIFEST`, `RESOURCESYNC_BAD_PATH`
   */
  static async open(options: {
    url: string;
    file: TemporaryFile;
    capability: Capability;
    limits: PackageLimits;
  }): Promise<Package> {
    const { url, file, limits } = options;
    let zip: ZipFile | undefined;
    try {
      zip = await fromRandomAccessReaderPromise(new FileReader(file), file.bytes, { autoClose: false });
      const members = await membersOf(zip, url);
      const opened = { url, file, zip, members, limits };
      return new Package({
        ...opened,
        manifest: await manifestOf({ ...opened, capability: options.capability }),
      });
    } catch (error) {
      zip?.close();
      await file.close();
      throw error instanceof ResourceSyncError ? error : badPackage(url, error);
    }
  }

  /**
   * The bytes of what an entry of the manifest tells of, held against its length and digests.
   *
   * @param told what a list tells of the same resource; they are held against that, too
   * @throws ResourceSyncError `RESOURCESYNC_MEMBER_MISSING`, `RESOURCESYNC_BAD_MEMBER`, `RESOURCESYNC_BAD_PATH`,
   *   `RESOURCESYNC_TOO_LARGE`, `RESOURCESYNC_WRONG_HASH`, `RESOURCESYNC_WRONG_LENGTH`
   */
  async read({ loc, metadata = {} }: Entry, told?: Representation): Promise<Uint8Array> {
    const path = pathOf(metadata.path, this.url);
    const member = this.#members.get(path);
    if (member === undefined) {
      throw new ResourceSyncError(
        'RESOURCESYNC_MEMBER_MISSING',
        `${this.url} has no member ${path}, for ${loc}.`,
      );
    }
    const url = `${this.url} ${path}`;
    const maxBytes = this.#limits.memberBytes;
    const { compressedSize, uncompressedSize } = member;
    if (Math.max(compressedSize, uncompressedSize) > maxBytes) {
      throw new ResourceSyncError('RESOURCESYNC_TOO_LARGE', `${url} has ${uncompressedSize} bytes.`);
    }
    this.#budget -= uncompressedSize;
    if (this.#budget < 0) {
      throw new ResourceSyncError(
        'RESOURCESYNC_TOO_LARGE',
        `${this.url} unpacks to more than any dump holds.`,
      );
    }
    const bytes = await contentOf(this.#zip, member, { file: this.#file, url });
    for (const one of told === undefined ? [metadata] : [metadata, told]) {
      const fixity = new Fixity(one);
      fixity.add(bytes);
      fixity.check(url);
    }
    return await unpacked(bytes, { url, maxBytes });
  }

  async close(): Promise<void> {
    this.#zip.close();
    await this.#file.close();
  }
}

interface Opened {
  url: string;
  file: TemporaryFile;
  zip: ZipFile;
  members: ReadonlyMap<string, Member>;
  limits: PackageLimits;
  capability: Capability;
}

async function membersOf(zip: ZipFile, url: string): Promise<Map<string, Member>> {
  const members = new Map<string, Member>();
  if (zip.entryCount > MOST_MEMBERS) {
    throw new ResourceSyncError('RESOURCESYNC_BAD_PACKAGE', `${url} has more than ${MOST_MEMBERS} members.`);
  }
  for await (const member of zip.eachEntry()) {
    const { fileName } = member;
    if (fileName.endsWith('/') || members.has(fileName)) continue;
    // They are not needed, and there may be many.
    Object.assign(member, {
      fileNameRaw: nothing,
      extraFieldRaw: nothing,
      fileCommentRaw: nothing,
      extraFields: [],
    });
    members.set(fileName, member);
  }
  return members;
}

const nothing = Buffer.alloc(0);

async function manifestOf({ url, zip, members, limits, capability }: Opened): Promise<StoredDocument> {
  const member = members.get(MANIFEST);
  if (member === undefined) {
    throw new ResourceSyncError('RESOURCESYNC_BAD_MANIFEST', `${url} has no ${MANIFEST} at its top.`);
  }
  const manifest = await StoredDocument.open({
    url,
    bytes: () => streamOf(zip, member, url),
    close: () => Promise.resolve(),
    limits: limits.document,
  }).catch((error: unknown) => {
    if (!(error instanceof ResourceSyncError) || error.code === 'RESOURCESYNC_BAD_MEMBER') throw error;
    throw new ResourceSyncError('RESOURCESYNC_BAD_MANIFEST', `The ${MANIFEST} of ${url}: ${error.message}`, {
      cause: error,
    });
  });
  const found = manifest.head.metadata.capability;
  if (found === capability && manifest.head.root === 'urlset') return manifest;
  throw new ResourceSyncError(
    'RESOURCESYNC_BAD_MANIFEST',
    `The ${MANIFEST} of ${url} is a ${found}, no ${capability}.`,
  );
}

/** A member at once: small ones, of which there are many, would take ten times as long as a stream. */
async function contentOf(
  zip: ZipFile,
  member: Member,
  { file, url }: { file: TemporaryFile; url: string },
): Promise<Uint8Array> {
  const { compressedSize, uncompressedSize, compressionMethod } = member;
  try {
    if (!member.canDecodeFileData()) throw new Error('it is encrypted, or compressed in an unusual way');
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(member, { minimal: true });
    const packed = Buffer.alloc(compressedSize);
    await file.read(packed, fileDataStart);
    const bytes =
      compressionMethod === STORED
        ? packed
        : inflateRawSync(packed, { maxOutputLength: uncompressedSize + 1 });
    if (bytes.length !== uncompressedSize) throw new Error('its size is wrong');
    if (crc32(bytes) !== member.crc32) throw new Error('its check sum is wrong');
    return bytes;
  } catch (cause) {
    throw badMember(url, cause);
  }
}

/** Compression method 0 (APPNOTE, 4.4.5); yauzl knows no other but deflation. */
const STORED = 0;

async function* streamOf(zip: ZipFile, member: Member, url: string): AsyncGenerator<Uint8Array> {
  try {
    const stream = await zip.openReadStreamPromise(member);
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (cause) {
    throw badMember(url, cause);
  }
}

/** A path from the top of the package, as `path` has it with a slash before and ZIP without (section 11.2). */
function pathOf(path: string | undefined, url: string): string {
  const relative = (path ?? '').replace(/^\/+/, '');
  if (relative === '' || /[\\\0]/.test(relative) || relative.split('/').includes('..')) {
    throw new ResourceSyncError(
      'RESOURCESYNC_BAD_PATH',
      `${url} names the path "${(path ?? '').slice(0, 200)}".`,
    );
  }
  return relative;
}

function badPackage(url: string, cause: unknown): ResourceSyncError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const leadsOut = /^(?:invalid relative path|absolute path|invalid characters in fileName)/.test(why);
  const code = leadsOut ? 'RESOURCESYNC_BAD_PATH' : 'RESOURCESYNC_BAD_PACKAGE';
  return new ResourceSyncError(code, `${url} cannot be read as a ZIP file: ${why}`, { cause });
}

function badMember(url: string, cause: unknown): ResourceSyncError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ResourceSyncError('RESOURCESYNC_BAD_MEMBER', `${url} cannot be unpacked: ${why}.`, { cause });
}

/** A temporary file as yauzl reads it; it stays open when yauzl is done. */
class FileReader extends RandomAccessReader {
  readonly #file: TemporaryFile;

  constructor(file: TemporaryFile) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#file.range(start, end), { objectMode: false });
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead: number) => void,
  ): void {
    callbackify(() => this.#file.read(buffer.subarray(offset, offset + length), position))(callback);
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null);
  }
}
