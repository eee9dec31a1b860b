import type { Logger } from 'pino';
import type { SignatureVerifier } from '../../../protocols/heads/index.ts';
import type { RequestFetch } from '../../../protocols/http/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import type { Section } from '../../store/index.ts';
import { KnownProofs, type KnownProof } from './known-proofs.ts';
import { askDomain, saidOf, type NodeDocument } from './node-document.ts';
import { ProofTurns } from './proof-turns.ts';
import type { Profile, Proof, Proofs, Successor } from './proofs.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const HOUR_MS = 60 * 60 * 1_000;
/** A domain that gives no answer is asked again, at first soon. */
const FIRST_RETRY_MS = 5_000;
/** How often it is looked whose turn it is. */
const TICK_MS = 5_000;

/**
 * Asks the domains of nodes whether the nodes are theirs: `<base>/.well-known/ngr-node` has to name the node's id, and to
 * hold a head that the node's key signed and that names the base URL. So whoever holds the key and whoever holds the domain
 * say the same. A proof is looked at again every day; it outlives an outage of the domain, and ends when the domain names
 * another node. Where it names one that has come in the node's place, that one succeeds it (docs/identity.md).
 */
export class DomainProofs implements Proofs {
  readonly #fetch: RequestFetch;
  readonly #verifier: SignatureVerifier;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #replacedAfterMs: number;
  readonly #known: KnownProofs;
  readonly #turns: ProofTurns;
  readonly #running = new Map<NodeId, Promise<void>>();
  readonly #listeners: ((node: NodeId) => void)[] = [];
  #abort = new AbortController();
  #ticking: Promise<void> | undefined;

  constructor(options: {
    section: Section;
    fetch: RequestFetch;
    verifier: SignatureVerifier;
    /** How long a domain alone has to say that another node has come in place of one; a day unless told. */
    replacedAfterMs?: number;
    clock: Clock;
    log: Logger;
  }) {
    this.#known = new KnownProofs(options);
    this.#fetch = options.fetch;
    this.#verifier = options.verifier;
    this.#replacedAfterMs = options.replacedAfterMs ?? DAY_MS;
    this.#clock = options.clock;
    this.#turns = new ProofTurns(options);
    this.#log = options.log;
  }

  /** @param options.asks false for one command: what is known is known, and nobody is asked */
  async start({ asks = true }: { asks?: boolean } = {}): Promise<void> {
    this.#abort = new AbortController();
    await this.#known.load();
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

  profile(node: NodeId): Profile | undefined {
    return this.#known.get(node)?.profile;
  }

  successor(node: NodeId): Successor | undefined {
    return this.#known.get(node)?.successor;
  }

  predecessors(node: NodeId): NodeId[] {
    return this.#known.formerOf(node).filter((former) => this.successor(former)?.isSettled === true);
  }

  isWaiting(node: NodeId): boolean {
    return this.#known.formerOf(node).some((former) => this.successor(former)?.isSettled === false);
  }

  onChange(listener: (node: NodeId) => void): void {
    this.#listeners.push(listener);
  }

  want(node: NodeId, base: string, isMet = false): void {
    const before = this.#known.get(node);
    if (before?.base === base) {
      if (!isMet || !before.isStranger) return;
      before.isStranger = false;
      this.#begin(node, before);
      return;
    }
    const isStranger = !isMet && (before?.isStranger ?? true);
    const about = { base, next: this.#clock.steady(), isStranger };
    const known = this.#known.begin(node, about, (other) => this.#running.has(other));
    if (known === undefined) return;
    if (before !== undefined) this.#tell(node);
    this.#begin(node, known);
  }

  async #tick(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#next();
      await this.#clock.sleep(TICK_MS, signal).catch(() => undefined);
    }
  }

  #next(): void {
    for (const strangers of [false, true])
      for (const [node, known] of this.#known.all()) {
        if (strangers ? this.#turns.isFullForStrangers : this.#turns.isFull) break;
        if (known.isStranger === strangers) this.#begin(node, known);
      }
  }

