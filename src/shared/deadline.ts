import { LoggableError } from "./loggable-error.ts";

/**
 * What the promise settles with, or after `ms` what `onLate` gives: without one it rejects. What it
 * was waiting for goes on, and what comes of it is dropped, a failure too; whoever calls must be
 * able to repeat it.
 */
export async function withDeadline<Value, Late = never>(
  promise: Promise<Value>,
  ms: number,
  onLate: () => Late = () => {
    throw new LoggableError(`no answer within ${ms} ms`);
  },
): Promise<Value | Late> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<typeof isLate>((resolve) => {
    timer = setTimeout(() => resolve(isLate), ms);
  });
  try {
    const first = await Promise.race([promise, late]);
    return first === isLate ? onLate() : first;
  } finally {
    clearTimeout(timer);
  }
}

const isLate = Symbol("late");
