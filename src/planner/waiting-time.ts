/**
 * How long a call waits for its turn at a server that takes the same time for each, while calls
 * arrive independently of one another (M/D/1). `load` is the share of time that the server is busy,
 * from 0 to 1; results are in service times.
 */

/** The mean wait (Pollaczek and Khinchine). */
export function meanWait(load: number): number {
  return load / (2 * (1 - load));
}

/**
 * The wait that a share of all calls does not pass: exact as far as doubles carry Erlang's sum, and
 * beyond that on its exponential tail.
 */
export function waitQuantile(load: number, share: number): number {
  if (load >= 1) return Number.POSITIVE_INFINITY;
  if (1 - load >= share) return 0;
  let [low, high] = [0, 1];
  while (shareWithin(load, high) < share && high < exactTimesMax) high *= 2;
  if (shareWithin(load, high) < share) return tailQuantile(load, share, high);
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (shareWithin(load, middle) < share) low = middle;
    else high = middle;
  }
  return high;
}

/** The terms of the sum alternate, and grow with the wait: beyond this they cancel each other out. */
const exactTimesMax = 16;

/** The share of calls that wait no longer than so many service times (Erlang, 1909). */
function shareWithin(load: number, wait: number): number {
  let sum = 0;
  let factorial = 1;
  for (let turn = 0; turn <= Math.floor(wait); turn += 1) {
    if (turn > 0) factorial *= turn;
    const exponent = load * (wait - turn);
    sum += ((-exponent) ** turn / factorial) * Math.exp(exponent);
  }
  return (1 - load) * sum;
}

/** Where the tail reaches a share, from where the exact sum ends. */
function tailQuantile(load: number, share: number, from: number): number {
  const left = Math.max(Number.EPSILON, 1 - shareWithin(load, from));
  return from + Math.log(left / (1 - share)) / decayRate(load);
}

/** At which rate the tail falls: the root above zero of load (e^x − 1) = x. */
function decayRate(load: number): number {
  let [low, high] = [1e-9, 1];
  while (load * Math.expm1(high) < high) high *= 2;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (load * Math.expm1(middle) < middle) low = middle;
    else high = middle;
  }
  return high;
}
