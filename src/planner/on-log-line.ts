import { invariant } from "../shared/invariant.ts";

/** A measured value at a position; both are above zero. */
type Point = readonly [position: number, value: number];

/**
 * The value at `position` on the lines between points in order, both in logarithms. Beside the first
 * and the last it is theirs.
 */
export function onLogLine(points: readonly Point[], position: number): number {
  const above = points.findIndex(([at]) => at >= position);
  const [from, to] = above === -1 ? [points.at(-1), undefined] : [points[above - 1], points[above]];
  invariant(from !== undefined || to !== undefined, "there is a measured point");
  if (from === undefined) return to?.[1] ?? 0;
  if (to === undefined) return from[1];
  const share = Math.log(position / from[0]) / Math.log(to[0] / from[0]);
  return from[1] * (to[1] / from[1]) ** share;
}
