import type { Logger } from 'pino';
import type { SignedHead } from '../../../protocols/heads/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import type { Directory } from '../heads/directory.ts';
import type { Proofs } from './proofs.ts';
import {
  decideFollow,
  isExcluded,
  mayBeAsked,
  type FollowDecision,
  type FollowRules,
} from './follow-rules.ts';
import type { Forks } from '../heads/forks.ts';
import type { Quotas } from './quotas.ts';
import type { Reputation } from '../peers/reputation.ts';

interface FollowingOptions {
  catalogue: Catalogue;
  /** The networks that the node is part of. */
  networks: readonly string[];
  rules: FollowRules;
  quotas: Quotas;
  proofs: Proofs;
  forks: Forks;
  directory: Directory;
  reputation: Reputation;
  /** Takes away what else is kept of a node whose feed was dropped. */
  forget: (node: NodeId) => Promise<void>;
  log: Logger;
}

/** Whose feeds are kept here, by the rules and by what is known of each node; those that are followed no longer are dropped. */
export class Following {
  readonly #catalogue: Catalogue;
  readonly #networks: readonly string[];
  readonly #rules: FollowRules;
  readonly #quotas: Quotas;
  readonly #proofs: Proofs;
  readonly #forks: Forks;
  readonly #directory: Directory;
  readonly #reputation: Reputation;
  readonly #forget: (node: NodeId) => Promise<void>;
  readonly #log: Logger;

  constructor(options: FollowingOptions) {
    this.#catalogue = options.catalogue;
    this.#networks = options.networks;
    this.#rules = options.rules;
    this.#quotas = options.quotas;
    this.#proofs = options.proofs;
    this.#forks = options.forks;
    this.#directory = options.directory;
    this.#reputation = options.reputation;
    this.#forget = options.forget;
    this.#log = options.log;
  }

  of(node: NodeId): FollowDecision {
    if (node === this.#catalogue.node) return { followed: true, why: 'self' };
    const state = this.#catalogue.feeds.state(node);
    const head = this.#directory.feed(node)?.newest ?? state?.head;
    return decideFollow(this.#rules, node, {
      networks: head?.networks,
      proof: this.#proofs.of(node),
      predecessors: this.#proofs.predecessors(node),
      isSucceeded: this.#proofs.successor(node)?.isSettled === true,
      isWaiting: this.#proofs.isWaiting(node),
      isForked: this.#forks.of(node) !== undefined,
      isOverQuota: head !== undefined && this.#quotas.isExceeded(head, state),
    });
  }

  isFollowed(node: NodeId): boolean {
    return this.of(node).followed;
  }

  /** Whether nothing of a node is to be kept but its feed. A node of which nothing is known yet, after a start, is not. */
  isExcluded(node: NodeId): boolean {
    return isExcluded(this.of(node));
  }

  /** Whether a node is of one of our networks, or named by our rules. */
  concernsUs({ node, networks }: SignedHead): boolean {
    return this.#rules.allow.includes(node) || networks.some((network) => this.#networks.includes(network));
  }

  /** The newest heads of the nodes that may be asked for single records: of our networks, trusted, and not followed. */
  unfollowed(): SignedHead[] {
    return this.#directory.nodes().flatMap((node) => {
      const head = this.#directory.feed(node)?.newest;
      if (head === undefined || !this.concernsUs(head) || this.#reputation.isRefused(node)) return [];
      return mayBeAsked(this.of(node), this.#proofs.of(node), this.#rules) ? [head] : [];
    });
  }

  /** Drops a feed in the background, where it is followed no longer. */
  dropIfUnfollowed(node: NodeId): void {
    if (this.isFollowed(node)) return;
    this.drop(node).catch((error: unknown) =>
      this.#log.error({ err: error, feed: node }, 'a feed that is followed no longer cannot be dropped'),
    );
  }

  /** Lets go of a feed with all that was made of it, where it is followed no longer. */
  async drop(node: NodeId): Promise<void> {
    const { followed, why } = this.of(node);
    // Of a feed that was broken off in the middle it may not be known yet, after a start, whose it is; one in quarantine
    // is kept as it was.
    if (
      followed ||
      why === 'not known yet' ||
      why === 'two histories' ||
      this.#catalogue.feeds.state(node) === undefined
    )
      return;
    this.#log.info({ feed: node, why }, 'a feed is followed no longer and is dropped');
    const successor = this.#proofs.successor(node);
    await this.#catalogue.drop(node, {
      successor: successor?.isSettled === true ? successor.node : undefined,
    });
    await this.#forget(node);
  }
}
