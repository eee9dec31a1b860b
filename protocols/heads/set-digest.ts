import { createHash } from 'node:crypto';

const LANES = 1_024;
const BYTES = LANES * 2;

/**
 * An incremental digest of a set: members are added and taken away in any order, and equal sets have equal digests.
 *
 * LtHash with 1,024 lanes of 16 bits: each member is stretched to 2 KB (SHAKE128) and added lane by lane, so a set that
 * was not given cannot be found for a digest (Lewi, Kim, Maykov, Weis: "Securing Update Propagation with Homomorphic
 * Hashing", 2019). A plain sum of hashes of 256 bits would not hold that.
 */
export class SetDigest {
  readonly #lanes: Uint16Array;

  private constructor(lanes: Uint16Array) {
    this.#lanes = lanes;
  }

  static empty(): SetDigest {
    return new SetDigest(new Uint16Array(LANES));
  }

  /** From the bytes of `state()`. */
  static fromState(bytes: Uint8Array): SetDigest {
    if (bytes.length !== BYTES)
      throw new RangeError(`a set digest's state has ${BYTES} bytes, not ${bytes.length}`);
    return new SetDigest(lanesOf(Uint8Array.from(bytes)));
  }

  clone(): SetDigest {
    return new SetDigest(this.#lanes.slice());
  }

  add(member: Uint8Array): void {
    const stretched = stretch(member);
    const lanes = this.#lanes;
    for (let i = 0; i < LANES; i++) lanes[i] = (lanes[i] ?? 0) + (stretched[i] ?? 0);
  }

  /** Adds all members of another set, which has none in common with this one. */
  addAll(members: SetDigest): void {
    const lanes = this.#lanes;
    const added = members.#lanes;
    for (let i = 0; i < LANES; i++) lanes[i] = (lanes[i] ?? 0) + (added[i] ?? 0);
  }

  remove(member: Uint8Array): void {
    const stretched = stretch(member);
    const lanes = this.#lanes;
    for (let i = 0; i < LANES; i++) lanes[i] = (lanes[i] ?? 0) - (stretched[i] ?? 0);
  }

  /** The 2 KB from which the digest goes on, lanes in little-endian order. */
  state(): Uint8Array {
    const bytes = new Uint8Array(BYTES);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < LANES; i++) view.setUint16(i * 2, this.#lanes[i] ?? 0, true);
    return bytes;
  }

  /** sha-256 of the state, hex. */
  digest(): string {
    return createHash('sha256').update(this.state()).digest('hex');
  }
}

function stretch(member: Uint8Array): Uint16Array {
  return lanesOf(createHash('shake128', { outputLength: BYTES }).update(member).digest());
}

/** Whether a Uint16Array reads bytes in the order that the digest is defined in. */
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes as lanes, in place where that can be. */
function lanesOf(bytes: Uint8Array): Uint16Array {
  if (LITTLE_ENDIAN && bytes.byteOffset % 2 === 0) {
    return new Uint16Array(bytes.buffer, bytes.byteOffset, LANES);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: LANES }, (_, i) => view.getUint16(i * 2, true));
}
