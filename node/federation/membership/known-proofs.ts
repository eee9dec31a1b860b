import * as dagCbor from '@ipld/dag-cbor';
import type { Logger } from 'pino';
import type { NodeId } from '../../../vocab/record.ts';
import type { Section } from '../../store/index.ts';
import { domainOf } from './proof-turns.ts';
import type { Profile, Proof, Successor } from './proofs.ts';

const NODES_KEPT = 20_000;
/** Nodes that one domain may have: whoever has a domain could make up thousands of them. */
const MOST_OF_A_DOMAIN = 100;

/** What is known of a node by its domain. */
export interface KnownProof {
  base: string;
  proof: Proof;
  /** When the domain is to be asked again; milliseconds since 1970. */
  next: number;
  profile: Profile | undefined;
  successor: Successor | undefined;
  /** How often in a row it gave no answer. */
  failures: number;
  /** Whether only others have told of the node, and nothing is proved of it. */
  isStranger: boolean;
}

type Row = [base: string, proof: Proof, next: number, profile: Profile | null, successor: Successor | null];

/**
 * What the domains of nodes have said, in memory, and on disk once they did. Of so many nodes: whoever invents nodes pushes out
 * invented ones, and none of which something is proved.
 *
 *     <node>   DAG-CBOR: [base URL, proof, when to ask again, profile, successor]
 */
export class KnownProofs {
  readonly #section: Section;
  readonly #log: Logger;
  readonly #most: number;
  readonly #known = new Map<NodeId, KnownProof>();
  /** By the id under which they go on, the ids that nodes had before. */
  readonly #former = new Map<NodeId, readonly NodeId[]>();

  constructor(options: { section: Section; log: Logger; most?: number }) {
    this.#section = options.section;
    this.#log = options.log;
    this.#most = options.most ?? NODES_KEPT;
  }

  /** Reads what is on disk. What there is no room for is let go of, but nothing that is proved. */
  async load(): Promise<void> {
    const others: [NodeId, KnownProof][] = [];
    for await (const [node, bytes] of this.#section.iterator()) {
      const [base, proof, next, profile, successor] = dagCbor.decode<Row>(bytes);
      const said = { profile: profile ?? undefined, successor: successor ?? undefined };
      const known = { base, proof, next, ...said, failures: 0, isStranger: proof !== 'proved' };
      if (proof === 'proved') this.#known.set(node, known);
      else if (others.length < this.#most) others.push([node, known]);
      else await this.#forget(node);
    }
    for (const [node, known] of others) {
      if (this.#known.size < this.#most) this.#known.set(node, known);
      else await this.#forget(node);
    }
    this.findFormer();
  }

  get(node: NodeId): KnownProof | undefined {
    return this.#known.get(node);
  }

  all(): Iterable<[NodeId, KnownProof]> {
    return this.#known;
  }

  /** The ids that a node had before, as domains say. Hardly any node has another id, and it is asked of each message. */
  formerOf(node: NodeId): readonly NodeId[] {
    return this.#former.get(node) ?? [];
  }

  /** To be called where the successor of a node has become another. */
  findFormer(): void {
    this.#former.clear();
    for (const [node, { successor }] of this.#known) {
      if (successor === undefined) continue;
      this.#former.set(successor.node, [...this.formerOf(successor.node), node]);
    }
  }

  /**
   * Begins anew with a node, of whose base URL nothing is proved.
   * @param isBusy whether a node has to stay where room is made
   * @returns undefined where there is no room
   */
  begin(
    node: NodeId,
    about: Pick<KnownProof, 'base' | 'next' | 'isStranger'>,
    isBusy: (node: NodeId) => boolean,
  ): KnownProof | undefined {
    const before = this.#known.get(node);
    if (before === undefined && this.#known.size >= this.#most && !this.#makeRoom(isBusy)) return undefined;
    const known: KnownProof = {
      ...about,
      proof: 'unchecked',
      profile: undefined,
      successor: undefined,
      failures: 0,
    };
    this.#known.set(node, known);
    if (before?.successor !== undefined) this.findFormer();
    return known;
  }

  /** Writes down what is known of a node. */
  async keep(node: NodeId): Promise<void> {
    const known = this.#known.get(node);
    if (known === undefined) return;
    const { base, proof, next, profile, successor } = known;
    const row: Row = [base, proof, next, profile ?? null, successor ?? null];
    await this.#section.put(node, dagCbor.encode(row));
  }

  /** Whether the domain of a base URL has as many proved nodes as one may have. */
  hasItsFill(base: string): boolean {
    const domain = domainOf(base);
    let proved = 0;
    for (const other of this.#known.values())
      if (other.proof === 'proved' && domainOf(other.base) === domain) proved += 1;
    return proved >= MOST_OF_A_DOMAIN;
  }

  /** Strangers go first. */
  #makeRoom(isBusy: (node: NodeId) => boolean): boolean {
    for (const mayBeMet of [false, true])
      for (const [node, { proof, isStranger, successor }] of this.#known) {
        if (proof === 'proved' || isBusy(node) || (!isStranger && !mayBeMet)) continue;
        this.#known.delete(node);
        if (successor !== undefined) this.findFormer();
        void this.#forget(node);
        return true;
      }
    return false;
  }

  async #forget(node: NodeId): Promise<void> {
    await this.#section
      .del(node)
      .catch((error: unknown) => this.#log.warn({ err: error, node }, 'a proof could not be let go of'));
  }
}
