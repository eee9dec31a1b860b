import type { Fetch } from '../../node/outbound/index.ts';
import { until } from './until.ts';

export type Answer = (address: string, init: RequestInit) => Response | Promise<Response>;

export interface Delivered {
  address: string;
  headers: Record<string, string>;
  body: string;
}

/** Subscribers' callbacks without a network: they confirm what they are asked, and keep what they are sent. */
export class TestCallbacks {
  /** The questions that came, by their parameters. */
  readonly questions: { host: string; parameters: Record<string, string> }[] = [];
  readonly delivered: Delivered[] = [];
  /** By host, for questions and deliveries; without one, all is well. */
  readonly asks = new Map<string, Answer>();
  readonly takes = new Map<string, Answer>();
  /** Requests under way, by host, and the most there were at once. */
  readonly underWay = new Map<string, number>();
  mostAtOnce = 0;
  mostOfHost = 0;

  readonly fetch: Fetch = async (address, init = {}) => {
    init.signal?.throwIfAborted();
    const url = new URL(address);
    const { host } = url;
    this.underWay.set(host, (this.underWay.get(host) ?? 0) + 1);
    this.mostOfHost = Math.max(this.mostOfHost, this.underWay.get(host) ?? 0);
    this.mostAtOnce = Math.max(
      this.mostAtOnce,
      [...this.underWay.values()].reduce((sum, count) => sum + count, 0),
    );
    try {
      return await this.#answer(url, init);
    } finally {
      this.underWay.set(host, (this.underWay.get(host) ?? 0) - 1);
    }
  };

  async #answer(url: URL, init: RequestInit): Promise<Response> {
    const { host, href } = url;
    if (init.method !== 'POST') {
      const parameters = Object.fromEntries(url.searchParams);
      this.questions.push({ host, parameters });
      const answer = this.asks.get(host) ?? (() => new Response(parameters['hub.challenge'] ?? ''));
      return await answer(href, init);
    }
    const answer = this.takes.get(host) ?? (() => new Response(null, { status: 204 }));
    const response = await answer(href, init);
    if (response.ok) {
      const headers = init.headers as Record<string, string>;
      this.delivered.push({ address: href, headers, body: String(init.body as Buffer) });
    }
    return response;
  }

  async asked(count: number): Promise<void> {
    await until(`${count} questions are asked`, () => this.questions.length >= count);
  }
}

/** Never answers; ends when it is broken off. */
export const hanging: Answer = (_address, { signal }) =>
  new Promise((_, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(null, { status: code, headers });
