import type { Fetch } from '../../outbound/index.ts';
import type { Writer } from './forwarding.ts';
import { CLUSTER_HEADER, clusterToken } from './tokens.ts';

/** A page does not wait longer for what the writer has to say. */
const WITHIN_MS = 3_000;

/** What a process asks or tells the writer by itself. */
export class WriterCalls {
  readonly #writer: () => Writer | undefined;
  readonly #fetch: Fetch;

  /** @param options.fetch reaches the writer, which lies in the private network */
  constructor(options: { writer: () => Writer | undefined; fetch: Fetch }) {
    this.#writer = options.writer;
    this.#fetch = options.fetch;
  }

  /** The answer as JSON; undefined where the writer is away, or does not answer in time. */
  async get(path: string): Promise<unknown> {
    const response = await this.#send(path);
    return await response?.json().catch(() => undefined);
  }

  /** @returns whether the writer has taken it */
  async post(path: string, body: unknown): Promise<boolean> {
    const response = await this.#send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    await response?.body?.cancel().catch(() => undefined);
    return response !== undefined;
  }

  async #send(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    const writer = this.#writer();
    if (writer === undefined) return undefined;
    const headers = new Headers(init.headers);
    headers.set(CLUSTER_HEADER, clusterToken(writer.secret, 'call'));
    const signal = AbortSignal.timeout(WITHIN_MS);
    try {
      const response = await this.#fetch(writer.url + path, { ...init, headers, signal, redirect: 'error' });
      if (response.ok) return response;
      await response.body?.cancel();
    } catch {
      // As if it were away: it is asked anew the next time.
    }
    return undefined;
  }
}
