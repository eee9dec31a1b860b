import type { NodeId } from '../../../vocab/record.ts';

/**
 * Whether the domain of a node's base URL says that the node is its own: `proved`, `contradicted` where it names another
 * one, `unreachable` where it gave no answer, `unchecked` where it was not asked yet.
 */
export type Proof = 'proved' | 'contradicted' | 'unreachable' | 'unchecked';

/** What the domain of a proved node says of it. */
export interface Profile {
  /** Milliseconds since 1970. */
  provedAt: number;
  /** ISO 3166-1 alpha-2. */
  country?: string;
  /** Degrees (WGS 84). */
  location?: { latitude: number; longitude: number };
}

/** The id under which a node goes on, since its key is another. */
export interface Successor {
  node: NodeId;
  /** When the domain said so first; milliseconds since 1970. */
  since: number;
  /** `signed` by both keys; `replaced`: the former key is lost, and the domain alone says so. */
  how: 'signed' | 'replaced';
  /** Whether it holds: the domain's word alone does so after a while, in which the operator can look into it. */
  isSettled: boolean;
}

/** What federation asks of the proofs. */
export interface Proofs {
  of(node: NodeId): Proof;
  profile(node: NodeId): Profile | undefined;
  successor(node: NodeId): Successor | undefined;
  /** The ids that a node had before. */
  predecessors(node: NodeId): NodeId[];
  /** Whether a node is named as one's successor, and that does not hold yet. */
  isWaiting(node: NodeId): boolean;
  /**
   * Has a node's domain asked, now or when it is its turn.
   * @param isMet whether the node spoke for itself: those that only others tell of have to wait for it
   */
  want(node: NodeId, base: string, isMet?: boolean): void;
  /** Calls `listener` when the proof of a node becomes another. */
  onChange(listener: (node: NodeId) => void): void;
}
