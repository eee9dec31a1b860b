import type { ServerOptions } from 'node:http';

/**
 * For `http.createServer`: how long a request may take to arrive, so that slow clients
 * cannot hold connections, and how much of it may be headers.
 */
export const serverLimits: ServerOptions = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};
