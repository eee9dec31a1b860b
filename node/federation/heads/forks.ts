import type { Logger } from 'pino';
import {
  decodeFork,
  encodeFork,
  nodeOfFork,
  verifyFork,
  type Fork,
  type SignatureVerifier,
} from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Section } from '../../store/index.ts';
import { BoundedMap } from './bounded-map.ts';

/** Of nodes that have no feed here; whoever invents nodes can have each of them sign two histories. */
const NODES_KEPT = 1_000;

/**
 * The nodes that were caught telling two histories, each with the proof. Such a feed is in quarantine: what is here of it
 * stays and can be read, but nothing more is taken in and nothing is served to others, until the operator forgives it.
 */
export class Forks {
  readonly #section: Section;
  readonly #verifier: SignatureVerifier;
  readonly #log: Logger;
  readonly #isHere: (node: NodeId) => boolean;
  readonly #known: BoundedMap<Fork>;

  /** @param options.isHere whether there is a feed of the node here */
  constructor(options: {
    section: Section;
    verifier: SignatureVerifier;
    isHere: (node: NodeId) => boolean;
    log: Logger;
  }) {
    this.#section = options.section;
    this.#verifier = options.verifier;
    this.#isHere = options.isHere;
    this.#log = options.log;
    this.#known = new BoundedMap({
      most: NODES_KEPT,
      isKept: options.isHere,
      onGone: (node) => {
        this.#section
          .del(node)
          .catch((error: unknown) => this.#log.warn({ err: error, node }, 'a proof could not be let go of'));
      },
    });
  }

  async start(): Promise<void> {
    for await (const [node, bytes] of this.#section.iterator()) this.#known.set(node, decodeFork(bytes));
  }

  /** What a node was caught at, where it was. */
  of(node: NodeId): Fork | undefined {
    return this.#known.get(node);
  }

  nodes(): Iterable<NodeId> {
    return this.#known.keys();
  }

  /**
   * Keeps a proof. The first of a node is enough.
   * @returns whether it is one, and the node was not in quarantine before
   */
  async note(fork: Fork): Promise<boolean> {
    const node = nodeOfFork(fork);
    if (this.#known.has(node)) return false;
    if (!(await verifyFork(fork, this.#verifier)) || this.#known.has(node)) return false;
    this.#known.set(node, fork);
    await this.#section.put(node, encodeFork(fork));
    this.#log[this.#isHere(node) ? 'error' : 'debug'](
      { code: 'FEED_FORKED', node, seq: fork.a.seq, kind: fork.kind },
      'A node has signed two histories of its records: its data were set back to an old copy, two nodes run with its key, or the key was stolen. Its feed is in quarantine. Ask the institution; then run `ngr peers --forgive NODE`, or put the node on the deny list.',
    );
    return true;
  }

  /** Ends the quarantine of a node. @returns what it was caught at, where it was in one */
  async forgive(node: NodeId): Promise<Fork | undefined> {
    const fork = this.#known.get(node);
    if (fork === undefined) return undefined;
    this.#known.delete(node);
    await this.#section.del(node);
    return fork;
  }
}
