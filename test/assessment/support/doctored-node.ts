import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is done to an answer of the real node before it is passed on. */
export interface Doctored {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export type Treatment = (answer: Doctored) => void;

/** A server in front of a node that answers as the node does, but for the requests that the test has it spoil. */
export interface DoctoredNode {
  url: string;
  /** Of every request, `GET /path`. */
  asked: string[];
  /** By `GET /path`, or what it matches; the first that fits. */
  treat(request: RegExp, treatment: Treatment): void;
  /** Requests that match get no answer before the server is closed. */
  silence(request: RegExp): void;
  close(): Promise<void>;
}

export async function doctoredNode(real: string): Promise<DoctoredNode> {
  const treatments: { request: RegExp; treatment: Treatment | undefined }[] = [];
  const asked: string[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const { method = 'GET', url: path = '/' } = request;
      asked.push(`${method} ${path}`);
      const found = treatments.find(({ request: pattern }) => pattern.test(`${method} ${path}`));
      if (found !== undefined && found.treatment === undefined) return;
      const { host: _, connection: __, ...headers } = request.headers as Record<string, string>;
      const answer = await fetch(real + path, { method, headers, redirect: 'manual' });
      const body = Buffer.from(await answer.arrayBuffer());
      // The body has been unpacked, and may get another length.
      const {
        'content-length': _length,
        'content-encoding': _coding,
        'transfer-encoding': _transfer,
        ...kept
      } = Object.fromEntries(answer.headers);
      const doctored: Doctored = { status: answer.status, headers: kept, body: body.toString('latin1') };
      found?.treatment?.(doctored);
      response.writeHead(doctored.status, doctored.headers).end(Buffer.from(doctored.body, 'latin1'));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    treat: (request, treatment) => void treatments.push({ request, treatment }),
    silence: (request) => void treatments.push({ request, treatment: undefined }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
