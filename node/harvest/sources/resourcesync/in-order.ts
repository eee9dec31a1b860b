/**
 * Does some of the work ahead, and gives the results in the order of what they were made from. Where those end in a
 * failure, what was begun before is given first. What is still going on when the caller stops is waited for.
 */
export async function* inOrder<T, R>(
  items: AsyncIterable<T>,
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const underWay: Promise<R>[] = [];
  const source = items[Symbol.asyncIterator]();
  try {
    let failure: { cause: unknown } | undefined;
    for (;;) {
      const next = await source.next().catch((cause: unknown) => {
        failure = { cause };
      });
      if (next === undefined || next.done === true) break;
      const result = work(next.value);
      // It is looked at in its turn; until then a failure is no unhandled rejection.
      result.catch(() => undefined);
      underWay.push(result);
      if (underWay.length >= ahead) yield await underWay.shift()!;
    }
    while (underWay.length > 0) yield await underWay.shift()!;
    if (failure !== undefined) throw failure.cause;
  } finally {
    await source.return?.();
    await Promise.allSettled(underWay);
  }
}
