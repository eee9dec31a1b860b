import type { FrameChannel } from '../../../protocols/replication/index.ts';
import { FrameQueue } from '../../support/frame-queue.ts';
import type { Link, SimulatedLinks } from './simulated-network.ts';

/** How late a lost packet is. */
const SENT_AGAIN_MS = 1_000;

/** One end of a stream: frames come late, in order, and all of them until it breaks. */
export class SimulatedChannel implements FrameChannel {
  readonly #links: SimulatedLinks;
  readonly #link: Link;
  readonly #arrived = new FrameQueue();
  /** Sent while the link was down. */
  readonly #held: Uint8Array[] = [];
  #other: SimulatedChannel | undefined;
  #lastArrival = 0;
  #isBroken = false;

  private constructor(links: SimulatedLinks, link: Link) {
    this.#links = links;
    this.#link = link;
  }

  static pair(links: SimulatedLinks, link: Link): [SimulatedChannel, SimulatedChannel] {
    const [a, b] = [new SimulatedChannel(links, link), new SimulatedChannel(links, link)];
    a.#other = b;
    b.#other = a;
    link.channels?.add(a).add(b);
    return [a, b];
  }

  read(signal: AbortSignal): Promise<Uint8Array> {
    return this.#arrived.read(signal);
  }

  async write(frame: Uint8Array): Promise<void> {
    if (this.#arrived.ended !== undefined) throw this.#arrived.ended;
    if (this.#link.isUp) this.#send(frame);
    else this.#held.push(frame);
  }

  take(frame: Uint8Array): void {
    this.#arrived.put(frame);
  }

  /** The link is up again. */
  resume(): void {
    for (const frame of this.#held.splice(0)) this.#send(frame);
  }

  abort(reason: Error): void {
    if (this.#arrived.ended !== undefined) return;
    this.#links.time.touch();
    this.#arrived.end(reason);
    this.#link.channels?.delete(this);
    // The other side is not told why.
    this.#other?.abort(new Error('the stream was reset'));
  }

  #send(frame: Uint8Array): void {
    const { time, random, weather } = this.#links;
    // What comes behind a frame that is lost for good does not come either.
    if (this.#isBroken) return;
    if (random() < weather.breaks) {
      this.#isBroken = true;
      time.in(this.#links.delayMs(), () => this.abort(new Error('the stream was reset')));
      return;
    }
    const late = random() < weather.loss ? SENT_AGAIN_MS : 0;
    const arrival = Math.max(time.now + this.#links.delayMs() + late, this.#lastArrival);
    this.#lastArrival = arrival;
    const other = this.#other;
    time.in(arrival - time.now, () => other?.take(frame));
  }
}
