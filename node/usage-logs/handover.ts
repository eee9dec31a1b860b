/** Hands values from one side to another, one at a time: who gives waits until the other has come back for the next. */
export class Handover<T> implements AsyncIterable<T> {
  #held: { value: T } | undefined;
  #isEnded = false;
  /** Nobody takes any more. */
  #isLeft = false;
  #failure: { error: unknown } | undefined;
  #waiting: (() => void)[] = [];

  /** Resolves when the value was taken, or nobody takes any more. Rejects where either side failed. */
  async give(value: T): Promise<void> {
    await this.#free();
    if (this.#isLeft) return;
    this.#held = { value };
    this.#tell();
    await this.#free();
  }

  /** There is no more. */
  end(): void {
    this.#isEnded = true;
    this.#tell();
  }

  /** One side cannot go on, and so cannot the other. */
  fail(error: unknown): void {
    this.#failure ??= { error };
    this.#tell();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    try {
      for (;;) {
        this.#refuseFailed();
        const held = this.#held;
        if (held !== undefined) {
          yield held.value;
          this.#held = undefined;
          this.#tell();
        } else if (this.#isEnded) return;
        else await this.#change();
      }
    } finally {
      this.#isLeft = true;
      this.#held = undefined;
      this.#tell();
    }
  }

  async #free(): Promise<void> {
    while (this.#held !== undefined && this.#failure === undefined) await this.#change();
    this.#refuseFailed();
  }

  #refuseFailed(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
