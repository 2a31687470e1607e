import { layoutBar, shownChoices, trackUnits, type ChoiceCounts } from "../results/tally-bars.ts";
import { ink, type Shape } from "./picture.ts";

export interface BarPlace {
  x: number;
  y: number;
  width: number;
  height: number;
  /** What a full track stands for; the counts' own sum when left out. */
  scale?: bigint;
}

/** A stacked bar: its track, and a rectangle for each choice that has a ballot. */
export function barShapes(counts: ChoiceCounts, { scale, ...place }: BarPlace): Shape[] {
  const widths = layoutBar(counts, scale ?? counts.all);
  const shapes: Shape[] = [{ kind: "rect", ...place, fill: ink.track }];
  let { x } = place;
  for (const choice of shownChoices) {
    const width = (widths[choice] * place.width) / trackUnits;
    if (width > 0) shapes.push({ kind: "rect", ...place, x, width, fill: ink[choice] });
    x += width;
  }
  return shapes;
}
