import type { Libp2p } from '@libp2p/interface';
import { peerIdFromString } from '@libp2p/peer-id';
import { multiaddr, type Multiaddr } from '@multiformats/multiaddr';
import type { Logger } from 'pino';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import type { Section } from '../../store/index.ts';
import { groupOf } from './address-groups.ts';

const ROUND_MS = 10_000;
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 5 * 60_000;
const ADDRESSES_KEPT = 8;
/** The longest that are of use, those by relays, have half of that. */
const LETTERS_KEPT = 400;
const NODES_KEPT = 5_000;
/** Of those that others tell of. */
const HEARSAY_KEPT = 1_000;
/** Of one part of the Internet (`address-groups.ts`), trusted nodes not counted. */
const KEPT_OF_A_GROUP = 32;
/** Called in a round, of each standing; what one does not need is for the next. */
const DIALS_A_ROUND: readonly [standing: Standing, dials: number][] = [
  ['trusted', 12],
  ['met', 5],
  ['hearsay', 3],
];

/** What a node is to this one: its domain speaks for it or its feed is here; it was connected once; others tell of it. */
type Standing = 'trusted' | 'met' | 'hearsay';

interface Contact {
  addresses: string[];
  /** The part of the Internet where it was reached. */
  group: string | undefined;
  /** When it was first met; undefined for hearsay, which is forgotten when it cannot be reached. */
  since: number | undefined;
  waitMs: number;
  nextDial: number;
}

/**
 * Where other nodes were last reached, kept over a restart, and the calling again of those that are not connected: so a
 * network comes together by itself after any node, the first one too, was away.
 *
 * Whoever answers most questions for other nodes could surround this one with its own. So those that are trusted are
 * called first and keep their place, then those met longest ago, each time in as many parts of the Internet as there are;
 * and of what others tell, only so much is kept of each part.
 *
 *     a!<node>   JSON: [multiaddrs, group or null, when first met]
 */
