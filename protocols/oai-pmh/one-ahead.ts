/**
 * The same items, each next one asked for as soon as the one before it is there: it is on its way while the caller works,
 * and never more than that one.
 *
 * @param items makes the iteration, which has to end when its signal aborts: that is when the caller leaves off
 */
export async function* oneAhead<T>(
  items: (signal: AbortSignal) => AsyncIterable<T>,
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController();
  const iterator = items(signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]))[
    Symbol.asyncIterator
  ]();
  let coming = iterator.next();
  try {
    for (;;) {
      const item = await coming;
      if (item.done === true) return;
      coming = iterator.next();
      // It is looked at when the caller comes back; until then a failure is no unhandled rejection.
      coming.catch(() => undefined);
      yield item.value;
    }
  } finally {
    stop.abort();
    await Promise.allSettled([coming, iterator.return?.()]);
  }
}
