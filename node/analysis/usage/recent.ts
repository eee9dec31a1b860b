/**
 * Keeps what was looked at lately, at most twice `room` entries: when as many new ones have come, those that were not
 * looked at since then are forgotten.
 */
export class Recent<K, V> {
  readonly #room: number;
  #young = new Map<K, V>();
  #old = new Map<K, V>();

  constructor(room: number) {
    this.#room = room;
  }

  get(key: K): V | undefined {
    const found = this.#young.get(key);
    if (found !== undefined) return found;
    const old = this.#old.get(key);
    if (old !== undefined) this.set(key, old);
    return old;
  }

  set(key: K, value: V): void {
    if (this.#young.size >= this.#room) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  delete(key: K): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}
