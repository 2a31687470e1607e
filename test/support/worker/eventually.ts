const triesMax = 2_000;
/** Mostly it is there within some ms; what takes long is asked for at the last distance. */
const pauseMsFirst = 2;
const pauseMsMax = 50;

/**
 * Asks again until the answer is there: for what happens behind the answer, on the queue or an
 * alarm. The pauses double up to the longest.
 */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | null>,
): Promise<Value> {
  let pauseMs = pauseMsFirst;
  for (let tries = 0; tries < triesMax; tries += 1) {
    const value = await ask();
    if (value !== null) return value;
    const waited = pauseMs;
    await new Promise((resolve) => setTimeout(resolve, waited));
    pauseMs = Math.min(2 * pauseMs, pauseMsMax);
  }
  throw new Error(`it never came: ${what}`);
}
