/**
 * Does the work for every item, at most `concurrency` at a time, taking items only as fast as they
 * are done. The first failure ends it.
 */
export async function forEachConcurrently<T>(
  items: Iterable<T> | AsyncIterable<T>,
  concurrency: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | null = null;
  for await (const item of items) {
    const job = work(item)
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => running.delete(job));
    running.add(job);
    if (running.size >= concurrency) await Promise.race(running);
    if (failure !== null) break;
  }
  await Promise.all(running);
  // The callback above may have set it while this function waited, which the type checker can't
  // see.
  const ended = failure as { error: unknown } | null;
  if (ended !== null) throw ended.error;
}
