import { expect } from 'chai';
import { oneAhead } from '../../../protocols/oai-pmh/index.ts';

/** Promises of another's that have had their turn. */
const turn = (): Promise<void> => new Promise(setImmediate);

/** An iteration that is driven from outside: each item arrives when the test says so. */
class Driven {
  /** In order: `asked 1`, `arrived 1`, `ended`. */
  readonly events: string[] = [];
  #arrive: (() => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  async *items(count: number, signal: AbortSignal): AsyncGenerator<number> {
    try {
      for (let n = 1; n <= count; n += 1) {
        this.events.push(`asked ${n}`);
        await new Promise<void>((resolve, reject) => {
          this.#arrive = resolve;
          this.#fail = reject;
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        });
        this.events.push(`arrived ${n}`);
        yield n;
      }
    } finally {
      this.events.push('ended');
    }
  }

  async arrive(): Promise<void> {
    this.#arrive?.();
    await turn();
  }

  async fail(error: Error): Promise<void> {
    this.#fail?.(error);
    await turn();
  }
}

describe('an iteration that is one ahead', () => {
  it('asks for the next item before it hands one out, and for no more while the caller is busy', async () => {
    const driven = new Driven();
    const items = oneAhead((signal) => driven.items(4, signal));
    const first = items.next();
    await turn();
    expect(driven.events).to.deep.equal(['asked 1']);
    await driven.arrive();
    expect(await first).to.deep.equal({ done: false, value: 1 });
    expect(driven.events).to.deep.equal(['asked 1', 'arrived 1', 'asked 2']);

    // The caller works; the second arrives meanwhile, and the third is not asked for.
    await driven.arrive();
    expect(driven.events.slice(3)).to.deep.equal(['arrived 2']);
    expect(await items.next()).to.deep.equal({ done: false, value: 2 });
    expect(driven.events.slice(4)).to.deep.equal(['asked 3']);
    await items.return(undefined);
  });

  it('comes to the end with all items', async () => {
    const driven = new Driven();
    const taken: number[] = [];
    const all = (async () => {
      for await (const item of oneAhead((signal) => driven.items(3, signal))) taken.push(item);
    })();
    for (let n = 0; n < 3; n += 1) await driven.arrive();
    await all;
    expect(taken).to.deep.equal([1, 2, 3]);
    expect(driven.events.at(-1)).to.equal('ended');
  });

  it('hands out what it has before it tells of a failure behind it', async () => {
    const driven = new Driven();
    const items = oneAhead((signal) => driven.items(3, signal));
    const first = items.next();
    await driven.arrive();
    await driven.fail(new Error('broken'));
    expect((await first).value).to.equal(1);
    let failure: unknown;
    await items.next().catch((error: unknown) => (failure = error));
    expect(failure).to.have.property('message', 'broken');
  });

  it('ends what is under way when the caller leaves off', async () => {
    const driven = new Driven();
    const items = oneAhead((signal) => driven.items(3, signal));
    const first = items.next();
    await driven.arrive();
    await first;
    await items.return(undefined);
    expect(driven.events).to.deep.equal(['asked 1', 'arrived 1', 'asked 2', 'ended']);
  });

  it('ends with the reason of its signal', async () => {
    const driven = new Driven();
    const abort = new AbortController();
    const items = oneAhead((signal) => driven.items(3, signal), abort.signal);
    const first = items.next();
    await turn();
    const reason = new Error('stopped');
    abort.abort(reason);
    let failure: unknown;
    await first.catch((error: unknown) => (failure = error));
    expect(failure).to.equal(reason);
    expect(driven.events).to.deep.equal(['asked 1', 'ended']);
  });
});
