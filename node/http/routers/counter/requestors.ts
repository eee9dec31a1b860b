import { createHash, timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { THE_WORLD, valueOf, type CounterException } from '../../../../protocols/counter/index.ts';

/** Who may read the reports. */
export interface Requestor {
  id: string;
  apiKey?: string;
}

/**
 * Lets those read the reports whom the operator named, by requestor_id and api_key (CoP 5.1, section 8.2), or everybody where
 * none is named; and whoever has the node's token, as its commands do. Secrets are compared as digests, in constant time.
 */
export class Requestors {
  /** By the digest of the id. */
  readonly #known: ReadonlyMap<string, { apiKey?: Buffer }>;
  readonly #token: Buffer;

  constructor({ requestors, apiToken }: { requestors: readonly Requestor[]; apiToken: string }) {
    this.#known = new Map(
      requestors.map(({ id, apiKey }) => [
        digestOf(id).toString('hex'),
        { ...(apiKey !== undefined && { apiKey: digestOf(apiKey) }) },
      ]),
    );
    this.#token = digestOf(apiToken);
  }

  /** What speaks against a request: exceptions 1030, 2000, 2010 and 2020; of several the one with the lowest number. */
  refusal(ctx: Context, parameters: URLSearchParams): CounterException | undefined {
    const customer = valueOf(parameters, 'customer_id');
    const id = valueOf(parameters, 'requestor_id');
    const key = valueOf(parameters, 'api_key');
    const isAsked = this.#known.size > 0 && !this.#hasToken(ctx);
    const requestor = this.#known.get(digestOf(id).toString('hex'));
    const missing = [
      ...(customer === '' ? ['customer_id'] : []),
      ...(isAsked && id === '' ? ['requestor_id'] : []),
      ...(isAsked && requestor?.apiKey !== undefined && key === '' ? ['api_key'] : []),
    ];
    if (missing.length > 0) return { code: 1030, data: `Missing: ${missing.join(', ')}` };
    if (isAsked && requestor === undefined) return { code: 2000 };
    if (customer !== THE_WORLD.customerId) {
      return { code: 2010, data: `The one customer here is ${THE_WORLD.customerId}, ${THE_WORLD.name}` };
    }
    const expected = isAsked ? requestor?.apiKey : undefined;
    if (expected !== undefined && !timingSafeEqual(digestOf(key), expected)) return { code: 2020 };
    return undefined;
  }

  #hasToken(ctx: Context): boolean {
    const [, given] = /^Bearer +([\w.~+/=-]+)$/i.exec(ctx.get('Authorization')) ?? [];
    return given !== undefined && timingSafeEqual(digestOf(given), this.#token);
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
