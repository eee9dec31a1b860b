import type { Logger } from 'pino';
import { NgrError } from '../../../vocab/errors.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { StoreError } from '../../store/index.ts';
import type { Network } from '../network/network.ts';
import type { Clients } from '../replication/clients.ts';
import type { FederationMetrics } from './metrics.ts';
import type { Reputation } from './reputation.ts';

/** Notes against a node what it sent that does not stand up, and cuts off who goes too far. */
export class Refusals {
  readonly #reputation: Reputation;
  readonly #network: Pick<Network, 'disconnect'>;
  readonly #clients: Clients;
  readonly #metrics: Pick<FederationMetrics, 'refused'>;
  readonly #log: Logger;

  constructor(options: {
    reputation: Reputation;
    network: Pick<Network, 'disconnect'>;
    clients: Clients;
    metrics: Pick<FederationMetrics, 'refused'>;
    log: Logger;
  }) {
    this.#reputation = options.reputation;
    this.#network = options.network;
    this.#clients = options.clients;
    this.#metrics = options.metrics;
    this.#log = options.log;
  }

  refuse(node: NodeId, error: unknown): void {
    if (isOfOwnStore(error)) return;
    const code = error instanceof NgrError ? error.code : 'NETWORK';
    this.#metrics.refused.inc({ code });
    if (!this.#reputation.refuse(node, code)) return;
    this.#log.warn({ node, code }, 'a node is refused for a while: it sent too much that does not stand up');
    this.#clients.end(node);
    this.#network.disconnect(node).catch(() => undefined);
  }
}

/** Whether what was sent could not be written or looked up here, on a disk that is full above all: no fault of whoever sent it. */
export function isOfOwnStore(error: unknown): boolean {
  if (error instanceof StoreError) return true;
  if (!(error instanceof Error)) return false;
  // That of a DOMException, as of a signal whose time is up, is a number.
  const { code } = error as { code?: unknown };
  return (typeof code === 'string' && code.startsWith('LEVEL_')) || isOfOwnStore(error.cause);
}
