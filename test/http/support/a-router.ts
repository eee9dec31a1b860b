import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Router } from '@koa/router';
import Koa from 'koa';
import { dispatch } from '../../../node/http/server/dispatch.ts';
import { HttpError } from '../../../node/http/errors.ts';
import { problem } from '../../../node/http/server/problem.ts';
import { securityHeaders } from '../../../node/http/answers/security-headers.ts';

/** One router alone behind a real server on loopback; errors come as problem documents. */
export interface TestRouter {
  url: string;
  /** What was thrown that is no answer: a test that looks for robustness expects none. */
  faults: unknown[];
  request(path: string, options?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export async function aRouter(router: Router): Promise<TestRouter> {
  const faults: unknown[] = [];
  const app = new Koa();
  app.on('error', (error: unknown) => faults.push(error));
  app.use(securityHeaders);
  app.use(async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      if (!(error instanceof HttpError)) faults.push(error);
      const { status, code, title, message, extra } =
        error instanceof HttpError ? error : new HttpError(500, 'INTERNAL', 'Fault', String(error));
      problem(ctx, status, code, title, message, extra);
    }
  });
  app.use(dispatch([router]));
  const answer = app.callback();
  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    faults,
    request: (path, options = {}) => fetch(url + path, { redirect: 'manual', ...options }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
