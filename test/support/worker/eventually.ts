const triesMax = 2_000;
const pauseMs = 50;

/** Asks again until the answer is there: for what happens behind the answer, on the queue or an alarm. */
export async function eventually<Value>(
  what: string,
  ask: () => Promise<Value | null>,
): Promise<Value> {
  for (let tries = 0; tries < triesMax; tries += 1) {
    const value = await ask();
    if (value !== null) return value;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new Error(`it never came: ${what}`);
}
