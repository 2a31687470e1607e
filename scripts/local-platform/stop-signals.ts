/** Signals that ask a process to end, with the numbers that a shell adds to 128. */
export const stopSignals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

type StopSignal = keyof typeof stopSignals;

// The keys of a literal object are its own.
const names = Object.keys(stopSignals) as StopSignal[];
const guards = new Map<StopSignal, () => void>();
let guardCount = 0;

/**
 * Does some work and takes the stop signals back from what listens to them since. Miniflare ends
 * the process at the first signal, while a script may still have files to close, and wrangler's
 * libraries wait for one another to end it.
 */
export function keepStopSignals<T>(work: () => T): T {
  const before = new Map(names.map((name) => [name, process.listeners(name)]));
  const result = work();
  for (const name of names) {
    for (const listener of process.listeners(name)) {
      if (before.get(name)?.includes(listener) !== true) process.removeListener(name, listener);
    }
  }
  return result;
}

/**
 * Makes a stop signal that the script does not listen to end the process with its `exit` handlers,
 * in which Miniflare kills its runtime; without them `workerd` would stay behind. The returned
 * function ends the guard.
 */
export function guardStopSignals(): () => void {
  guardCount += 1;
  if (guardCount === 1) for (const name of names) addGuard(name);
  return release;
}

function release(): void {
  guardCount -= 1;
  if (guardCount > 0) return;
  for (const [name, guard] of guards) process.removeListener(name, guard);
  guards.clear();
}

/**
 * The guard is the first listener, because one added with `once` has left the list by the time
 * later ones run.
 */
function addGuard(name: StopSignal): void {
  const guard = (): void => {
    if (process.listenerCount(name) === 1) process.exit(128 + stopSignals[name]);
  };
  guards.set(name, guard);
  process.prependListener(name, guard);
}
