/** The frames that have come on one side of a stream in memory, for who reads them. */
export class FrameQueue {
  readonly #frames: Uint8Array[] = [];
  #wake: () => void = () => undefined;
  #ended: Error | undefined;

  /** With what it ended. */
  get ended(): Error | undefined {
    return this.#ended;
  }

  /** What comes behind the end is lost. */
  put(frame: Uint8Array): void {
    if (this.#ended !== undefined) return;
    this.#frames.push(frame);
    this.#wake();
  }

  /** Nothing comes any more: who reads is told so behind what has come. */
  end(reason: Error): void {
    this.#ended ??= reason;
    this.#wake();
  }

  async read(signal: AbortSignal): Promise<Uint8Array> {
    const wake = (): void => this.#wake();
    signal.addEventListener('abort', wake, { once: true });
    try {
      for (;;) {
        const frame = this.#frames.shift();
        if (frame !== undefined) return frame;
        signal.throwIfAborted();
        if (this.#ended !== undefined) throw this.#ended;
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
  }
}
