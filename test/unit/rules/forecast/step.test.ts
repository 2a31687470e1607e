import { describe, expect, it } from "vitest";
import { addSteps, addStepsByRegion, changeOfKind } from "../../../../src/rules/forecast/step.ts";
import { noFigures } from "../../../../src/rules/figures.ts";
import { Work } from "../../../../src/rules/work.ts";
import { workUnits } from "../../../../src/rules/work-units.ts";

const further = { changes: { yes: 1n }, by: ["ballots", "weight"] } as const;
const turned = { changes: { yes: 1n, no: -1n }, by: ["weight"] } as const;

describe("a step of a search", () => {
  it("changes its kinds, and with them what is cast", () => {
    expect(changeOfKind(further, "yes", false)).toBe(1n);
    expect(changeOfKind(further, "no", false)).toBe(0n);
    expect(changeOfKind(further, "cast", true)).toBe(1n);
    expect(changeOfKind(turned, "no", false)).toBe(-1n);
    expect(changeOfKind(turned, "cast", false)).toBe(0n);
  });

  it("changes who is present where nobody recorded it, and never who may vote", () => {
    expect(changeOfKind(further, "present", false)).toBe(1n);
    expect(changeOfKind(further, "present", true)).toBe(0n);
    expect(changeOfKind(further, "eligible", false)).toBe(0n);
  });

  it("changes the counts that it is counted by, and leaves the others", () => {
    const both = addSteps(noFigures, further, 3n);
    expect([both.ballots.yes, both.weight.yes]).toEqual([3n, 3n]);
    const one = addSteps(both, turned, 2n);
    expect([one.ballots.yes, one.ballots.no]).toEqual([3n, 0n]);
    expect([one.weight.yes, one.weight.no]).toEqual([5n, -2n]);
  });

  it("taken in regions is taken in the whole, and its work is counted", () => {
    const work = new Work(1_000);
    const regions = new Map([
      ["a", addSteps(noFigures, further, 1n)],
      ["b", noFigures],
      ["c", noFigures],
    ]);
    const figures = { regions, whole: addSteps(noFigures, further, 1n) };
    const context = { figures, work } as Parameters<typeof addStepsByRegion>[0];
    const steps = new Map([
      ["a", 2n],
      ["d", 4n],
    ]);
    const after = addStepsByRegion(context, further, steps);
    const yes = [...after.regions].map(([code, { ballots }]) => [code, ballots.yes]);
    expect(yes).toEqual([
      ["a", 3n],
      ["b", 0n],
      ["c", 0n],
      ["d", 4n],
    ]);
    expect(after.whole.ballots.yes).toBe(7n);
    expect(regions.size).toBe(3);
    expect(work.spent).toBe(3 + 2 * workUnits.regionSteps);
  });
});
