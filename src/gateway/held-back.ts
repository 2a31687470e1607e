import { limits } from "../shared/limits.ts";

/**
 * Counts what votes move, and tells it in tens, as the Worker's metrics do: a counter that moves
 * with one vote tells when it was cast.
 */
export function inTens(counter: { inc(more: number): void }): { inc(more?: number): void } {
  let waiting = 0;
  return {
    inc(more = 1) {
      waiting += more;
      if (waiting < limits.metricsHeldBack) return;
      counter.inc(waiting);
      waiting = 0;
    },
  };
}

/** The same of values that are told one by one: each waits until there are ten of its name. */
export function valuesInTens(tell: (name: string, value: number) => void) {
  const waiting = new Map<string, number[]>();
  return (name: string, value: number): void => {
    const values = [...(waiting.get(name) ?? []), value];
    const isEnough = values.length >= limits.metricsHeldBack;
    waiting.set(name, isEnough ? [] : values);
    if (isEnough) for (const each of values) tell(name, each);
  };
}
