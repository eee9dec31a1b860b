/** What bytes are of. Each has its line in the report. */
export const kinds = [
  'announcements of changes',
  'heartbeats',
  'gossip control',
  'exchange of heads',
  'entries',
  'upkeep',
] as const;
export type Kind = (typeof kinds)[number];

/** Bytes and messages that each node sent and received, by kind. */
export class Traffic {
  readonly nodes: number;
  readonly #sent: Record<Kind, Float64Array>;
  readonly #received: Record<Kind, Float64Array>;
  readonly #messages: Record<Kind, Float64Array>;

  constructor(nodes: number) {
    const each = (): Record<Kind, Float64Array> =>
      Object.fromEntries(kinds.map((kind) => [kind, new Float64Array(nodes)])) as Record<Kind, Float64Array>;
    this.nodes = nodes;
    this.#sent = each();
    this.#received = each();
    this.#messages = each();
  }

  /** Notes messages from one node to another. `isLost`: they went out, and did not come. */
  note(kind: Kind, from: number, to: number, bytes: number, { messages = 1, isLost = false } = {}): void {
    add(this.#sent[kind], from, bytes);
    if (isLost) return;
    add(this.#received[kind], to, bytes);
    add(this.#messages[kind], to, messages);
  }

  /** Notes what goes to and from a node, with whomever. */
  noteAt(kind: Kind, node: number, both: { sent: number; received: number; messages: number }): void {
    add(this.#sent[kind], node, both.sent);
    add(this.#received[kind], node, both.received);
    add(this.#messages[kind], node, both.messages);
  }

  addAll(other: Traffic, times: number): void {
    for (const kind of kinds)
      for (let node = 0; node < this.nodes; node++)
        this.noteAt(kind, node, {
          sent: (other.#sent[kind][node] ?? 0) * times,
          received: (other.#received[kind][node] ?? 0) * times,
          messages: (other.#messages[kind][node] ?? 0) * times,
        });
  }

  /** Of a kind, or of all: the mean of all nodes, and the most that one had. */
  sent(kind?: Kind): { mean: number; most: number } {
    return this.#figures(this.#sent, kind);
  }

  received(kind?: Kind): { mean: number; most: number } {
    return this.#figures(this.#received, kind);
  }

  messages(kind?: Kind): { mean: number; most: number } {
    return this.#figures(this.#messages, kind);
  }

  #figures(of: Record<Kind, Float64Array>, kind: Kind | undefined): { mean: number; most: number } {
    const wanted = kind === undefined ? kinds : [kind];
    let [sum, most] = [0, 0];
    for (let node = 0; node < this.nodes; node++) {
      let own = 0;
      for (const one of wanted) own += of[one][node] ?? 0;
      sum += own;
      most = Math.max(most, own);
    }
    return { mean: sum / this.nodes, most };
  }
}

function add(to: Float64Array, at: number, amount: number): void {
  to[at] = (to[at] ?? 0) + amount;
}
