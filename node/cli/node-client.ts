import type { z } from 'zod';
import { readBoundedText } from './bounded-text.ts';
import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
/** For what may take the node a while before it answers. */
const LONG_TIMEOUT_MS = 3_600_000;

/** What is sent along with a request. */
interface Content {
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array<ArrayBuffer>;
}

/** Asks a node over HTTP, as any client would; with the node's token also for what only its manager may do. */
export class NodeClient {
  readonly url: string;
  readonly #token: string;
  readonly #fetch: typeof fetch;
  readonly #stopping: AbortSignal;

  constructor(options: { url: string; token: string; fetch: typeof fetch; stopping: AbortSignal }) {
    this.url = options.url.replace(/\/+$/, '');
    this.#token = options.token;
    this.#fetch = options.fetch;
    this.#stopping = options.stopping;
  }

  /** The JSON-LD or JSON at a path, checked by the schema. */
  get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return this.#ask('GET', path, {}, schema);
  }

  /** The text at a path in a format, piece by piece as it comes: it may be long. */
  async *text(path: string, mediaType: string): AsyncGenerator<string> {
    const response = await this.#request('GET', path, {
      headers: { accept: mediaType },
      timeoutMs: LONG_TIMEOUT_MS,
    });
    if (!response.ok) {
      throw refusal(response.status, parseJson(await readBoundedText(response, MAX_ANSWER_BYTES)), path);
    }
    if (response.body === null) return;
    // Not a decoder of its own on each piece: a character may lie across two; and a byte order mark stays.
    yield* response.body.pipeThrough(new TextDecoderStream('utf-8', { ignoreBOM: true }));
  }

  post<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T> {
    const headers = { 'content-type': 'application/json' };
    return this.#ask('POST', path, { headers, body: JSON.stringify(body) }, schema);
  }

  /** Sends bytes to a path, with the headers that tell what they are. */
  put<T>(path: string, content: Content, schema: z.ZodType<T>): Promise<T> {
    return this.#ask('PUT', path, content, schema);
  }

  /** Waits longer than the others: much may have to go. */
  async delete(path: string): Promise<void> {
    const response = await this.#request('DELETE', path, { timeoutMs: LONG_TIMEOUT_MS });
    const value = parseJson(await readBoundedText(response, MAX_ANSWER_BYTES));
    if (!response.ok) throw refusal(response.status, value, path);
  }

  /** Where a path leads: the `Location` of a redirect, `undefined` where there is nothing at the path. */
  async redirectOf(path: string): Promise<string | undefined> {
    const response = await this.#request('GET', path);
    await response.body?.cancel();
    return response.headers.get('location') ?? undefined;
  }

  async #ask<T>(method: string, path: string, content: Content, schema: z.ZodType<T>): Promise<T> {
    const response = await this.#request(method, path, content);
    const value = parseJson(await readBoundedText(response, MAX_ANSWER_BYTES));
    if (!response.ok) throw refusal(response.status, value, path);
    const checked = schema.safeParse(value);
    if (checked.success) return checked.data;
    const { path: at, message } = checked.error.issues[0] ?? { path: [], message: 'empty' };
    throw new CliError(
      'NODE_ANSWER',
      `The node at ${this.url} answered ${path} in a way that is not understood (${at.join('.')}: ${message}).`,
      { remedy: 'Use the "ngr" of the same version as the node.' },
    );
  }

  async #request(
    method: string,
    path: string,
    { headers = {}, body, timeoutMs = TIMEOUT_MS }: Content & { timeoutMs?: number } = {},
  ): Promise<Response> {
    try {
      return await this.#fetch(this.url + path, {
        method,
        redirect: 'manual',
        headers: {
          accept: 'application/ld+json, application/json',
          authorization: `Bearer ${this.#token}`,
          ...headers,
        },
        signal: AbortSignal.any([this.#stopping, AbortSignal.timeout(timeoutMs)]),
        ...(body === undefined ? {} : { body }),
      });
    } catch (cause) {
      this.#stopping.throwIfAborted();
      throw unreachable(this.url, cause);
    }
  }
}

function unreachable(url: string, cause: unknown): CliError {
  const isLate = cause instanceof Error && cause.name === 'TimeoutError';
  return new CliError(
    'NODE_UNREACHABLE',
    `The node at ${url} ${isLate ? 'gave no answer in time' : 'cannot be reached'}.`,
    {
      remedy: 'Look at its log, and start it again if it has ended.',
      cause,
    },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const exitCodes: Readonly<Record<number, ExitCode>> = { 400: ExitCode.usage, 404: ExitCode.notFound };

/** The node's own words, from its problem document (RFC 9457) or its exception (COUNTER 5.1, appendix D). */
function refusal(status: number, problem: unknown, path: string): CliError {
  const { code, title, detail, remedy, Message, Data } = (problem ?? {}) as { [name: string]: unknown };
  const text = [detail, title, Data, Message].find((part) => typeof part === 'string');
  return new CliError(
    typeof code === 'string' ? code : `HTTP_${status}`,
    typeof text === 'string' ? text : `The node answered ${path} with status ${status}.`,
    {
      exitCode: exitCodes[status] ?? ExitCode.failed,
      ...(typeof remedy === 'string' ? { remedy } : {}),
    },
  );
}