  /** Asks a node's domain, if that is due and there is a turn. */
  #begin(node: NodeId, known: KnownProof): void {
    const { base, next, isStranger, proof } = known;
    if (this.#abort.signal.aborted || next > this.#clock.steady()) return;
    if (!this.#turns.take(node, base, isStranger)) return;
    if (proof !== 'proved' && this.#known.hasItsFill(base)) {
      this.#turns.giveBack(node);
      known.next = this.#clock.steady() + DAY_MS;
      this.#log.warn({ node, base }, 'a domain has more nodes than one may have: this one is not proved');
      return;
    }
    const run = this.#check(node, known)
      .catch((error: unknown) => this.#log.error({ err: error, node }, 'a proof could not be kept'))
      .finally(() => {
        this.#running.delete(node);
        this.#turns.giveBack(node);
        this.#next();
      });
    this.#running.set(node, run);
  }

  async #check(node: NodeId, known: KnownProof): Promise<void> {
    const { base } = known;
    const { signal } = this.#abort;
    let document: NodeDocument;
    try {
      document = await askDomain(base, { fetch: this.#fetch, verifier: this.#verifier, signal });
    } catch (error) {
      if (signal.aborted) return;
      this.#log.debug({ err: error, node, base }, 'a domain does not say which node is its own');
      known.failures += 1;
      known.next = this.#clock.steady() + Math.min(FIRST_RETRY_MS * 2 ** (known.failures - 1), HOUR_MS);
      if (known.proof !== 'unchecked') return;
      known.proof = 'unreachable';
      this.#tell(node);
      return;
    }
    const changed: NodeId[] = [];
    // The former ids of the domain's node before itself: it is not to be followed beside them.
    const ofBase = [...this.#known.all()].filter(([, other]) => other.base === base);
    ofBase.sort(([a], [b]) => Number(a === document.node) - Number(b === document.node));
    for (const [other, about] of ofBase) {
      const said = await saidOf(other, base, document, this.#verifier);
      // Meanwhile the node may have told another base URL.
      if (signal.aborted || this.#known.get(other) !== about) continue;
      if (this.#note(other, about, said, document)) {
        changed.push(other);
        this.#known.findFormer();
      }
      await this.#known.keep(other);
    }
    for (const other of changed) this.#tell(other);
    // Who came in the place of another may be followed from now on.
    if (changed.length > 0 && !changed.includes(document.node)) this.#tell(document.node);
  }

  /** @returns whether it is another proof or another successor than before */
  #note(
    node: NodeId,
    known: KnownProof,
    said: Awaited<ReturnType<typeof saidOf>>,
    { node: own, country, location }: NodeDocument,
  ): boolean {
    const { proof, successor } = known;
    const now = this.#clock.now();
    known.failures = 0;
    known.next = this.#clock.steady() + DAY_MS;
    if (said === 'own') {
      known.proof = 'proved';
      known.isStranger = false;
      const provedAt = known.profile?.provedAt ?? now;
      known.profile = { provedAt, ...(country && { country }), ...(location && { location }) };
      known.successor = undefined;
    } else if (said === 'signed' || (said === 'replaced' && proof === 'proved')) {
      const before = successor?.node === own ? successor : undefined;
      const since = before?.since ?? now;
      const isSettled = said === 'signed' || now - since >= this.#replacedAfterMs;
      known.successor = { node: own, since, how: said, isSettled };
      if (!isSettled) known.next = Math.min(now + HOUR_MS, since + this.#replacedAfterMs);
      if (before?.isSettled !== isSettled)
        this.#log[isSettled ? 'info' : 'warn']({ node, successor: own }, told(said, isSettled));
    } else {
      known.proof = 'contradicted';
      known.profile = undefined;
      known.successor = undefined;
    }
    return (
      known.proof !== proof ||
      known.successor?.node !== successor?.node ||
      known.successor?.isSettled !== successor?.isSettled
    );
  }

  #tell(node: NodeId): void {
    for (const listener of this.#listeners) listener(node);
  }
}

function told(how: Successor['how'], isSettled: boolean): string {
  if (how === 'signed') return 'a node goes on under another key, as both keys say';
  return isSettled
    ? 'a node goes on under another key, as its domain has said long enough'
    : 'a domain says that the key of its node is lost, and names another node: that one is followed after a while. If in doubt ask the institution, and put it on the deny list';
}
