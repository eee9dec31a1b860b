/** Bytes of the first slice of a stream, and the most that one has. */
const FIRST_SLICE = 6;
const LONGEST_SLICE = 4_096;
/** So many bytes are copied at once rather than one by one. */
const LONG_SLICE = 48;
/** At the end of a slice: where the next one is. */
const LINK = 4;
const FIRST_BYTES = 1 << 16;
const FIRST_STREAMS = 1 << 10;

/** What is known of a stream: where its first slice is, where its next byte goes, the end of that slice, its length. */
const START = 0;
const AT = 1;
const SLICE_END = 2;
const LENGTH = 3;
const STATE = 4;

/** How long the slice is that a stream gets after so many bytes: each about as long as all before. */
const sliceAfter = (length: number): number => Math.min(length + FIRST_SLICE, LONGEST_SLICE);

/**
 * Many sequences of bytes that grow side by side, in one array: nothing for the garbage collector, and some ten bytes for a
 * short one. They are known by their numbers, from 0 on. (As in Lucene's `ByteSlicePool`, bytes lie in slices that get longer.)
 */
export class ByteStreams {
  #bytes = new Uint8Array(FIRST_BYTES);
  #used = 0;
  #states = new Uint32Array(FIRST_STREAMS * STATE);

  length(stream: number): number {
    return this.#states[stream * STATE + LENGTH] ?? 0;
  }

  /** Appends a number below 2^32 as a varint. */
  push(stream: number, n: number): void {
    const state = stream * STATE;
    if (state >= this.#states.length) this.#states = longer(this.#states, state + STATE);
    for (; n >= 0x80; n >>>= 7) this.#pushByte(state, (n & 0x7f) | 0x80);
    this.#pushByte(state, n);
  }

  /** Writes a stream at `at`. @returns where the next byte goes */
  copyTo(target: Uint8Array, at: number, stream: number): number {
    const length = this.length(stream);
    let from = this.#states[stream * STATE + START]!;
    for (let copied = 0; copied < length;) {
      const end = from + Math.min(sliceAfter(copied), length - copied);
      const next = from + sliceAfter(copied);
      copied += end - from;
      if (end - from > LONG_SLICE) {
        target.set(this.#bytes.subarray(from, end), at);
        at += end - from;
      } else for (; from < end; from += 1, at += 1) target[at] = this.#bytes[from]!;
      if (copied < length) from = this.#link(next);
    }
    return at;
  }

  #pushByte(state: number, byte: number): void {
    const states = this.#states;
    if (states[state + AT] === states[state + SLICE_END]) this.#addSlice(state);
    this.#bytes[states[state + AT]!++] = byte;
    states[state + LENGTH]! += 1;
  }

  #addSlice(state: number): void {
    const states = this.#states;
    const size = sliceAfter(states[state + LENGTH]!);
    const start = this.#used;
    this.#used += size + LINK;
    if (this.#used > this.#bytes.length) this.#bytes = longer(this.#bytes, this.#used);
    if (states[state + LENGTH] === 0) states[state + START] = start;
    else this.#setLink(states[state + SLICE_END]!, start);
    states[state + AT] = start;
    states[state + SLICE_END] = start + size;
  }

  #link(at: number): number {
    const bytes = this.#bytes;
    return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
  }

  #setLink(at: number, to: number): void {
    const bytes = this.#bytes;
    bytes[at] = to;
    bytes[at + 1] = to >>> 8;
    bytes[at + 2] = to >>> 16;
    bytes[at + 3] = to >>> 24;
  }
}

function longer<T extends Uint8Array | Uint32Array>(array: T, least: number): T {
  const next = new (array.constructor as new (length: number) => T)(Math.max(least, array.length * 2));
  next.set(array);
  return next;
}
