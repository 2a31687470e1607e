/** Numbers from 0 to 1 that look random. */
export type Draw = () => number;

/** Moments in ms, in order, of what comes independently of each other within a time. */
export function arrivals(draw: Draw, perSecond: number, ms: number): Float64Array {
  const moments: number[] = [];
  const meanGap = 1_000 / perSecond;
  for (let at = gap(draw, meanGap); at < ms; at += gap(draw, meanGap)) moments.push(at);
  return Float64Array.from(moments);
}

function gap(draw: Draw, mean: number): number {
  return -Math.log(1 - draw()) * mean;
}

/** A time in ms whose logarithm is normal, by its median and 99th percentile (Box and Muller). */
export function skewedMs(draw: Draw, { p50Ms, p99Ms }: { p50Ms: number; p99Ms: number }): number {
  const normal = Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  return p50Ms * Math.exp((Math.log(p99Ms / p50Ms) / normal99) * normal);
}

/** The 99th percentile of the normal distribution. */
const normal99 = 2.326_348;
