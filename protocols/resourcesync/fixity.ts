import { createHash } from 'node:crypto';
import type { Representation } from './documents.ts';
import { ResourceSyncError } from './errors.ts';

/** Digests that are checked, the best first; the names are those of the standard, the bytes those of a digest. */
const algorithms = [
  { name: 'sha-512', node: 'sha512', bytes: 64 },
  { name: 'sha-384', node: 'sha384', bytes: 48 },
  { name: 'sha-256', node: 'sha256', bytes: 32 },
  { name: 'sha-1', node: 'sha1', bytes: 20 },
  { name: 'md5', node: 'md5', bytes: 16 },
] as const;

/**
 * Holds bytes against what a list tells of them (section 7, `hash` and `length`): by the best digest that is told; by
 * the length, where there is none that can be checked. Hexadecimal digests and, as in example 27, those in base64url.
 */
export class Fixity {
  readonly #told: Representation;
  readonly #expected: { name: string; digest: string } | undefined;
  readonly #hash: ReturnType<typeof createHash> | undefined;
  #bytes = 0;

  constructor(told: Representation = {}) {
    this.#told = told;
    for (const { name, node, bytes } of algorithms) {
      const digest = hexadecimal(told.hash?.[name] ?? told.hash?.[node], bytes);
      if (digest === undefined) continue;
      this.#expected = { name, digest };
      this.#hash = createHash(node);
      return;
    }
  }

  add(chunk: Uint8Array): void {
    this.#bytes += chunk.byteLength;
    this.#hash?.update(chunk);
  }

  /**
   * Throws unless these are the bytes. Once only.
   * @param recoded whether HTTP's content coding was taken off on the way: the length is then another
   * @throws ResourceSyncError `RESOURCESYNC_WRONG_HASH`, `RESOURCESYNC_WRONG_LENGTH`
   */
  check(url: string, recoded = false): void {
    // Of bytes that the source itself tells to be coded, the hash is that of the code, which is gone.
    if (recoded && this.#told.encoding !== undefined) return;
    if (this.#expected !== undefined) {
      const { name, digest } = this.#expected;
      const actual = this.#hash?.digest('hex');
      if (actual === digest) return;
      throw new ResourceSyncError(
        'RESOURCESYNC_WRONG_HASH',
        `${url} has the ${name} ${actual}, not ${digest} as the list says.`,
      );
    }
    const { length } = this.#told;
    if (length === undefined || length === this.#bytes || recoded) return;
    throw new ResourceSyncError(
      'RESOURCESYNC_WRONG_LENGTH',
      `${url} has ${this.#bytes} bytes, not ${length} as the list says.`,
    );
  }
}

/** A SHA-256 among the digests of a list, in hexadecimal. */
export function sha256Of({ hash }: Representation): string | undefined {
  return hexadecimal(hash?.['sha-256'] ?? hash?.['sha256'], 32);
}

function hexadecimal(digest: string | undefined, bytes: number): string | undefined {
  if (digest === undefined) return undefined;
  if (digest.length === 2 * bytes) return /^[0-9a-f]+$/i.test(digest) ? digest.toLowerCase() : undefined;
  if (!/^[\w+/-]{20,100}={0,2}$/.test(digest)) return undefined;
  const decoded = Buffer.from(digest, 'base64url');
  return decoded.length === bytes ? decoded.toString('hex') : undefined;
}
