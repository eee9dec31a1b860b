import { isIP } from 'node:net';
import { LRUCache } from 'lru-cache';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';

const AT_ONCE = 4;
/** Of nodes that were not met: the other turns are free for those that were. */
const STRANGERS_AT_ONCE = 2;
/** Between two questions to one host on account of strangers. */
const HOST_PAUSE_MS = 2_000;
const HOSTS_KEPT = 10_000;

/**
 * Whose domain may be asked now. Nodes cost nothing to invent: those that only others tell of leave turns to those that were
 * met, and send nobody to one host again and again.
 */
export class ProofTurns {
  readonly #clock: Clock;
  readonly #running = new Map<NodeId, { host: string; isStranger: boolean }>();
  readonly #asked = new LRUCache<string, number>({ max: HOSTS_KEPT });
  #strangers = 0;

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock;
  }

  /** Whether any domain may be asked, and any on account of a stranger. */
  get isFull(): boolean {
    return this.#running.size >= AT_ONCE;
  }

  get isFullForStrangers(): boolean {
    return this.isFull || this.#strangers >= STRANGERS_AT_ONCE;
  }

  has(node: NodeId): boolean {
    return this.#running.has(node);
  }

  /** Takes a turn, if there is one. */
  take(node: NodeId, base: string, isStranger: boolean): boolean {
    if (this.has(node) || (isStranger ? this.isFullForStrangers : this.isFull)) return false;
    const host = hostOf(base);
    const now = this.#clock.steady();
    if (isStranger) {
      const isAsked = [...this.#running.values()].some((other) => other.host === host);
      if (isAsked || now - (this.#asked.get(host) ?? Number.NEGATIVE_INFINITY) < HOST_PAUSE_MS) return false;
      this.#strangers += 1;
    }
    this.#asked.set(host, now);
    this.#running.set(node, { host, isStranger });
    return true;
  }

  /** Gives a turn back. */
  giveBack(node: NodeId): void {
    if (this.#running.get(node)?.isStranger === true) this.#strangers -= 1;
    this.#running.delete(node);
  }
}

/**
 * The domain under which whoever has it has as many names as he likes: the host without its first label, where there is one to
 * spare.
 */
export function domainOf(base: string): string {
  const host = hostOf(base);
  const labels = host.split('.');
  return isIP(host) !== 0 || labels.length <= 2 ? host : labels.slice(1).join('.');
}

function hostOf(base: string): string {
  return URL.canParse(base) ? new URL(base).hostname : base;
}
