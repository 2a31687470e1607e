import type { Tally } from "../../src/ballot/tally.ts";

/** A tally's counted cells by "region choice"; cells without a ballot are left out, so that two ways of counting can be compared. */
export function cellsOf(tally: Tally): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [region, counts] of tally) {
    for (const [choice, { ballots, weight }] of Object.entries(counts)) {
      if (ballots !== 0 || weight !== 0n) cells[`${region} ${choice}`] = `${ballots} ${weight}`;
    }
  }
  return cells;
}
