/** Long enough that the compiler has settled, short enough for all presets in seconds. */
const warmUpMs = 100;
const roundMs = 60;
const rounds = 9;

/**
 * The fastest of several rounds, in µs a call: what else runs on a shared machine only ever adds.
 */
export function microsecondsEach(call: () => unknown): number {
  runFor(call, warmUpMs);
  const found = Array.from({ length: rounds }, () => runFor(call, roundMs));
  return Math.min(...found);
}

function runFor(call: () => unknown, ms: number): number {
  const start = performance.now();
  let calls = 0;
  let spent = 0;
  while (spent < ms) {
    for (let index = 0; index < 10; index += 1) call();
    calls += 10;
    spent = performance.now() - start;
  }
  return (spent * 1_000) / calls;
}
