import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  text: string;
}

export interface Question {
  method?: string;
  /** As it stands in the request: nothing is tidied or escaped. */
  path: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
}

/** A client that sends what no well-behaved one would. Connections are used again, and so show whether they still can be. */
export class RudeClient {
  readonly #url: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });

  constructor(url: string) {
    this.#url = url;
  }

  async ask({ method = 'GET', path, headers = {}, body }: Question): Promise<Answer> {
    const { hostname, port } = new URL(this.#url);
    return await new Promise((resolve, reject) => {
      // What is cut off, or not sent, leaves a connection that cannot be used again.
      const isLong = (body?.length ?? 0) > 10_000 || headers['content-length'] !== undefined;
      const outgoing = request(
        { hostname, port, path, method, headers, agent: isLong ? false : this.#agent },
        (response) => {
          const { statusCode: status = 0, headers } = response;
          const told = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
          buffer(response).then(
            (bytes) => resolve({ status, headers: Object.fromEntries(told), text: bytes.toString() }),
            reject,
          );
        },
      );
      // Where the answer came before all was sent, the rest cannot be.
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