export class AddressBook {
  readonly #host: Libp2p;
  readonly #section: Section;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #isRefused: (node: NodeId) => boolean;
  readonly #isTrusted: (node: NodeId) => boolean;
  readonly #isNamed: (node: NodeId) => boolean;
  readonly #contacts = new Map<NodeId, Contact>();
  readonly #abort = new AbortController();
  /** Ends the pause between two rounds, when there is somebody new to call. */
  #heard = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: {
    host: Libp2p;
    section: Section;
    clock: Clock;
    log: Logger;
    isRefused: (node: NodeId) => boolean;
    /** Whether a node is proved, named by the operator, or followed already. */
    isTrusted: (node: NodeId) => boolean;
    /** Whether the operator named it to be called first: it is called again where it was not there. */
    isNamed: (node: NodeId) => boolean;
  }) {
    this.#host = options.host;
    this.#section = options.section;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#isRefused = options.isRefused;
    this.#isTrusted = options.isTrusted;
    this.#isNamed = options.isNamed;
  }

  async start(): Promise<void> {
    for await (const [key, value] of this.#section.iterator({ gt: 'a!', lt: 'a!~' })) {
      const [addresses, group, since] = JSON.parse(Buffer.from(value).toString()) as Row;
      const contact = { addresses, group: group ?? undefined, since, waitMs: FIRST_WAIT_MS, nextDial: 0 };
      this.#contacts.set(key.slice(2), contact);
    }
    // libp2p tells of nodes that multicast DNS or the DHT found, but calls none of them.
    this.#host.addEventListener('peer:discovery', ({ detail }) => {
      this.hear(detail.id.toString(), detail.multiaddrs);
    });
    this.#host.addEventListener('peer:identify', ({ detail }) => {
      // Who speaks another protocol than ours is met in the DHT, and is not to be called again.
      if (!detail.protocols.some((protocol) => protocol.startsWith('/ngr/'))) return;
      const { remoteAddr, direction } = detail.connection;
      const dialled = direction === 'outbound' ? [remoteAddr] : [];
      this.#meet(detail.peerId.toString(), [...dialled, ...detail.listenAddrs], groupOf(remoteAddr));
    });
    this.#running = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.#running;
  }

  /** Notes where somebody says that a node is. What is known already is better. */
  hear(node: NodeId, found: readonly Multiaddr[]): void {
    const [first] = found;
    if (first === undefined || this.#contacts.has(node)) return;
    const group = groupOf(first);
    const contact = { addresses: wordsOf(found), group, since: undefined, ...toBeCalled() };
    if (!this.#isTrusted(node) && !this.#isNamed(node) && !this.#hasRoom(group, 'hearsay')) return;
    this.#contacts.set(node, contact);
    this.#heard.abort();
  }

  #meet(node: NodeId, found: readonly Multiaddr[], group: string | undefined): void {
    const known = this.#contacts.get(node);
    const addresses = wordsOf(found);
    if (known?.since === undefined && !this.#isTrusted(node) && !this.#hasRoom(group, 'met')) {
      this.#contacts.delete(node);
      return;
    }
    if (known === undefined && this.#contacts.size >= NODES_KEPT) this.#makeRoom();
    const since = known?.since ?? this.#clock.now();
    this.#contacts.set(node, { addresses, group, since, ...toBeCalled() });
    if (known?.since !== undefined && known.addresses.join() === addresses.join()) return;
    this.#section
      .put(`a!${node}`, Buffer.from(JSON.stringify([addresses, group ?? null, since] satisfies Row)))
      .catch((error: unknown) => this.#log.warn({ err: error, node }, 'a peer’s address could not be kept'));
  }

  #standing(node: NodeId, { since }: Contact): Standing {
    if (this.#isTrusted(node)) return 'trusted';
    return since === undefined && !this.#isNamed(node) ? 'hearsay' : 'met';
  }

  #hasRoom(group: string | undefined, standing: Standing): boolean {
    let [hearsay, ofGroup] = [0, 0];
    for (const [node, contact] of this.#contacts) {
      if (contact.since === undefined) hearsay += 1;
      const isSame = (contact.since === undefined) === (standing === 'hearsay');
      if (group !== undefined && contact.group === group && isSame && !this.#isTrusted(node)) ofGroup += 1;
    }
    if (ofGroup >= KEPT_OF_A_GROUP) return false;
    return standing === 'hearsay' ? hearsay < HEARSAY_KEPT : this.#contacts.size - hearsay < NODES_KEPT;
  }

  /** Hearsay goes first, then who was met last; none that is trusted. */
  #makeRoom(): void {
    let worst: [NodeId, number] | undefined;
    for (const [node, { since = Infinity }] of this.#contacts)
      if (!this.#isTrusted(node) && since > (worst?.[1] ?? 0)) worst = [node, since];
    if (worst === undefined) return;
    const [node] = worst;
    this.#contacts.delete(node);
    this.#section
      .del(`a!${node}`)
      .catch((error: unknown) => this.#log.warn({ err: error, node }, 'a peer could not be forgotten'));
  }

  async #run(signal: AbortSignal): Promise<void> {
    const end = (): void => this.#heard.abort();
    signal.addEventListener('abort', end, { once: true });
    while (!signal.aborted) {
      this.#heard = new AbortController();
      await Promise.all(this.#due().map(([node, contact]) => this.#dial(node, contact)));
      if (!signal.aborted) await this.#clock.sleep(ROUND_MS, this.#heard.signal).catch(() => undefined);
    }
  }

  #due(): [NodeId, Contact][] {
    const connected = new Set(this.#host.getPeers().map(String));
    const now = this.#clock.steady();
    const waiting: Record<Standing, [NodeId, Contact][]> = { trusted: [], met: [], hearsay: [] };
    for (const [node, contact] of this.#contacts) {
      if (contact.nextDial > now || connected.has(node) || this.#isRefused(node)) continue;
      waiting[this.#standing(node, contact)].push([node, contact]);
    }
    const due: [NodeId, Contact][] = [];
    let allowed = 0;
    for (const [standing, dials] of DIALS_A_ROUND) {
      allowed += dials;
      due.push(...inTurn(waiting[standing]).slice(0, allowed - due.length));
    }
    return due;
  }

  async #dial(node: NodeId, contact: Contact): Promise<void> {
    try {
      const peer = peerIdFromString(node);
      const addresses = contact.addresses.map((address) => multiaddr(`${address}/p2p/${node}`));
      await this.#host.peerStore.merge(peer, { multiaddrs: addresses });
      await this.#host.dial(peer, {
        signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(ROUND_MS)]),
      });
      contact.waitMs = FIRST_WAIT_MS;
    } catch (error) {
      if (this.#standing(node, contact) === 'hearsay') this.#contacts.delete(node);
      contact.nextDial = this.#clock.steady() + contact.waitMs;
      contact.waitMs = Math.min(contact.waitMs * 2, LONGEST_WAIT_MS);
      this.#log.debug({ err: error, node }, 'a node could not be reached');
    }
  }
}

type Row = [addresses: string[], group: string | null, since: number];

function toBeCalled(): Pick<Contact, 'waitMs' | 'nextDial'> {
  return { waitMs: FIRST_WAIT_MS, nextDial: 0 };
}

/**
 * Who waited longest comes first, else those who are gone for good would keep the later ones from their turn; of those who
 * wait alike, who was met first; and one of each part of the Internet before the second of any.
 */
function inTurn(contacts: [NodeId, Contact][]): [NodeId, Contact][] {
  contacts.sort(([, a], [, b]) => a.nextDial - b.nextDial || (a.since ?? 0) - (b.since ?? 0));
  const seen = new Map<string, number>();
  const ranked = contacts.map((one): [number, [NodeId, Contact]] => {
    const { group } = one[1];
    const before = group === undefined ? 0 : (seen.get(group) ?? 0);
    if (group !== undefined) seen.set(group, before + 1);
    return [before, one];
  });
  return ranked.sort(([a], [b]) => a - b).map(([, one]) => one);
}

function wordsOf(addresses: readonly Multiaddr[]): string[] {
  const words = addresses.map((address) => address.toString().replace(/\/p2p\/[^/]+$/, ''));
  return [...new Set(words)].filter(({ length }) => length <= LETTERS_KEPT).slice(0, ADDRESSES_KEPT);
}
