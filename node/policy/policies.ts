import { isDeepStrictEqual } from 'node:util';
import * as dagCbor from '@ipld/dag-cbor';
import type { Policy, PublishedPolicy } from '../../vocab/oa-policy/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Clock } from '../clock.ts';
import { WriteQueue, writeBatch, type Section } from '../store/index.ts';

/*
 * The keys of the section `policy`:
 *
 *     own          the institution's own policy (`PublishedPolicy`, DAG-CBOR)
 *     p!<node>     that of another node, as it was last read (the same)
 */
const OWN = 'own';
const policyKey = (node: NodeId): string => `p!${node}`;
const policyRange = { gt: policyKey(''), lt: policyKey('~') };

/** As many institutions as no network has. */
const MOST = 20_000;

/** The policies that are known: the institution's own, and those that other nodes publish. */
export class Policies {
  readonly #section: Section;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #writes = new WriteQueue();
  readonly #others = new Map<NodeId, PublishedPolicy>();
  #own: PublishedPolicy | undefined;

  private constructor(options: { section: Section; clock: Pick<Clock, 'now'> }) {
    this.#section = options.section;
    this.#clock = options.clock;
  }

  static async open(options: { section: Section; clock: Pick<Clock, 'now'> }): Promise<Policies> {
    const policies = new Policies(options);
    const own = await options.section.get(OWN);
    if (own !== undefined) policies.#own = dagCbor.decode<PublishedPolicy>(own);
    for await (const [key, bytes] of options.section.iterator(policyRange))
      policies.#others.set(key.slice(policyKey('').length), dagCbor.decode<PublishedPolicy>(bytes));
    return policies;
  }

  /** The institution's own policy; undefined as long as none was stated. */
  get own(): PublishedPolicy | undefined {
    return this.#own;
  }

  /** Those of other nodes. */
  get others(): ReadonlyMap<NodeId, PublishedPolicy> {
    return this.#others;
  }

  /** States the institution's own policy, in place of what it stated before. On disk when it resolves. */
  async state(policy: Policy): Promise<PublishedPolicy> {
    return await this.#writes.run(async () => {
      const stated = { policy, updated: this.#clock.now() };
      await this.#put(OWN, stated);
      this.#own = stated;
      return stated;
    });
  }

  /** Keeps what another node publishes now. */
  async keep(node: NodeId, { policy, updated }: PublishedPolicy): Promise<void> {
    await this.#writes.run(async () => {
      const known = this.#others.get(node);
      if (known === undefined && this.#others.size >= MOST) return;
      const kept = { policy, updated };
      if (isDeepStrictEqual(known, kept)) return;
      await this.#put(policyKey(node), kept);
      this.#others.set(node, kept);
    });
  }

  /** Lets go of what another node published: it is followed no longer, or has none any more. */
  async forget(node: NodeId): Promise<void> {
    await this.#writes.run(async () => {
      if (!this.#others.delete(node)) return;
      await writeBatch(this.#section, [{ type: 'del', key: policyKey(node) }], { durable: false });
    });
  }

  async #put(key: string, policy: PublishedPolicy): Promise<void> {
    const value = dagCbor.encode(policy);
    await writeBatch(this.#section, [{ type: 'put', key, value }], { durable: true });
  }
}
