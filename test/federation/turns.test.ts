import { expect } from 'chai';
import { Turns } from '../../node/federation/turns.ts';

/** Asks for turns and tells who got one, in order. */
class Asking {
  readonly granted: string[] = [];
  readonly releases = new Map<string, (() => void)[]>();
  readonly #turns: Turns;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  async ask(...nodes: string[]): Promise<void> {
    for (const node of nodes) {
      void this.#take(node);
    }
    await settled();
  }

  async #take(node: string): Promise<void> {
    const release = await this.#turns.take(node);
    this.granted.push(node);
    this.releases.set(node, [...(this.releases.get(node) ?? []), release]);
  }

  async release(node: string): Promise<void> {
    this.releases.get(node)?.shift()?.();
    await settled();
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('are given at once while there are some, and not beyond', async () => {
    const asking = new Asking(new Turns({ most: 2 }));
    await asking.ask('a', 'a', 'a');
    expect(asking.granted).to.deep.equal(['a', 'a']);
    await asking.release('a');
    expect(asking.granted).to.deep.equal(['a', 'a', 'a']);
  });

  it('go first to who has fewest, so that a large feed leaves the small ones theirs', async () => {
    const asking = new Asking(new Turns({ most: 3 }));
    await asking.ask('large', 'large', 'large', 'large', 'large', 'small', 'other', 'small');
    for (let i = 0; i < 3; i++) await asking.release('large');
    expect(asking.granted.slice(3)).to.deep.equal(['small', 'other', 'large']);
  });

  it('are no more for one than it may have, however many there are', async () => {
    const asking = new Asking(new Turns({ most: 10, mostOfOne: 1 }));
    await asking.ask('greedy', 'greedy', 'greedy', 'modest');
    expect(asking.granted).to.deep.equal(['greedy', 'modest']);
    await asking.release('modest');
    expect(asking.granted).to.deep.equal(['greedy', 'modest']);
    await asking.release('greedy');
    expect(asking.granted).to.deep.equal(['greedy', 'modest', 'greedy']);
  });

  it('are given back once, though they be given back twice', async () => {
    const asking = new Asking(new Turns({ most: 1 }));
    await asking.ask('a', 'b', 'c');
    const [release] = asking.releases.get('a') ?? [];
    release?.();
    release?.();
    await settled();
    expect(asking.granted).to.deep.equal(['a', 'b']);
  });
});
