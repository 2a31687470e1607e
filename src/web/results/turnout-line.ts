/** How many had voted by a moment, as results showed it then. */
export type TurnoutMoment = { at: string; voters: number };

export interface TurnoutLine {
  /** The line as points of a box of `width` × `height`, from the left, y downwards. */
  points: [x: number, y: number][];
  /** What the full height stands for. */
  top: number;
  from: number;
  to: number;
}

export interface TurnoutLineBox {
  width: number;
  height: number;
  /** Where the time begins, in ms; the first point where nobody knows. */
  opensAt: number | null;
  /** How many may vote; where nobody knows, those who have. */
  electorate: number | null;
}

/**
 * Turnout over time as steps: a figure stands until the next one is shown, so nothing between two is
 * made up. Null where there is nothing to draw.
 */
export function layoutTurnout(
  moments: readonly TurnoutMoment[],
  { width, height, opensAt, electorate }: TurnoutLineBox,
): TurnoutLine | null {
  const times = moments.map(({ at }) => Date.parse(at));
  const [first] = times;
  const to = times.at(-1);
  if (first === undefined || to === undefined) return null;
  const from = Math.min(opensAt ?? first, first);
  const most = Math.max(1, ...moments.map(({ voters }) => voters));
  const top = electorate === null ? roundTop(most) : Math.max(electorate, most);
  const x = (time: number): number => (to === from ? width : ((time - from) / (to - from)) * width);
  const y = (voters: number): number => height - (voters / top) * height;
  const points: [number, number][] = [[0, height]];
  for (const [index, { voters }] of moments.entries()) {
    const before = points.at(-1)?.[1] ?? height;
    const at = x(times[index] ?? from);
    points.push([at, before], [at, y(voters)]);
  }
  return { points, top, from, to };
}

/** The next of 1, 2 or 5 times a power of ten, so that the axis ends at a round figure. */
function roundTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most));
  const step = [1, 2, 5, 10].find((each) => each * power >= most) ?? 10;
  return step * power;
}
