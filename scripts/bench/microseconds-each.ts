/** Long enough that the compiler has settled, short enough for sixteen presets in seconds. */
const warmUpMs = 100;
const roundMs = 60;
const rounds = 5;

/** The median of several rounds, in µs a call: one pause of a shared machine doesn't decide the figure. */
export function microsecondsEach(call: () => unknown): number {
  runFor(call, warmUpMs);
  const found = Array.from({ length: rounds }, () => runFor(call, roundMs));
  return found.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? Number.NaN;
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
