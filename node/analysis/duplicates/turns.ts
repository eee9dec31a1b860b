/** One at a time: who begins waits until the one before has ended. */
export class Turns {
  #last: Promise<void> = Promise.resolve();
  #end: (() => void) | undefined;

  async begin(): Promise<void> {
    const before = this.#last;
    let end = (): void => undefined;
    this.#last = new Promise((resolve) => {
      end = resolve;
    });
    await before;
    this.#end = end;
  }

  /** Ends the present turn, if there is one. */
  end(): void {
    const end = this.#end;
    this.#end = undefined;
    end?.();
  }
}
