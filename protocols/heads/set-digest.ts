import { hash } from 'node:crypto';
import { chacha20 } from './chacha20.ts';

/** Two lanes of 16 bits each, the first in the lower half. */
const WORDS = 512;
const BYTES = WORDS * 4;
const UPPER_BITS = 0x80008000;
const OTHER_BITS = 0x7fff7fff;

/**
 * An incremental digest of a set: members are added and taken away in any order, and equal sets have equal digests.
 *
 * LtHash with 1,024 lanes of 16 bits: each member is stretched to 2 KB and added lane by lane, so a set that was not given
 * cannot be found for a digest (Lewi, Kim, Maykov, Weis: "Securing Update Propagation with Homomorphic Hashing", 2019). A
 * plain sum of hashes of 256 bits would not hold that. A member is given by its sha-256, which is the key of the ChaCha20 stream to which it is
 * stretched (docs/decisions/0003).
 */
export class SetDigest {
  readonly #words: Uint32Array;
  /** What was asked for last, as long as it holds: a feed's state is held against more than one head. */
  #digest: string | undefined;

  private constructor(words: Uint32Array) {
    this.#words = words;
  }

  static empty(): SetDigest {
    return new SetDigest(new Uint32Array(WORDS));
  }

  /** From the bytes of `state()`. */
  static fromState(bytes: Uint8Array): SetDigest {
    if (bytes.length !== BYTES)
      throw new RangeError(`a set digest's state has ${BYTES} bytes, not ${bytes.length}`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new SetDigest(Uint32Array.from({ length: WORDS }, (_, i) => view.getUint32(i * 4, true)));
  }

  clone(): SetDigest {
    return new SetDigest(this.#words.slice());
  }

  /** @param member its sha-256 */
  add(member: Uint8Array): void {
    this.#digest = undefined;
    chacha20(member, stretched);
    addLanes(this.#words, stretched);
  }

  /** Adds all members of another set, which has none in common with this one. */
  addAll(members: SetDigest): void {
    this.#digest = undefined;
    addLanes(this.#words, members.#words);
  }

  /** @param member its sha-256 */
  remove(member: Uint8Array): void {
    this.#digest = undefined;
    chacha20(member, stretched);
    const words = this.#words;
    for (let i = 0; i < WORDS; i++) {
      const a = words[i] ?? 0;
      const b = stretched[i] ?? 0;
      words[i] = ((a | UPPER_BITS) - (b & OTHER_BITS)) ^ ((a ^ ~b) & UPPER_BITS);
    }
  }

  /** The 2 KB from which the digest goes on, lanes in little-endian order. */
  state(): Uint8Array {
    const bytes = new Uint8Array(BYTES);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < WORDS; i++) view.setUint32(i * 4, this.#words[i] ?? 0, true);
    return bytes;
  }

  /** sha-256 of the state, hex. */
  digest(): string {
    return (this.#digest ??= hash('sha256', this.state()));
  }
}

/** Of the member that is being added or taken away. */
const stretched = new Uint32Array(WORDS);

/** Adds two lanes at a time: the upper bit of each by itself, so that nothing is carried from one lane to the other. */
function addLanes(words: Uint32Array, added: Uint32Array): void {
  for (let i = 0; i < WORDS; i++) {
    const a = words[i] ?? 0;
    const b = added[i] ?? 0;
    words[i] = ((a & OTHER_BITS) + (b & OTHER_BITS)) ^ ((a ^ b) & UPPER_BITS);
  }
}
