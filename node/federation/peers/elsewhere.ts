import type { RequestFetch } from '../../../protocols/http/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import type { PeerView } from './peer-view.ts';

/** What another institution's node says of a record: it shows it, says that it is gone, never had it, or says nothing. */
export type SeenAs = 'shown' | 'gone' | 'unknown' | 'silent';

interface SeenAt {
  node: NodeId;
  name: string;
  /** Of the record at that node. */
  address: string;
  as: SeenAs;
}

export interface Sightings {
  /** Milliseconds since 1970. */
  at: number;
  seen: readonly SeenAt[];
}

/** As many as a person reads, and as are asked for one click. */
const MOST_ASKED = 40;
const AT_ONCE = 8;
const ANSWER_WITHIN_MS = 5_000;
/** Within which a page that is loaded anew asks nobody. */
const KEPT_MS = 3_000;
const KEPT = 100;

/**
 * Whether others have heard: asks the nodes that are connected, by HTTP as any reader would, what they show of a record.
 * Only nodes whose domain names them as its own are asked.
 */
export class Elsewhere {
  readonly #peers: () => readonly PeerView[];
  readonly #fetch: RequestFetch;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #kept = new Map<string, { at: number; sightings: Promise<Sightings> }>();

  constructor(parts: { peers: () => readonly PeerView[]; fetch: RequestFetch; clock: Pick<Clock, 'now'> }) {
    this.#peers = parts.peers;
    this.#fetch = parts.fetch;
    this.#clock = parts.clock;
  }

  /** @param key of the record, which is the same at every node */
  look(key: string): Promise<Sightings> {
    const at = this.#clock.now();
    const kept = this.#kept.get(key);
    if (kept !== undefined && Math.abs(at - kept.at) < KEPT_MS) return kept.sightings;
    const sightings = this.#look(key, at);
    this.#kept.delete(key);
    this.#kept.set(key, { at, sightings });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return sightings;
  }

  async #look(key: string, at: number): Promise<Sightings> {
    const asked = this.#peers()
      .flatMap(({ self, connected, proof, base, node, name = node }) =>
        !self && connected && proof === 'proved' && base !== undefined
          ? [{ node, name, address: `${base}/records/${key}` }]
          : [],
      )
      .slice(0, MOST_ASKED);
    const seen: SeenAt[] = [];
    for (let from = 0; from < asked.length; from += AT_ONCE) {
      const some = asked.slice(from, from + AT_ONCE);
      seen.push(
        ...(await Promise.all(some.map(async (one) => ({ ...one, as: await this.#at(one.address) })))),
      );
    }
    return { at, seen };
  }

  async #at(address: string): Promise<SeenAs> {
    try {
      const response = await this.#fetch(address, {
        method: 'HEAD',
        headers: { accept: 'application/ld+json' },
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      await response.body?.cancel();
      if (response.status === 410) return 'gone';
      if (response.status === 404) return 'unknown';
      return response.ok ? 'shown' : 'silent';
    } catch {
      return 'silent';
    }
  }
}
