import { limits } from "../shared/limits.ts";
import { viewHead, viewWhole } from "./result-json.ts";
import type { ShownResult } from "./shown-result.ts";

/** How many had voted by a moment (ms), as results showed it then. */
export type TurnoutPoint = { at: number; voters: number; weight: bigint };

/** What a result shows of turnout, as a point; null where it shows nothing. */
export function turnoutPointOf(result: ShownResult): TurnoutPoint | null {
  if (result.shows === "nothing") return null;
  const { asOf: at } = result;
  const whole = viewWhole(result);
  if (whole.shows === "counts")
    return { at, voters: whole.total.ballots, weight: BigInt(whole.total.weight) };
  return { at, voters: whole.turnout.voters, weight: BigInt(whole.turnout.weight) };
}

/**
 * The series with a point more. It stays as it is where that says nothing new, is no later, or comes
 * too soon after the last; beyond the limit it loses the point whose neighbours are nearest.
 */
export function addTurnoutPoint(
  points: readonly TurnoutPoint[],
  point: TurnoutPoint,
  pointsMax: number = limits.turnoutPointsMax,
): readonly TurnoutPoint[] {
  const last = points.at(-1);
  if (last !== undefined && !isNews(last, point)) return points;
  if (last !== undefined && point.at - last.at < limits.turnoutStepMs) return points;
  const all = [...points, point];
  return all.length > pointsMax ? dropCrowded(all) : all;
}

/** The kept series up to what a result shows: nothing that it does not show now or has not before. */
export function turnoutUpTo(
  points: readonly TurnoutPoint[],
  result: ShownResult,
): readonly TurnoutPoint[] {
  const now = turnoutPointOf(result);
  if (now === null) return [];
  const before = points.filter(({ at }) => at < now.at);
  const last = before.at(-1);
  return last !== undefined && !isNews(last, now) ? before : [...before, now];
}

function isNews(last: TurnoutPoint, { at, voters, weight }: TurnoutPoint): boolean {
  return at > last.at && (voters !== last.voters || weight !== last.weight);
}

/** The first and the last stay. */
function dropCrowded(points: readonly TurnoutPoint[]): TurnoutPoint[] {
  let [index, nearest] = [1, Number.POSITIVE_INFINITY];
  for (let at = 1; at < points.length - 1; at += 1) {
    const gap = (points[at + 1]?.at ?? 0) - (points[at - 1]?.at ?? 0);
    if (gap < nearest) [index, nearest] = [at, gap];
  }
  return points.toSpliced(index, 1);
}

type PointJson = [at: number, voters: number, weight: string];

/** As text, to be stored. */
export function encodeTurnout(points: readonly TurnoutPoint[]): string {
  const rows = points.map(({ at, voters, weight }): PointJson => [at, voters, String(weight)]);
  return JSON.stringify(rows);
}

/** @param text what `encodeTurnout` made */
export function decodeTurnout(text: string): TurnoutPoint[] {
  const rows = JSON.parse(text) as PointJson[];
  return rows.map(([at, voters, weight]) => ({ at, voters, weight: BigInt(weight) }));
}

/** The series as the API shows it; `now` in ms. */
export function viewTurnoutSeries(
  { result, points }: { result: ShownResult; points: readonly TurnoutPoint[] },
  now: number,
) {
  const { visibility, shows } = result;
  const head = { ...viewHead(result, now), visibility, shows };
  if (result.shows === "nothing") return { ...head, points: [] };
  const { release_min, electorate } = viewWhole(result);
  return {
    ...head,
    ...(release_min !== undefined && { release_min }),
    ...(electorate !== undefined && { electorate }),
    points: points.map(({ at, voters, weight }) => ({
      at: new Date(at).toISOString(),
      voters,
      weight: String(weight),
    })),
  };
}
