import { createRequire } from 'node:module';

/*
 * What Node 20 lacks and libp2p 3 calls; Node 22 and later have both. It must be there before libp2p is loaded, so this is the first
 * import of the modules that load it.
 */

/** `Promise.withResolvers` (ECMAScript 2024). */
if (!('withResolvers' in Promise)) {
  Object.defineProperty(Promise, 'withResolvers', {
    configurable: true,
    writable: true,
    value: function withResolvers<T>(this: PromiseConstructor) {
      let resolve: ((value: T | PromiseLike<T>) => void) | undefined;
      let reject: ((reason?: unknown) => void) | undefined;
      const promise = new this<T>((onResolve, onReject) => {
        resolve = onResolve;
        reject = onReject;
      });
      return { promise, resolve, reject };
    },
  });
}

/** The global `WebSocket` (WHATWG WebSockets), loaded when the first one is opened, as Node itself does. */
if (!('WebSocket' in globalThis)) {
  Object.defineProperty(globalThis, 'WebSocket', {
    configurable: true,
    get: () => (createRequire(import.meta.url)('undici') as { WebSocket: unknown }).WebSocket,
  });
}
