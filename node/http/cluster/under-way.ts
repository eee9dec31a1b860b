import { networkOf } from '../../../vocab/address-network.ts';
import { isOutside } from '../server/client-address.ts';

/** How many may be under way at once. */
export interface Room {
  all: number;
  /** Of one network outside (`networkOf`), so that whoever is slow there leaves room for the others. */
  ofNetwork: number;
}

/** Counts what is under way, in all and by the networks that it comes from. */
export class UnderWay {
  readonly #room: Room;
  readonly #byNetwork = new Map<string, number>();
  #all = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  /** Lets one more in. @returns what lets it go again; or where there is no room for it */
  enter(address: string): (() => void) | 'no room' | 'no room for its network' {
    if (this.#all >= this.#room.all) return 'no room';
    const network = isOutside(address) ? networkOf(address) : undefined;
    if (network !== undefined && this.#of(network) >= this.#room.ofNetwork) return 'no room for its network';
    this.#count(network, 1);
    return () => this.#count(network, -1);
  }

  #of(network: string): number {
    return this.#byNetwork.get(network) ?? 0;
  }

  #count(network: string | undefined, change: 1 | -1): void {
    this.#all += change;
    if (network === undefined) return;
    const many = this.#of(network) + change;
    if (many === 0) this.#byNetwork.delete(network);
    else this.#byNetwork.set(network, many);
  }
}
