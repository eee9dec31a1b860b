import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { writeBatch, type Section } from '../store/index.ts';
import { DEVICES_KEY } from './layout.ts';
import { newId } from './secrets.ts';

const KEY_BYTES = 32;

/**
 * Tells browsers where somebody has logged in before from those where she never has, by a cookie that says so under the node's
 * seal: a stranger's guesses then count for strangers only. Nothing of the browser or its address is kept.
 */
export class KnownDevices {
  readonly #section: Section;
  #key = Buffer.alloc(0);

  constructor(section: Section) {
    this.#section = section;
  }

  async load(): Promise<void> {
    const kept = await this.#section.get(DEVICES_KEY);
    this.#key = kept === undefined ? randomBytes(KEY_BYTES) : Buffer.from(kept);
    if (kept === undefined)
      await writeBatch(this.#section, [{ type: 'put', key: DEVICES_KEY, value: this.#key }], {
        durable: true,
      });
  }

  /** A new cookie for a browser where the person is logged in. */
  sealFor(person: string): string {
    const name = newId();
    return `${name}.${this.#sealOf(person, name)}`;
  }

  /** The name of the browser that has the cookie, where the person has logged in by it; else undefined. */
  nameOf(cookie: string, person: string): string | undefined {
    const [name = '', seal = ''] = cookie.split('.', 2);
    const [given, right] = [Buffer.from(seal), Buffer.from(this.#sealOf(person, name))];
    return given.length === right.length && timingSafeEqual(given, right) ? name : undefined;
  }

  #sealOf(person: string, name: string): string {
    return createHmac('sha256', this.#key).update(`ngr/device/1\n${person}\n${name}`).digest('base64url');
  }
}
