import {
  serveReplication,
  type FrameChannel,
  type Request,
  type Response,
} from '../../../protocols/replication/index.ts';
import { NgrError } from '../../../vocab/errors.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Directory } from '../heads/directory.ts';
import type { Forks } from '../heads/forks.ts';
import type { HeadExchange } from '../heads/head-exchange.ts';
import type { Serving } from './serving.ts';
import type { UsageServing } from '../usage/usage-serving.ts';

/** Answers what other nodes ask over a stream of replication: for heads, for entries of a feed, for usage. */
export class Answers {
  readonly #directory: Directory;
  readonly #forks: Forks;
  readonly #headExchange: HeadExchange;
  readonly #serving: Serving;
  readonly #usageServing: UsageServing;
  readonly #refuse: (node: NodeId, error: unknown) => void;
  readonly #signal: () => AbortSignal;

  constructor(options: {
    directory: Directory;
    forks: Forks;
    headExchange: HeadExchange;
    serving: Serving;
    usageServing: UsageServing;
    refuse: (node: NodeId, error: unknown) => void;
    /** Aborted when nothing is to be answered any more. */
    signal: () => AbortSignal;
  }) {
    this.#directory = options.directory;
    this.#forks = options.forks;
    this.#headExchange = options.headExchange;
    this.#serving = options.serving;
    this.#usageServing = options.usageServing;
    this.#refuse = options.refuse;
    this.#signal = options.signal;
  }

  /** Serves one stream to its end; what the node breaks is noted against it. */
  async serve(from: NodeId, channel: FrameChannel, signal: AbortSignal): Promise<void> {
    try {
      await serveReplication(channel, (request) => this.#answer(from, request), signal);
    } catch (error) {
      // A stream that ends is no fault of anyone's; a typed error tells of one.
      if (error instanceof NgrError && error.code !== 'REPLICATION_TIMEOUT') this.#refuse(from, error);
      throw error;
    }
  }

  async *#answer(from: NodeId, request: Request): AsyncGenerator<Response> {
    this.#directory.noteContact(from);
    switch (request.type) {
      case 'heads':
        for await (const heads of this.#headExchange.answer(from, request.heads))
          yield { type: 'heads', heads };
        return;
      case 'entries': {
        if (this.#forks.of(request.node) !== undefined) {
          yield { type: 'absent' };
          return;
        }
        yield* this.#serving.page(from, request, this.#signal());
        return;
      }
      case 'usage':
        yield* this.#usageServing.nodes(from, request);
        return;
      case 'summaries':
        yield* this.#usageServing.summaries(from, request, this.#signal());
        return;
      case 'works':
        yield* this.#usageServing.works(from, request, this.#signal());
    }
  }
}
