/** What the promise resolves with, or what `onLate` gives after the time. The work itself goes on: a late result is dropped. */
export async function withDeadline<T, Late>(
  work: Promise<T>,
  ms: number,
  onLate: () => Late,
): Promise<T | Late> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof isLate>((resolve) => {
    timer = setTimeout(resolve, ms, isLate);
  });
  try {
    const first = await Promise.race([work, late]);
    if (first !== isLate) return first;
    // Nobody waits for it any more; its failure must not end the process.
    work.catch(() => {});
    return onLate();
  } finally {
    clearTimeout(timer);
  }
}

const isLate = Symbol("late");
