/** Runs writes one after another, each to its end, so that every write sees the state the one before it left. */
export class WriteQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(write: () => Promise<T>): Promise<T> {
    const result = this.#last.then(write);
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Resolves when everything that was given so far has been written or has failed. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
