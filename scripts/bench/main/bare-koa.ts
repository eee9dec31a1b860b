/**
 * A process of its own: koa with a router and one route that gives out bytes it has in memory. They come as a message
 * `{ path, type, body, etag? }[]`, upon which it prints its URL.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';

interface Bytes {
  type: string;
  body: string;
  /** With it, the route answers conditional requests. */
  etag?: string;
}

const bodies = new Map<string, Bytes>();
const router = new Router();
router.get('/records/:key', (ctx) => {
  const answer = bodies.get(ctx.path);
  if (answer === undefined) return;
  if (answer.etag !== undefined) {
    ctx.set('ETag', answer.etag);
    ctx.status = 200;
    if (ctx.fresh) {
      ctx.status = 304;
      return;
    }
  }
  ctx.type = answer.type;
  ctx.body = answer.body;
});
const app = new Koa();
app.use(router.routes());
const answer = app.callback();
const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1');

process.on('message', (message: ({ path: string } & Bytes)[]) => {
  for (const { path, ...rest } of message) bodies.set(path, rest);
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
