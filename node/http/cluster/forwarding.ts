import { Agent, request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream';
import type { RouterContext } from '@koa/router';
import type { Context } from 'koa';
import type { Counter, Registry } from 'prom-client';
import { counterIn } from '../server/counter-metric.ts';
import { passedHeaders } from './passed-headers.ts';
import { badTarget, forwardedTwice, notAnswered, type NotAnswered } from './refusals.ts';
import { CLUSTER_HEADER, clusterToken, clusterWordOf } from './tokens.ts';
import { UnderWay, type Room } from './under-way.ts';

/** Where the process is that writes, and by what it knows the others. */
export interface Writer {
  url: string;
  secret: string;
}

/** Requests on their way at once; a connection each. */
const ROOM: Room = { all: 500, ofNetwork: 50 };
/** A machine that is there answers at once. */
const CONNECT_WITHIN_MS = 5_000;
/** As long as a client may be idle (`answers/idle.ts`), and as the longest answers of the API take to begin. */
const IDLE_MS = 120_000;

/** What a client, or a proxy in front, says of where a request came from. */
const ORIGINS = /^(?:x-forwarded-.+|forwarded|x-real-ip|via)$/;

/**
 * Hands requests to the process that writes, and its answers back, piece by piece: who reads slowly slows the other side down, and
 * nothing is held here but what is on its way. The writer's own bounds of bodies hold.
 *
 * It is a gateway as HTTP has it (RFC 9110, sections 7.6 and 7.7), with the client's address in `X-Forwarded-For`. Where no proxy in front
 * is trusted, nothing that the request says of its own way goes on.
 */
export class Forwarding {
  readonly #writer: () => Writer | undefined;
  readonly #trustProxy: boolean;
  readonly #underWay: UnderWay;
  readonly #agents: { readonly [protocol: string]: Agent } = {
    'http:': new Agent({ keepAlive: true }),
    'https:': new SecureAgent({ keepAlive: true }),
  };
  readonly #forwarded: Counter<'outcome'>;

  constructor(options: {
    /** As it is known now. */
    writer: () => Writer | undefined;
    trustProxy: boolean;
    metrics: Registry;
    room?: Room;
  }) {
    this.#writer = options.writer;
    this.#trustProxy = options.trustProxy;
    this.#underWay = new UnderWay(options.room ?? ROOM);
    this.#forwarded = counterIn(options.metrics, {
      name: 'ngr_http_forwarded_total',
      help: 'Requests that were handed to the writer, by what became of them: answered, away, busy, refused (of one network too many at once), broken.',
      labelNames: ['outcome'],
    });
  }

  /** Ends the connections that wait for further requests. */
  stop(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }

  /**
   * Answers a request with what the writer answers.
   * @throws HttpError `HTTP_WRITER_AWAY`, `HTTP_WRITER_BUSY` (503) · `HTTP_TOO_MANY_AT_ONCE` (429) · `HTTP_WRITER_BROKE_OFF` (502) it
   *   may have been done, or not · `HTTP_FORWARDED_TWICE` (508) · `HTTP_BAD_TARGET` (400)
   */
  async answer(ctx: Context): Promise<void> {
    (ctx as Partial<RouterContext>)._matchedRoute = 'forwarded';
    if (!ctx.originalUrl.startsWith('/')) throw badTarget();
    const writer = this.#writer();
    if (writer === undefined) throw this.#refusal('away', ctx);
    // What strangers write there is not passed on.
    if (clusterWordOf(ctx.req.headers[CLUSTER_HEADER], writer.secret) !== undefined) throw forwardedTwice();
    // Who has gone already is told nothing.
    if (ctx.res.closed) return;
    const leave = this.#underWay.enter(ctx.ip);
    if (typeof leave === 'string') throw this.#refusal(leave === 'no room' ? 'busy' : 'refused', ctx);
    ctx.res.once('close', leave);
    const answer = await this.#ask(ctx, writer).catch((error: unknown) => {
      // Who has gone meanwhile has ended it by that: nothing is broken.
      if (ctx.res.closed) return undefined;
      throw this.#failure(error, ctx);
    });
    if (answer === undefined) return;
    this.#forwarded.inc({ outcome: 'answered' });
    ctx.respond = false;
    // What is left of a body that the writer did not want is not read: the connection cannot be used again.
    if (!ctx.req.complete) ctx.res.shouldKeepAlive = false;
    ctx.res.writeHead(answer.statusCode ?? 502, passedHeaders(answer.rawHeaders));
    // Where either side goes away in the middle, so does the other: there is nobody to tell.
    pipeline(answer, ctx.res, () => undefined);
  }

  async #ask(ctx: Context, writer: Writer): Promise<IncomingMessage> {
    try {
      return await this.#send(ctx, writer);
    } catch (error) {
      const isBroken = error instanceof Broken;
      // A connection that had been idle may have been closed at that very moment; what only reads can be asked again.
      const isStale = isBroken && error.wasReused && /^(?:GET|HEAD)$/.test(ctx.method) && !hasBody(ctx.req);
      if (isStale && !ctx.res.closed) return await this.#send(ctx, writer);
      throw error;
    }
  }

  #failure(error: unknown, ctx: Context): unknown {
    if (!(error instanceof Broken)) return error;
    return this.#refusal(error.wasSent ? 'broken' : 'away', ctx, error.cause);
  }

  /** Resolves with the head of the answer. @throws Broken */
  #send(ctx: Context, { url, secret }: Writer): Promise<IncomingMessage> {
    const { req, res } = ctx;
    const at = new URL(url);
    const isChunked = req.headers['transfer-encoding'] !== undefined;
    const headers = [
      ...passedHeaders(req.rawHeaders, { without: this.#isReplaced }),
      ...(req.headers.host === undefined ? ['Host', at.host] : []),
      ...(isChunked ? ['Transfer-Encoding', 'chunked'] : []),
      'X-Forwarded-For',
      ctx.ip,
      'Via',
      `${req.httpVersion} ngr`,
      CLUSTER_HEADER,
      clusterToken(secret, 'forwarded'),
    ];
    const send = at.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const request = send({
        agent: this.#agents[at.protocol],
        protocol: at.protocol,
        hostname: at.hostname.replace(/^\[(.+)\]$/, '$1'),
        port: at.port,
        method: ctx.method,
        path: at.pathname.replace(/\/$/, '') + ctx.originalUrl,
        headers,
        setHost: false,
        timeout: IDLE_MS,
      });
      const giveUp = (): void => void request.destroy();
      let isConnected = false;
      request.once('socket', (socket) => {
        isConnected = !socket.connecting;
        if (isConnected) return;
        const late = setTimeout(giveUp, CONNECT_WITHIN_MS);
        socket.once('connect', () => {
          isConnected = true;
        });
        for (const over of ['connect', 'close']) socket.once(over, () => clearTimeout(late));
      });
      request.once('timeout', giveUp);
      request.once('response', resolve);
      request.on('error', (cause) => {
        reject(new Broken({ cause, wasSent: isConnected, wasReused: request.reusedSocket }));
      });
      res.once('close', giveUp);
      passBody(req, request);
    });
  }

  /** Of what a request says of its own way, only what a trusted proxy has written goes on. */
  readonly #isReplaced = (name: string): boolean =>
    name === CLUSTER_HEADER || name === 'x-forwarded-for' || (ORIGINS.test(name) && !this.#trustProxy);

  #refusal(outcome: NotAnswered, ctx: Context, cause?: unknown): Error {
    this.#forwarded.inc({ outcome });
    return notAnswered(ctx, outcome, cause);
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function passBody(from: IncomingMessage, to: ClientRequest): void {
  if (!hasBody(from)) {
    to.end();
    return;
  }
  from.pipe(to);
  // A writer that answers before it has the whole body takes no more of it.
  to.once('close', () => from.unpipe(to));
}

/** The writer did not answer. */
class Broken extends Error {
  readonly wasSent: boolean;
  readonly wasReused: boolean;

  constructor({ cause, ...how }: { cause: unknown; wasSent: boolean; wasReused: boolean }) {
    super('the writer did not answer', { cause });
    this.wasSent = how.wasSent;
    this.wasReused = how.wasReused;
  }
}
