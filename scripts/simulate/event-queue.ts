const FIRST_ROOM = 1_024;

/**
 * What is to happen, the earliest first; of what is at the same time, what was put in first. A binary heap in typed arrays:
 * millions of events go through it.
 */
export class EventQueue {
  #times = new Float64Array(FIRST_ROOM);
  #orders = new Float64Array(FIRST_ROOM);
  /** Three numbers an event. */
  #events = new Int32Array(FIRST_ROOM * 3);
  #size = 0;
  #order = 0;
  /** Of the event that was taken last. */
  time = 0;
  kind = 0;
  a = 0;
  b = 0;

  get size(): number {
    return this.#size;
  }

  put(time: number, kind: number, a: number, b = 0): void {
    if (this.#size === this.#times.length) this.#grow();
    let at = this.#size++;
    const order = this.#order++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isLater(above, time, order)) break;
      this.#move(above, at);
      at = above;
    }
    this.#times[at] = time;
    this.#orders[at] = order;
    this.#events.set([kind, a, b], at * 3);
  }

  /** Takes the earliest event into the fields. @returns whether there was one */
  take(): boolean {
    if (this.#size === 0) return false;
    this.time = this.#times[0] ?? 0;
    this.kind = this.#events[0] ?? 0;
    this.a = this.#events[1] ?? 0;
    this.b = this.#events[2] ?? 0;
    const last = --this.#size;
    if (last > 0) this.#sink(last);
    return true;
  }

  /** Lets the event at the end, which has lost its place, take the one at the top. */
  #sink(last: number): void {
    const [time, order] = [this.#times[last] ?? 0, this.#orders[last] ?? 0];
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= last) break;
      const other = below + 1;
      if (other < last && this.#isLater(below, this.#times[other] ?? 0, this.#orders[other] ?? 0))
        below = other;
      if (this.#isLater(below, time, order)) break;
      this.#move(below, at);
      at = below;
    }
    this.#move(last, at);
  }

  #isLater(at: number, time: number, order: number): boolean {
    const own = this.#times[at] ?? 0;
    return own > time || (own === time && (this.#orders[at] ?? 0) > order);
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from] ?? 0;
    this.#orders[to] = this.#orders[from] ?? 0;
    this.#events.copyWithin(to * 3, from * 3, from * 3 + 3);
  }

  #grow(): void {
    const times = new Float64Array(this.#size * 2);
    const orders = new Float64Array(this.#size * 2);
    const events = new Int32Array(this.#size * 6);
    times.set(this.#times);
    orders.set(this.#orders);
    events.set(this.#events);
    [this.#times, this.#orders, this.#events] = [times, orders, events];
  }
}
