/**
 * Maps items with several calls in flight at once, and yields the results in the items' order.
 *
 * @param items What to map.
 * @param options `limit` is the most calls in flight, and so the most results that wait for an earlier one; `map` should
 * return failures as values, for a rejection ends the whole.
 */
export async function* orderedMap<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  options: { readonly limit: number; readonly map: (item: T) => Promise<R> },
): AsyncGenerator<R> {
  const inFlight: Promise<R>[] = [];
  try {
    for await (const item of items) {
      if (inFlight.length >= options.limit) yield await inFlight.shift()!;
      inFlight.push(options.map(item));
    }
    while (inFlight.length > 0) yield await inFlight.shift()!;
  } finally {
    // Whoever stops early may close what the calls still use.
    await Promise.allSettled(inFlight);
  }
}
