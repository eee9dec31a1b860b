import * as dagCbor from '@ipld/dag-cbor';
import type { Logger } from 'pino';
import { z } from 'zod';
import { headFromTuple, verifyHead, type SignatureVerifier } from '../../protocols/heads/index.ts';
import { request, textOf, type RequestFetch } from '../../protocols/http/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Clock } from '../clock.ts';
import type { Section } from '../store/index.ts';

/**
 * Whether the domain of a node's base URL says that the node is its own: `proved`, `contradicted` where it names another
 * one, `unreachable` where it gave no answer, `unchecked` where it was not asked yet.
 */
export type Proof = 'proved' | 'contradicted' | 'unreachable' | 'unchecked';

/** What federation asks of the proofs. */
export interface Proofs {
  of(node: NodeId): Proof;
  /** Has a node's domain asked, now or when it is its turn. */
  want(node: NodeId, base: string): void;
  /** Calls `listener` when the proof of a node becomes another. */
  onChange(listener: (node: NodeId) => void): void;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const HOUR_MS = 60 * 60 * 1_000;
/** A domain that gives no answer is asked again, at first soon. */
const FIRST_RETRY_MS = 30_000;
const AT_ONCE = 4;
const TIMEOUT_MS = 15_000;
const MOST_BYTES = 256 * 1024;
const NODES_KEPT = 20_000;
/** How often it is looked whose turn it is. */
const TICK_MS = 5_000;

interface Known {
  base: string;
  proof: Proof;
  /** When the domain is to be asked again; milliseconds since 1970. */
  next: number;
  failures: number;
}

type Row = [base: string, proof: Proof, next: number];

/** As much of the node document as the proof needs (DESIGN, section 5). */
const nodeDocument = z.object({
  node: z.string().max(60),
  base: z.string().max(500),
  head: z.object({
    node: z.string(),
    base: z.string(),
    name: z.string(),
    networks: z.array(z.string()),
    seq: z.number(),
    live: z.number(),
    setDigest: z.string(),
    time: z.number(),
    signature: z.string().max(100),
  }),
});

/**
 * Asks the domains of nodes whether the nodes are theirs: `<base>/.well-known/ngr-node` has to name the node's id, and to
 * hold a head that the node's key signed and that names the base URL. So whoever holds the key and whoever holds the domain
 * say the same. A proof is looked at again every day; it outlives an outage of the domain, and ends when the domain names
 * another node.
 */
export class DomainProofs implements Proofs {
  readonly #section: Section;
  readonly #fetch: RequestFetch;
  readonly #verifier: SignatureVerifier;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #known = new Map<NodeId, Known>();
  readonly #running = new Map<NodeId, Promise<void>>();
  readonly #listeners: ((node: NodeId) => void)[] = [];
  #abort = new AbortController();
  #ticking: Promise<void> | undefined;

  constructor(options: {
    section: Section;
    fetch: RequestFetch;
    verifier: SignatureVerifier;
    clock: Clock;
    log: Logger;
  }) {
    this.#section = options.section;
    this.#fetch = options.fetch;
    this.#verifier = options.verifier;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** @param options.asks false for one command: what is known is known, and nobody is asked */
  async start({ asks = true }: { asks?: boolean } = {}): Promise<void> {
    this.#abort = new AbortController();
    for await (const [node, bytes] of this.#section.iterator({ limit: NODES_KEPT })) {
      const [base, proof, next] = dagCbor.decode<Row>(bytes);
      this.#known.set(node, { base, proof, next, failures: 0 });
    }
    if (asks) this.#ticking = this.#tick(this.#abort.signal);
    else this.#abort.abort();
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#ticking;
    await Promise.allSettled(this.#running.values());
  }

  of(node: NodeId): Proof {
    return this.#known.get(node)?.proof ?? 'unchecked';
  }

  onChange(listener: (node: NodeId) => void): void {
    this.#listeners.push(listener);
  }

  want(node: NodeId, base: string): void {
    const known = this.#known.get(node);
    if (known?.base === base) return;
    if (known === undefined && this.#known.size >= NODES_KEPT && !this.#makeRoom()) return;
    // Of another base URL nothing was proved.
    this.#known.set(node, { base, proof: 'unchecked', next: this.#clock.now(), failures: 0 });
    if (known !== undefined) this.#tell(node);
    this.#next();
  }

  /** Those that stand for nothing go first: whoever invents nodes pushes out invented ones. */
  #makeRoom(): boolean {
    for (const [node, { proof }] of this.#known) {
      if (proof === 'proved' || this.#running.has(node)) continue;
      this.#known.delete(node);
      return true;
    }
    return false;
  }

  async #tick(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#next();
      await this.#clock.sleep(TICK_MS, signal).catch(() => undefined);
    }
  }

  #next(): void {
    if (this.#abort.signal.aborted || this.#running.size >= AT_ONCE) return;
    const now = this.#clock.now();
    for (const [node, known] of this.#known) {
      if (this.#running.size >= AT_ONCE) return;
      if (known.next > now || this.#running.has(node)) continue;
      const run = this.#check(node, known)
        .catch((error: unknown) => this.#log.error({ err: error, node }, 'a proof could not be kept'))
        .finally(() => {
          this.#running.delete(node);
          this.#next();
        });
      this.#running.set(node, run);
    }
  }

  async #check(node: NodeId, known: Known): Promise<void> {
    const found = await this.#ask(node, known.base);
    // Meanwhile the node may have told another base URL.
    if (this.#abort.signal.aborted || this.#known.get(node) !== known) return;
    const before = known.proof;
    const now = this.#clock.now();
    if (found === 'unreachable') {
      known.failures += 1;
      known.next = now + Math.min(FIRST_RETRY_MS * 2 ** (known.failures - 1), HOUR_MS);
      if (before === 'unchecked') known.proof = found;
    } else {
      known.failures = 0;
      known.next = now + DAY_MS;
      known.proof = found;
      const row: Row = [known.base, known.proof, known.next];
      await this.#section.put(node, dagCbor.encode(row));
    }
    if (known.proof !== before) this.#tell(node);
  }

  async #ask(node: NodeId, base: string): Promise<Exclude<Proof, 'unchecked'>> {
    const address = `${base}/.well-known/ngr-node`;
    try {
      // A redirect is not followed: another address would speak for another domain.
      const init: RequestInit = { headers: { accept: 'application/json' }, redirect: 'manual' };
      const limits = { fetch: this.#fetch, within: TIMEOUT_MS, signal: this.#abort.signal };
      const document = await request(address, init, limits, async (response) => {
        if (response.status !== 200) throw new TypeError(`it answers ${response.status}`);
        return nodeDocument.parse(JSON.parse(await textOf(response, MOST_BYTES)));
      });
      if (document.node !== node || document.base !== base) return 'contradicted';
      return (await this.#isSigned(node, base, document.head)) ? 'proved' : 'contradicted';
    } catch (error) {
      if (!this.#abort.signal.aborted)
        this.#log.debug({ err: error, node, address }, 'a domain does not say which node is its own');
      return 'unreachable';
    }
  }

  async #isSigned(node: NodeId, base: string, said: z.infer<typeof nodeDocument>['head']): Promise<boolean> {
    const { name, networks, seq, live, setDigest, time } = said;
    const signature = Buffer.from(said.signature, 'base64url');
    const head = headFromTuple([said.node, said.base, name, networks, seq, live, setDigest, time, signature]);
    return head.node === node && head.base === base && (await verifyHead(head, this.#verifier));
  }

  #tell(node: NodeId): void {
    for (const listener of this.#listeners) listener(node);
  }
}
