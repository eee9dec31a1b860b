import { Identity } from '../../../node/identity/index.ts';
import {
  leafOf,
  SetDigest,
  signEntries,
  signHead,
  type SignedEntry,
  type SignedHead,
} from '../../../protocols/heads/index.ts';
import type { ReceivedEntry } from '../../../node/catalogue/index.ts';
import {
  REPLICATION_PROTOCOL,
  serveReplication,
  type Request,
  type Response,
} from '../../../protocols/replication/index.ts';
import type { MemoryNetwork } from '../../support/memory-network.ts';
import type { TestCatalogue } from '../../support/test-catalogue.ts';
import type { TestMember, TestNetwork } from '../../support/test-network.ts';

export const HEADS_TOPIC = '/ngr/1/heads/test';

/** A head with the given parts, signed by the identity. */
export function aHead(identity: Identity, parts: Partial<SignedHead> = {}): SignedHead {
  const head = {
    base: 'https://evil.example',
    name: 'Evil',
    networks: ['test'],
    seq: 0,
    live: 0,
    setDigest: SetDigest.empty().digest(),
    time: Date.now(),
    ...parts,
  };
  return signHead({ ...head, node: identity.node }, identity);
}

/** Heads of nodes that nobody has ever seen, each signed by its own key. */
export function inventedHeads(count: number, base = 'https://evil.example'): SignedHead[] {
  return Array.from({ length: count }, (_, n) => aHead(Identity.generate(), { base: `${base}/${n}` }));
}

/** The entry with other parts, signed anew by the node's own key. */
export function signedAnew(identity: Identity, entry: SignedEntry, parts: Partial<SignedEntry>): SignedEntry {
  const other = { ...entry, ...parts };
  const [signature = new Uint8Array()] = signEntries([leafOf(other)], identity);
  return { ...other, signature };
}

/** A feed as it is now: what somebody keeps who wants to show it later. */
export async function copyOf({ catalogue }: Pick<TestCatalogue, 'catalogue'>): Promise<{
  head: SignedHead;
  entries: ReceivedEntry[];
}> {
  const page = await catalogue.feeds.page(catalogue.node, 0, { entries: 500, bytes: 1e7 });
  if (page === undefined) throw new Error('the feed is not whole');
  return page;
}

/** A member of the network under the test's control. */
export class Attacker {
  readonly identity = Identity.generate();
  readonly network: MemoryNetwork;
  readonly asked: Request[] = [];
  readonly #net: TestNetwork;

  constructor(net: TestNetwork) {
    this.#net = net;
    this.network = net.hub.member(this.identity.node);
  }

  get node(): string {
    return this.identity.node;
  }

  async start(): Promise<void> {
    await this.network.start();
  }

  /** Answers what it is asked as told; without an answer of its own it tells nothing. */
  answer(answer: (request: Request) => Response | undefined): void {
    const { asked } = this;
    this.network.serve(REPLICATION_PROTOCOL, (_, channel, signal) =>
      serveReplication(
        channel,
        async function* (request) {
          asked.push(request);
          const own = answer(request);
          if (own !== undefined) yield own;
          else if (request.type === 'heads') yield { type: 'heads', heads: [] };
          else if (request.type === 'entries') yield { type: 'absent' };
          else yield { type: 'usage', nodes: [], more: false };
        },
        signal,
      ),
    );
  }

  /** Says that it has a copy of a feed, and gives it. */
  holds(copy: { head: SignedHead; entries: ReceivedEntry[] }): void {
    this.answer((request) => {
      if (request.type === 'heads') return { type: 'heads', heads: [copy.head] };
      if (request.type !== 'entries' || request.node !== copy.head.node) return undefined;
      const entries = copy.entries.filter(
        ({ entry }) => entry.seq > request.after && entry.seq <= Math.max(request.upTo, request.after),
      );
      return { type: 'page', head: copy.head, entries, more: false };
    });
  }

  attach(member: TestMember): void {
    this.#net.hub.link(this.node, member.catalogue.node);
  }

  detach(member: TestMember): void {
    this.#net.hub.cut(this.node, member.catalogue.node);
  }

  /** What a member has refused of it. */
  refusedBy(member: TestMember): string[] {
    return member.reputation.refusals(this.node).map(({ code }) => code);
  }
}
