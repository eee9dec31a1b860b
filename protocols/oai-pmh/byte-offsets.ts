/** Bytes before an index of a text, as UTF-8. Cheap where the indexes that are asked for grow. */
export class ByteOffsets {
  readonly #text: string;
  #index = 0;
  #bytes = 0;

  constructor(text: string) {
    this.#text = text;
  }

  at(index: number): number {
    if (index < this.#index) this.#index = this.#bytes = 0;
    this.#bytes += Buffer.byteLength(this.#text.slice(this.#index, index));
    this.#index = index;
    return this.#bytes;
  }
}
