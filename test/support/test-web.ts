import type { Fetch } from '../../protocols/ldn/index.ts';
import { until } from './until.ts';

export interface Posted {
  url: string;
  document: { id: string; type: unknown } & Record<string, unknown>;
}

type Answer = (address: string, init: RequestInit) => Response | Promise<Response>;

/** A web of inboxes without a network: what is posted is kept, and answered as the test says. */
export class TestWeb {
  readonly posted: Posted[] = [];
  /** `METHOD url` of every request. */
  readonly asked: string[] = [];
  /** By host; all others answer a POST with 201. */
  readonly answers = new Map<string, Answer>();

  readonly fetch: Fetch = async (address, init = {}) => {
    init.signal?.throwIfAborted();
    const { method = 'GET', body } = init;
    this.asked.push(`${method} ${address}`);
    if (method === 'POST') {
      const document = JSON.parse(String(body as Buffer)) as Posted['document'];
      this.posted.push({ url: address, document });
    }
    const answer = this.answers.get(new URL(address).host);
    if (answer !== undefined) return await answer(address, init);
    return method === 'POST'
      ? new Response(undefined, { status: 201, headers: { location: `${address}/1` } })
      : new Response(undefined, { status: 204, headers: { 'accept-post': 'application/ld+json' } });
  };

  /** Waits until so many were posted. */
  async postedAtLeast(count: number): Promise<readonly Posted[]> {
    await until(`${count} notifications are posted`, () => this.posted.length >= count);
    return this.posted;
  }
}

export const answering =
  (status: number, init: ResponseInit & { body?: string } = {}): Answer =>
  () =>
    new Response(init.body, { ...init, status });
