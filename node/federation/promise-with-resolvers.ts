/**
 * Node 20 lacks `Promise.withResolvers` (ECMAScript 2024), which libp2p 3 calls. It must be there before libp2p is
 * loaded, so this is the first import of the module that makes the host; Node 22 and later have it themselves.
 */
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
