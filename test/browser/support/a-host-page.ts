import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another site: one page at every path, with a policy of its own. */
export interface HostPage {
  /** The page's origin. */
  url: string;
  close(): Promise<void>;
}

/** @param pageOf the page at a path; `policy` goes into `Content-Security-Policy` */
export async function aHostPage(
  pageOf: (path: string) => { html: string; policy?: string },
): Promise<HostPage> {
  const server = createServer((request, response) => {
    const { html, policy } = pageOf(request.url ?? '/');
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
