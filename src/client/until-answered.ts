import { NoAnswer } from "./client-errors.ts";
import { retryDelayMs, saysLater, type RetryPolicy } from "./repeating.ts";

/** One answer of the API, read whole. */
export type Reply = { status: number; retryAfterMs: number; isCsv: boolean; text: string };

type Calling = {
  /** The call's name, for errors. */
  name: string;
  sendOnce: () => Promise<Reply>;
  retry: RetryPolicy;
  /** Ends waiting and repeating at once. */
  signal: AbortSignal | undefined;
};

/**
 * Sends a request until it is answered by something else than "later". When tries or patience end,
 * the last such answer is given.
 * @throws {NoAnswer} the last try had no answer at all
 */
export async function untilAnswered({ name, sendOnce, retry, signal }: Calling): Promise<Reply> {
  const giveUpAt = Date.now() + retry.patienceMs;
  for (let tries = 1; ; tries += 1) {
    const outcome = await sendOnce().catch(toError);
    signal?.throwIfAborted();
    const isAnswered = !(outcome instanceof Error);
    if (isAnswered && !saysLater(outcome.status)) return outcome;

    const retryAfterMs = isAnswered ? outcome.retryAfterMs : 0;
    const delayMs = retryDelayMs({ tries, retryAfterMs }, retry, Math.random());
    if (tries >= retry.triesMax || Date.now() + delayMs > giveUpAt) {
      if (isAnswered) return outcome;
      throw new NoAnswer(name, tries, outcome);
    }
    await wait(delayMs, signal);
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(toError(signal?.reason));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
