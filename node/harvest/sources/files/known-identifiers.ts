import { hash } from 'node:crypto';

const FIRST_CAPACITY = 1 << 12;
/** Beyond, repeats are told no longer: 96 MB. */
const MOST = 4_000_000;

/**
 * Remembers which identifiers have been met, and how their entries read, in 16 bytes each: a list of a million entries
 * must not need a gigabyte. Two different identifiers are taken for the same once in some billion files.
 */
export class KnownIdentifiers {
  /** A table with open addressing; zero is a free place. */
  #identifiers = new Float64Array(FIRST_CAPACITY);
  #texts = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  /** Whether the identifier is new, or was met with the same text, or with another. */
  meet(identifier: string, text: string): 'new' | 'same' | 'other' {
    const id = numberOf(identifier);
    const hash = numberOf(text) >>> 0;
    const place = this.#placeOf(id);
    if (this.#identifiers[place] === id) {
      const isSame = this.#texts[place] === hash;
      this.#texts[place] = hash;
      return isSame ? 'same' : 'other';
    }
    if (this.#size >= MOST) return 'new';
    this.#identifiers[place] = id;
    this.#texts[place] = hash;
    this.#size += 1;
    if (this.#size * 2 > this.#identifiers.length) this.#grow();
    return 'new';
  }

  #placeOf(id: number): number {
    const mask = this.#identifiers.length - 1;
    let place = id % this.#identifiers.length;
    while (this.#identifiers[place] !== 0 && this.#identifiers[place] !== id) place = (place + 1) & mask;
    return place;
  }

  #grow(): void {
    const [identifiers, texts] = [this.#identifiers, this.#texts];
    this.#identifiers = new Float64Array(identifiers.length * 2);
    this.#texts = new Uint32Array(identifiers.length * 2);
    for (const [i, id] of identifiers.entries()) {
      if (id === 0) continue;
      const place = this.#placeOf(id);
      this.#identifiers[place] = id;
      this.#texts[place] = texts[i]!;
    }
  }
}

/** 53 bits of a hash, never zero. */
function numberOf(text: string): number {
  const bytes = hash('sha256', text, 'buffer');
  return bytes.readUIntBE(0, 6) * 32 + (bytes[6]! & 31) + 1;
}
